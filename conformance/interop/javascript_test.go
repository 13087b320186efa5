package interop

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
	"unicode"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

const javascriptScript = "testdata/js_client.cjs"

// newJavaScript starts the clients of the AWS SDK for JavaScript, or skips the
// test where WIREPROOF_JS does not name a folder that has them; make js puts them
// into one.
func newJavaScript(t *testing.T) *peer {
	t.Helper()
	folder := os.Getenv("WIREPROOF_JS")
	if folder == "" {
		t.Skip("not compared with the SDK for JavaScript: WIREPROOF_JS is not set; see make js")
	}
	versions, err := exec.Command("node", javascriptScript, folder, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("compared with %s", versions)
	p := &peer{name: javascript, value: javascriptOutput, failure: javascriptFailure}
	p.start(t, "node", javascriptScript, folder)
	return p
}

func javascriptOutput(out any) any {
	_, xml := out.(rds.Output)
	return javascriptValue(peerOutput(out), xml)
}

// javascriptValue is what JavaScript can hold of a value: numbers are doubles,
// instants are rounded to milliseconds. Its clients drop the null elements of a list, and
// the one for RDS takes a text of white space with a line feed in it for the
// indentation of an empty element, however it is written (&#10;, CDATA).
func javascriptValue(v any, xml bool) any {
	switch v := v.(type) {
	case string:
		if xml && strings.Contains(v, "\n") && strings.TrimFunc(v, javascriptSpace) == "" {
			return ""
		}
	case int64:
		return float64(v)
	case time.Time:
		return v.Round(time.Millisecond)
	case []any:
		items := []any{}
		for _, item := range v {
			if item != nil {
				items = append(items, javascriptValue(item, xml))
			}
		}
		return items
	case dict:
		d := dict{}
		for name, member := range v {
			d[name] = javascriptValue(member, xml)
		}
		return d
	}
	return v
}

// javascriptSpace reports whether String.prototype.trim takes the character away.
func javascriptSpace(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' || r == '\ufeff' }

// javascriptFailure is what our error is to JavaScript's clients, which know the
// modeled errors of a service in all its operations, and put something in the
// place of a missing message. Who is at fault in an error that is not modeled the
// one for RDS takes from Type, the other does not say.
func javascriptFailure(op operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError {
	_, xml := op.output.(rds.Output)
	id, fault := errorID, "client"
	if !shape.Sender && (xml || shape.Name != "") {
		fault = "server"
	}
	text := message.Value
	switch {
	case text == "" && xml && message.IsAbsent():
		text = "Unknown"
	case text == "":
		text = "UnknownError"
	}
	return peerError{Type: shape.Name, Code: shape.Code, Message: text, Fault: &fault, RequestID: &id, Status: shape.Status}
}

func TestJavaScriptResponses(t *testing.T) { newJavaScript(t).testResponses(t) }

func TestJavaScriptErrors(t *testing.T) { newJavaScript(t).testErrors(t) }

func TestJavaScriptRequests(t *testing.T) { newJavaScript(t).testRequests(t) }
