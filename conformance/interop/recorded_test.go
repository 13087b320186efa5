package interop

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/smithy-go"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/fixtures"
)

// drift is a variant that the SDK takes otherwise than recorded.
type drift struct {
	Outcome string `json:"outcome"`
	Detail  string `json:"detail"`
	// Sometimes says that the SDK also does what was recorded.
	Sometimes bool   `json:"sometimes"`
	Why       string `json:"why"`
}

// TestRecordedReactions gives the SDK the recorded responses again. What it does
// has to be what was recorded, or what testdata/drift.json explains; a newer SDK
// than the recorded one shows its changes here.
func TestRecordedReactions(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	if len(variants) != 322 {
		t.Errorf("%d variants, want 322", len(variants))
	}
	text, err := os.ReadFile("testdata/drift.json")
	if err != nil {
		t.Fatal(err)
	}
	var explained map[string]drift
	if err := json.Unmarshal(text, &explained); err != nil {
		t.Fatal(err)
	}
	recorded, err := fixtures.Clients()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("recorded with %s", recorded[goSDK])
	client := newSDK()
	tested := map[string]bool{}
	for _, v := range variants {
		t.Run(v.Name, func(t *testing.T) {
			was := v.Reactions[goSDK]
			is := react(t, client, v)
			if agent, _ := client.sent.Headers.Get("User-Agent"); !tested[agent] {
				tested[agent] = true
				t.Logf("tested with %s", agent)
			}
			now, known := explained[v.Name]
			delete(explained, v.Name)
			for tries := 0; now.Sometimes && agrees(was, is) && tries < 1000; tries++ {
				is = react(t, client, v)
			}
			switch {
			case agrees(was, is) && known:
				t.Errorf("testdata/drift.json explains what is as recorded: %s", is.Detail)
			case agrees(was, is):
			case known && now.Why != "" && agrees(fixtures.Reaction{Outcome: now.Outcome, Detail: now.Detail}, is):
				t.Logf("drift: was %s %s, is %s %s: %s", was.Outcome, was.Detail, is.Outcome, is.Detail, now.Why)
			default:
				t.Errorf("was %s %s\nis  %s %s", was.Outcome, was.Detail, is.Outcome, is.Detail)
			}
		})
	}
	for name := range explained {
		t.Errorf("testdata/drift.json explains %s, which is no variant", name)
	}
}

// agrees compares a recorded reaction, whose detail may be cut short.
func agrees(was, is fixtures.Reaction) bool {
	return was.Outcome == is.Outcome && (was.Detail == is.Detail || len(was.Detail) >= 50 && strings.HasPrefix(is.Detail, was.Detail))
}

// react calls the variant's operation with its parameters, gives the SDK the
// recorded response and says what it did in the words of the recording.
func react(t *testing.T, client sdkClients, v fixtures.Variant) fixtures.Reaction {
	t.Helper()
	resp := wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}
	for _, h := range v.Response.Headers {
		resp.Headers = append(resp.Headers, wire.HeaderField{Name: h.Name, Value: h.Value})
	}
	out, id, err := client.call(t.Context(), inputToSDK(recordedInput(t, v)), resp)
	if err != nil {
		return fixtures.Reaction{Outcome: fixtures.OutcomeError, Detail: errorDetail(err, id)}
	}
	value := reflect.ValueOf(out)
	for name := range strings.SplitSeq(v.Watched, ".") {
		if value = reflect.Indirect(value); !value.IsValid() {
			break
		}
		value = value.FieldByName(name)
	}
	if !value.IsValid() || value.Kind() == reflect.Pointer && value.IsNil() || value.Kind() == reflect.Slice && value.IsNil() {
		return fixtures.Reaction{Outcome: fixtures.OutcomeAbsent, Detail: fixtures.OutcomeAbsent}
	}
	return fixtures.Reaction{Outcome: fixtures.OutcomeValue, Detail: valueDetail(value)}
}

// recordedInput is the input that the variant was measured with.
func recordedInput(t *testing.T, v fixtures.Variant) any {
	t.Helper()
	var in any
	if op, ok := rds.ParseOperation(v.Operation); ok {
		in = op.NewInput()
	} else if op, ok := mediaconnect.ParseOperation(v.Operation); ok {
		in = op.NewInput()
	}
	for name, value := range v.Parameters {
		member, ok := reflect.ValueOf(in).Elem().FieldByName(name).Addr().Interface().(*wire.Opt[string])
		if !ok {
			t.Fatalf("%s: no parameter %s", v.Operation, name)
		}
		member.Set(value)
	}
	return in
}

func errorDetail(err error, requestID string) string {
	var api smithy.APIError
	var parsing *smithy.DeserializationError
	switch {
	case errors.As(err, &api):
		kind := reflect.TypeOf(api).Elem()
		name := kind.Name()
		if kind.PkgPath() == "github.com/aws/smithy-go" {
			name = "smithy." + name
		}
		message := strconv.Quote(api.ErrorMessage())
		if requestID == "" {
			requestID = "∅"
		}
		return fmt.Sprintf("ERR %s code=%q msg=%.50s fault=%s rid=%s", name, api.ErrorCode(), message, api.ErrorFault(), requestID)
	case errors.As(err, &parsing):
		// The recording leaves out that the body could not be decoded.
		detail := errors.Unwrap(parsing.Err).Error()
		return "ERR(deserialization): " + strings.Replace(detail, "unable to parse time string, parse errors:", "time not parsable", 1)
	}
	_, detail, _ := strings.Cut(err.Error(), "https response error ")
	return "ERR " + detail
}

// valueDetail prints a value as the recording does.
func valueDetail(v reflect.Value) string {
	v = reflect.Indirect(v)
	switch v.Kind() {
	case reflect.String:
		return quoted(v.String())
	case reflect.Float64:
		return quoted(strconv.FormatFloat(v.Float(), 'g', -1, 64))
	case reflect.Slice:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = valueDetail(v.Index(i))
		}
		if len(items) == 0 {
			return "[0]"
		}
		return fmt.Sprintf("[%d: %s]", len(items), strings.Join(items, "; "))
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			return quoted("T:" + at.String())
		}
		return structDetail(v)
	}
	return fmt.Sprint(v.Interface())
}

// structDetail prints up to two members and counts more.
func structDetail(v reflect.Value) string {
	var members []string
	for i := range v.NumField() {
		field, member := v.Type().Field(i), v.Field(i)
		switch {
		case !field.IsExported(), member.Kind() == reflect.Pointer && member.IsNil():
		case member.Kind() == reflect.Slice && member.IsNil():
			members = append(members, fmt.Sprintf(`%q: "<nilslice>"`, field.Name))
		default:
			members = append(members, fmt.Sprintf("%q: %s", field.Name, valueDetail(member)))
		}
	}
	if len(members) > 2 {
		return fmt.Sprintf("{%d keys}", len(members))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// quoted is the text as JSON, without HTML's escapes.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}
