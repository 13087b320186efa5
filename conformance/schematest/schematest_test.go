package schematest

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
	"wireproof/schemas"
)

var compiler = sync.OnceValues(func() (*jsonschema.Compiler, error) {
	c := jsonschema.NewCompiler()
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		if err != nil {
			return nil, err
		}
		if err := c.AddResource(schemas.Base+name+".json", bytes.NewReader(text)); err != nil {
			return nil, err
		}
	}
	return c, nil
})

// view is the value as encoding/json prints it, and the places at which the
// schema refuses that; none where it validates.
func view(t *testing.T, schema string, value any) (text []byte, refused []string) {
	t.Helper()
	c, err := compiler()
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(schemas.Base + schema + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if text, err = json.Marshal(value); err != nil {
		t.Fatal(err)
	}
	var invalid *jsonschema.ValidationError
	if err := s.Validate(plain(t, text)); errors.As(err, &invalid) {
		return text, places(invalid)
	} else if err != nil {
		t.Fatal(err)
	}
	return text, nil
}

func places(e *jsonschema.ValidationError) (all []string) {
	if len(e.Causes) == 0 {
		return []string{e.InstanceLocation}
	}
	for _, c := range e.Causes {
		all = append(all, places(c)...)
	}
	return all
}

func plain(t *testing.T, text []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

func decodeRequest(service string, req *wire.Request) (any, error) {
	if service == "rds" {
		return new(rds.Decoder).DecodeRequest(req)
	}
	return new(mediaconnect.Decoder).DecodeRequest(req)
}

// decodeBody reads a success body leniently.
func decodeBody(t *testing.T, service, operation, body string) (any, error) {
	t.Helper()
	if service == "rds" {
		o, ok := rds.ParseOperation(operation)
		if !ok {
			t.Fatalf("no operation %s", operation)
		}
		out := o.NewOutput()
		return out, (&rds.Decoder{Lenient: true}).DecodeBody(body, out)
	}
	o, ok := mediaconnect.ParseOperation(operation)
	if !ok {
		t.Fatalf("no operation %s", operation)
	}
	out := o.NewOutput()
	return out, (&mediaconnect.Decoder{Lenient: true}).DecodeBody(body, out)
}

// Every sample decodes to the document that was written by hand for it, or is
// its own decoded form, and meets its schema.
func TestSamples(t *testing.T) {
	samples, err := fixtures.Samples()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, s := range samples {
		if s.Schema == "" || !s.Validates {
			continue
		}
		var got any
		want := s.Decoded
		switch s.Kind {
		case "request":
			req, err := exchange.ParseRequest(string(s.Raw))
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			if got, err = decodeRequest(s.Service, &req.Request); err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
		case "response":
			if got, err = decodeBody(t, s.Service, s.Operation, string(s.Raw)); err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			if want == nil {
				want = s.Raw // MediaConnect's decoded form is what travels
			}
		case "error":
			if s.Service != "rds" { // the type of the error is in a header
				continue
			}
			e := new(rds.Error)
			if err := new(rds.Decoder).DecodeError(&wire.Response{Status: s.Status, Body: string(s.Raw)}, e); err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			got = e
		}
		text, refused := view(t, s.Schema, got)
		if refused != nil {
			t.Errorf("%s: %s refuses %s at %q", s.Name, s.Schema, text, refused)
		}
		if diff := cmp.Diff(plain(t, want), plain(t, text)); diff != "" {
			t.Errorf("%s (-by hand +codec):\n%s", s.Name, diff)
		}
		compared++
	}
	if compared < 20 {
		t.Errorf("only %d samples were compared", compared)
	}
}

// Every captured request decodes to the parameters that Python reads.
func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range captures {
		req, err := exchange.ParseRequest(string(c.Raw))
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		in, err := decodeRequest(c.Service, &req.Request)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := plain(t, text), plain(t, c.Parameters); !reflect.DeepEqual(got, want) {
			t.Errorf("%s (-Python +codec):\n%s", c.Name, cmp.Diff(want, got))
		}
	}
}

// Every variant of RDS that decodes at all meets its schema when decoded, or is
// listed with the place and the reason. MediaConnect's bodies are held against
// their schemas as they are, in package schemas.
func TestVariants(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	refused := refusedVariants()
	validated := 0
	for _, v := range variants {
		if v.Service != "rds" {
			continue
		}
		var got any
		schema := "rds/Error"
		if v.Kind == "error" {
			e := new(rds.Error)
			got, err = e, (&rds.Decoder{Lenient: true}).DecodeError(&wire.Response{Status: v.Response.Status, Body: string(v.Response.Body)}, e)
		} else {
			schema = "rds/" + v.Operation + "Output"
			got, err = decodeBody(t, v.Service, v.Operation, string(v.Response.Body))
		}
		if err != nil {
			continue // nothing was decoded
		}
		at, listed := refused[v.Name]
		delete(refused, v.Name)
		text, places := view(t, schema, got)
		switch {
		case listed && !slices.Contains(places, at):
			t.Errorf("%s: refused at %q, want %q: %s", v.Name, places, at, text)
		case !listed && places != nil:
			t.Errorf("%s: refused at %q: %s", v.Name, strings.Join(places, " "), text)
		case !listed:
			validated++
		}
	}
	for name := range refused {
		t.Errorf("%s is listed and was not decoded", name)
	}
	if validated < 80 {
		t.Errorf("only %d variants validate", validated)
	}
}

// refusedVariants are decoded values that their schema must refuse, each with the
// place.
func refusedVariants() map[string]string {
	return map[string]string{
		"rds-int-big": "/ReservedDBInstance/DBInstanceCount", // outside of 32 bits

		// What awsQuery's envelope asks for is missing.
		"rdserr-no-type":       "", // Type
		"rdserr-absent-code":   "", // Code
		"rdserr-ec2-style":     "", // the envelope of EC2: no Type, RequestID
		"rdserr-bare-error":    "", // Error as the root, so no RequestId
		"rdserr-rid-RequestID": "", // RequestId under another name
		"rdserr-rid-none":      "", // RequestId
		"rdserr-rid-nowhere":   "", // RequestId
		"rdserr-html-503":      "", // no envelope at all
		"rdserr-empty-503":     "", // no body
		"rdserr-empty-404":     "", // no body
		"rdserr-hdr-only":      "", // no body
	}
}
