package readings

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wireproof/fixtures"
)

// independent are the clients whose parsers are their own: aws-cli has boto3's.
var independent = []string{"boto3", "aws-sdk-go-v2", "aws-sdk-js-v3"}

// The values that are none.
const (
	absent  = "absent"
	refused = "refused"
)

// clientValues gives what the independent clients did, each in the form of
// [reading.value].
func clientValues(v fixtures.Variant) (values []string) {
	for _, c := range independent {
		values = append(values, clientValue(v, c))
	}
	return values
}

func clientValue(v fixtures.Variant, client string) string {
	r := v.Reactions[client]
	switch {
	case r.Outcome == fixtures.OutcomeAbsent:
		return absent
	case v.Kind == "error" && r.Outcome == fixtures.OutcomeError:
		return clientError(v.Service, client, r.Detail)
	case r.Outcome == fixtures.OutcomeError:
		return refused
	case strings.HasPrefix(r.Detail, "["):
		count, _, _ := strings.Cut(strings.Trim(r.Detail, "[]"), ":")
		return "list of " + count
	case strings.HasPrefix(r.Detail, "{"):
		return "structure"
	}
	text := r.Detail
	var s string
	if json.Unmarshal([]byte(text), &s) == nil && (!strings.ContainsRune(s, '\uFFFD') || strings.ContainsRune(text, '\uFFFD')) {
		text = s // but not where a lone surrogate would be lost
	}
	for _, prefix := range []string{"NUM:", "DT:", "T:"} {
		text = strings.TrimPrefix(text, prefix)
	}
	_, member, _ := strings.Cut(v.Watched, ".")
	return normal(member, text)
}

// normal gives a scalar in one form whichever client printed it.
func normal(member, text string) string {
	switch member {
	case "FixedPrice", "Duration", "DBInstanceCount":
		f, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil && !math.IsInf(f, 0):
			return text
		case f == 0:
			f = 0 // JavaScript prints no sign of zero
		}
		if f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return strconv.FormatInt(int64(f), 10)
		}
		return strconv.FormatFloat(f, 'g', -1, 64)
	case "StartTime":
		for _, layout := range []string{
			time.RFC3339Nano,
			"2006-01-02 15:04:05.999999999 -0700 MST", "2006-01-02 15:04:05.999999999 -0700 -0700", // Go
			"2006-01-02T15:04:05.999999999", // boto3 names no zone where the text names none
		} {
			if v, err := time.Parse(layout, text); err == nil {
				return v.UTC().Format(time.RFC3339Nano)
			}
		}
	}
	return text
}

// errorForms take the code, the message and the request id out of what a client
// prints. JavaScript prints the class that it chose in place of the code.
var errorForms = map[string]*regexp.Regexp{
	"boto3":         regexp.MustCompile(`(?s)^ERR \w+ code=(.*?) msg=(.*?) status=\d+ rid=(\S*)`),
	"aws-sdk-go-v2": regexp.MustCompile(`(?s)^ERR [\w.]+ code="(.*?)" msg=(.*?) fault=\w+ rid=(.*)$`),
	"aws-sdk-js-v3": regexp.MustCompile(`(?s)^ERR (.*?) ?msg=(.*?) fault=\w+ status=\d+ rid=(.*)$`),
}

// messageCut is how much of a message was recorded.
const messageCut = 49

func clientError(service, client, detail string) string {
	form := errorForms[client].FindStringSubmatch(detail)
	if form == nil {
		return refused
	}
	code := strings.NewReplacer("⏎", "\n", `\n`, "\n").Replace(form[1])
	if client == "aws-sdk-js-v3" && service == "rds" {
		code = strings.TrimSuffix(code, "Fault")
	}
	message := strings.NewReplacer("⏎", "\n", `\n`, "\n").Replace(strings.Trim(form[2], `"`))
	switch message {
	case "None", "Unknown", "UnknownError": // what a client puts where there is none
		message = ""
	}
	id := form[3]
	if id == "None" || id == "∅" {
		id = ""
	}
	return errorValue(service, code, message, id)
}

// errorValue is the form of an error. Request ids are compared for MediaConnect
// only: of RDS each client reads another one.
func errorValue(service, code, message, id string) string {
	message = message[:min(messageCut, len(message))]
	if service == "rds" || id == "" {
		return fmt.Sprintf("error %q: %q", code, message)
	}
	return fmt.Sprintf("error %q: %q (%s)", code, message, id)
}
