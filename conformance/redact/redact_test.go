package redact_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"wireproof/conformance/exchange"
	"wireproof/conformance/redact"
	"wireproof/fixtures"
)

func of(t *testing.T, sent, received string) *exchange.Exchange {
	t.Helper()
	x := &exchange.Exchange{Sent: sent, Received: received}
	var err error
	if x.Request, err = exchange.ParseRequest(sent); err != nil {
		t.Log("not HTTP:", err)
	}
	if received != "" {
		if x.Response, err = exchange.ParseResponse(received); err != nil {
			t.Log("not HTTP:", err)
		}
	}
	return x
}

const digest = "a47d30708943b85d752a07cf4d8267d70c951e1254042338a03f882fe4dd092c"

func TestSent(t *testing.T) {
	for _, row := range []struct {
		reason, sent, want string
		headers            []string
	}{
		{reason: "key and signature of Version 4, not its scope",
			sent: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/rds/aws4_request, SignedHeaders=host, Signature=0c9152\r\n\r\n",
			want: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=***********/20261121/us-east-1/rds/aws4_request, SignedHeaders=host, Signature=******\r\n\r\n"},
		{reason: "parts of Version 4 with commas alone, the name in lower case",
			sent: "GET / HTTP/1.1\r\nauthorization:AWS4-HMAC-SHA256 Credential=AKID/2/r/s/a,SignedHeaders=host,Signature=0c9152\r\n\r\n",
			want: "GET / HTTP/1.1\r\nauthorization:AWS4-HMAC-SHA256 Credential=****/2/r/s/a,SignedHeaders=host,Signature=******\r\n\r\n"},
		{reason: "an account number as the key stays",
			sent: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=111122223333/2/r/s/a, Signature=ab\r\n\r\n",
			want: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=111122223333/2/r/s/a, Signature=**\r\n\r\n"},
		{reason: "what has no place in Version 4 is not trusted",
			sent: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 secret, more=x\r\n\r\n",
			want: "GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 ******, more=*\r\n\r\n"},
		{reason: "other schemes, and none",
			sent: "GET / HTTP/1.1\nAuthorization: Bearer abc def\nProxy-Authorization: xyz\nCookie: a=b\n\n",
			want: "GET / HTTP/1.1\nAuthorization: Bearer *******\nProxy-Authorization: ***\nCookie: ***\n\n"},
		{reason: "a header folded over two lines",
			sent: "GET / HTTP/1.1\r\nX-Amz-Security-Token: abc\r\n def\r\nHost: a\r\n\r\n",
			want: "GET / HTTP/1.1\r\nX-Amz-Security-Token: ***\r\n ***\r\nHost: a\r\n\r\n"},
		{reason: "headers that the caller names, and no others",
			sent: "GET / HTTP/1.1\r\nX-Api-Key: abc\r\nX-Other: abc\r\n\r\n", headers: []string{"x-API-key"},
			want: "GET / HTTP/1.1\r\nX-Api-Key: ***\r\nX-Other: abc\r\n\r\n"},
		{reason: "presigned",
			sent: "GET /?A=b&X-Amz-Credential=AKIDEXAMPLE%2F20261121%2Fr&X-Amz-Security-Token=a%2Fb&X-Amz-Signature=0d HTTP/1.1\r\n\r\n",
			want: "GET /?A=b&X-Amz-Credential=***********%2F20261121%2Fr&X-Amz-Security-Token=*****&X-Amz-Signature=** HTTP/1.1\r\n\r\n"},
		{reason: "a form signed with Version 2, the name of a parameter escaped",
			sent: "POST / HTTP/1.1\r\nContent-Length: 73\r\n\r\nAWSAccessKeyId=AKID&SignatureVersion=2&Security%54oken=a%2Bb&Signature=x%3D",
			want: "POST / HTTP/1.1\r\nContent-Length: 73\r\n\r\nAWSAccessKeyId=****&SignatureVersion=2&Security%54oken=*****&Signature=****"},
		{reason: "a form in chunks that part the signature",
			sent: "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nSigna\r\n9\r\nture=abcd\r\n3\r\nefg\r\n0\r\n\r\n",
			want: "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nSigna\r\n9\r\nture=****\r\n3\r\n***\r\n0\r\n\r\n"},
		{reason: "no HTTP at all", sent: "\x00\x01Signature=abc", want: "\x00\x01Signature=abc"}, // and no parameter of that name
		{reason: "no HTTP, but a parameter", sent: "?Signature=abc", want: "?Signature=***"},
		{reason: "nothing secret", sent: "GET /?Signatures=a HTTP/1.1\r\nX-Amz-Date: 2\r\n\r\n", want: "GET /?Signatures=a HTTP/1.1\r\nX-Amz-Date: 2\r\n\r\n"},
	} {
		x := of(t, row.sent, "")
		before := *x
		got, _ := redact.Exchange(x, row.headers...)
		if got.Sent != row.want {
			t.Errorf("%s:\n got %q\nwant %q", row.reason, got.Sent, row.want)
		}
		if got.Request != nil && got.Request.Raw != row.want {
			t.Errorf("%s: Request.Raw is %q", row.reason, got.Request.Raw)
		}
		if *x != before {
			t.Errorf("%s: the exchange itself was changed", row.reason)
		}
		if again, _ := redact.Exchange(got, row.headers...); again.Sent != got.Sent {
			t.Errorf("%s: masking twice gives %q", row.reason, again.Sent)
		}
	}
}

// A secret is masked in a response whatever the response does to it.
func TestEchoed(t *testing.T) {
	const token = `FwoG/"x"<y>+==&'z`
	quoted, _ := json.Marshal(token)
	var inXML strings.Builder
	if err := xml.EscapeText(&inXML, []byte(token)); err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{
		"as it is":            token,
		"percent-escaped":     url.QueryEscape(token),
		"lower-case escapes":  strings.ToLower(url.QueryEscape(token)),
		"escaped twice":       url.QueryEscape(url.QueryEscape(token)),
		"JSON":                string(quoted[1 : len(quoted)-1]),
		"JSON, solidus":       strings.ReplaceAll(strings.ReplaceAll(token, `"`, `\"`), "/", `\/`),
		"XML":                 inXML.String(),
		"HTML":                html.EscapeString(token),
		"HTML, hex and zeros": strings.NewReplacer("+", "&#x002B;", "=", "&#x3d;").Replace(html.EscapeString(token)),
	}
	sent := "GET / HTTP/1.1\r\nX-Amz-Security-Token: " + token + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/a, Signature=" + digest + "\r\n\r\n"
	for name, form := range forms {
		if form != strings.ToLower(form) && name == "lower-case escapes" {
			t.Fatal("no lower case")
		}
		if name == "lower-case escapes" { // the letters of the token itself are as they were
			form = strings.NewReplacer("fwog", "FwoG").Replace(form)
		}
		body := "<a>" + form + "|" + digest + "|AKIDEXAMPLE</a>"
		x := of(t, sent, fmt.Sprintf("HTTP/1.1 403 Forbidden\r\nX-Echo: %s\r\nContent-Length: %d\r\n\r\n%s", form, len(body), body))
		got, m := redact.Exchange(x)
		want := strings.Replace(strings.ReplaceAll(x.Received, form, strings.Repeat("*", len(form))), digest, strings.Repeat("*", len(digest)), 1)
		want = strings.Replace(want, "AKIDEXAMPLE", strings.Repeat("*", 11), 1)
		if got.Received != want || got.Response.Raw != want {
			t.Errorf("%s:\n got %q\nwant %q", name, got.Received, want)
		}
		if !strings.HasSuffix(want, got.Response.Body) || len(got.Response.Body) != len(body) {
			t.Errorf("%s: body %q", name, got.Response.Body)
		}
		if echoed, _ := got.Response.Headers.Get("X-Echo"); strings.Trim(echoed, "*") != "" {
			t.Errorf("%s: header %q", name, echoed)
		}
		if text := m.Text("got " + form); strings.Trim(text[4:], "*") != "" || len(text) != len(form)+4 {
			t.Errorf("%s: text %q", name, text)
		}
	}
}

// Chunks may part what is echoed.
func TestEchoedInChunks(t *testing.T) {
	sent := "GET /?Signature=abcdefgh HTTP/1.1\r\n\r\n"
	x := of(t, sent, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<abcde\r\n4\r\nfgh>\r\n0\r\n\r\n")
	got, _ := redact.Exchange(x)
	if want := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<*****\r\n4\r\n***>\r\n0\r\n\r\n"; got.Received != want || got.Response.Raw != want || got.Response.Body != "<********>" {
		t.Errorf("got %q, body %q", got.Received, got.Response.Body)
	}
}

// A short value is masked in its own place only.
func TestShort(t *testing.T) {
	for _, row := range []struct{ value, echo string }{{"12345", "12345"}, {"123456", "******"}} {
		x := of(t, "GET /?Signature="+row.value+" HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"+row.value)
		got, _ := redact.Exchange(x)
		if strings.Contains(got.Sent, row.value) || got.Response.Body != row.echo {
			t.Errorf("%s: sent %q, body %q", row.value, got.Sent, got.Response.Body)
		}
	}
}

// No capture keeps a signature, an access key or a token, and every one keeps its
// length and all that is not secret.
func TestCaptures(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	masked := 0
	for _, c := range captures {
		x := of(t, string(c.Raw), "")
		got, _ := redact.Exchange(x)
		if len(got.Sent) != len(c.Raw) {
			t.Errorf("%s: %d bytes became %d", c.Name, len(c.Raw), len(got.Sent))
		}
		for _, secret := range []string{"AKIDEXAMPLE", "SESSION", "TOKEN"} {
			if strings.Contains(got.Sent, secret) {
				t.Errorf("%s keeps %s", c.Name, secret)
			}
		}
		for i := range c.Raw {
			if got.Sent[i] != c.Raw[i] && got.Sent[i] != '*' {
				t.Errorf("%s: byte %d became %q", c.Name, i, got.Sent[i])
				break
			}
		}
		for _, mark := range []string{"Signature=", "X-Amz-Signature="} {
			for rest := got.Sent; ; {
				_, after, ok := strings.Cut(rest, mark)
				if !ok {
					break
				}
				if !strings.HasPrefix(after, "********") {
					t.Errorf("%s keeps a signature: %.80q", c.Name, after)
				}
				rest = after
			}
		}
		if got.Sent != string(c.Raw) {
			masked++
		}
	}
	if masked != len(captures) {
		t.Errorf("%d of %d captures have a secret; all are signed", masked, len(captures))
	}
}

func FuzzExchange(f *testing.F) {
	f.Add("GET /?Signature=abcdefgh HTTP/1.1\r\nAuthorization: AWS4-x Credential=a/b, c=d\r\n\r\nabcdefgh", "HTTP/1.1 200 OK\r\n\r\nabc%64efgh")
	f.Fuzz(func(t *testing.T, sent, received string) {
		x := &exchange.Exchange{Sent: sent, Received: received}
		x.Request, _ = exchange.ParseRequest(sent)
		x.Response, _ = exchange.ParseResponse(received)
		got, _ := redact.Exchange(x)
		if len(got.Sent) != len(sent) || len(got.Received) != len(received) {
			t.Errorf("%d and %d bytes became %d and %d", len(sent), len(received), len(got.Sent), len(got.Received))
		}
		for i := range sent {
			if got.Sent[i] != sent[i] && got.Sent[i] != '*' {
				t.Fatalf("byte %d became %q", i, got.Sent[i])
			}
		}
		if got.Request != nil && got.Request.Raw != got.Sent {
			t.Errorf("Sent is %q, Request.Raw %q", got.Sent, got.Request.Raw)
		}
	})
}
