package inspect

import (
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// form is how a message is given.
type form string

// The forms. Those after the first two lack something of a message.
const (
	requestMessage  form = "a whole HTTP request"
	responseMessage form = "a whole HTTP response"
	requestURL      form = "the URL of a request"
	formBody        form = "a form body or query string"
	xmlBody         form = "an XML body"
	jsonBody        form = "a JSON body"
)

// input is what was given, taken apart as far as that is clear from its form.
type input struct {
	text string
	form form
	why  string // that it has this form

	// One of the two is set for a whole message, a URL and a form.
	request  *wire.Request
	response *wire.Response
	body     string // of a bare body

	framing []wire.Finding
	// place turns an offset in a part into one in text.
	place func(part wire.Part, name string, offset int) (int, bool)
}

// takeApart finds the form of text: by how it begins, or else by what the caller
// says that it is. A message whose start line says that it is one, but that
// cannot be read, is the *[exchange.ParseError].
func takeApart(text string, o Options) (*input, error) {
	in := &input{text: text, body: text}
	in.place = func(_ wire.Part, _ string, offset int) (int, bool) { return min(max(offset, 0), len(text)), true }
	start := strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), " \t\r\n")
	first, _, _ := strings.Cut(start, "\n")
	first = strings.TrimRight(first, "\r")
	switch {
	case strings.HasPrefix(start, "HTTP/"):
		return in, in.readResponse()
	case isRequestLine(first):
		return in, in.readRequest()
	case strings.HasPrefix(start, "http://"), strings.HasPrefix(start, "https://"):
		in.readURL()
	case strings.HasPrefix(start, "<"):
		in.form, in.why = xmlBody, "it begins with <"
	case start != "" && strings.IndexByte(`{["`, start[0]) >= 0:
		in.form, in.why = jsonBody, "it begins with "+start[:1]
	case isPairs(first):
		in.readForm()
	case o.Service == RDS && o.Kind == Request:
		in.readForm()
		in.why = "it is a request to rds"
	case o.Service == RDS && o.Kind == Response:
		in.form, in.why = xmlBody, "it is a response of rds"
	case o.Service == MediaConnect && o.Kind != "":
		in.form, in.why = jsonBody, "it is of mediaconnect"
	case start == "":
		return nil, usage("give a message in a file or on standard input; for an empty body say --operation and --kind", "the input is empty")
	default:
		return nil, usage("give a whole HTTP message, an XML or JSON body, a form body or a URL",
			"cannot tell what the input is: it begins with %s", wire.Quote(first))
	}
	return in, nil
}

func (in *input) readRequest() error {
	r, err := exchange.ParseRequest(in.text)
	if err != nil {
		return err
	}
	in.form, in.why = requestMessage, "it begins with a request line"
	in.request, in.framing, in.place = &r.Request, r.Findings, r.RawOffset
	return nil
}

func (in *input) readResponse() error {
	r, err := exchange.ParseResponse(in.text)
	if err != nil {
		return err
	}
	in.form, in.why = responseMessage, "it begins with a status line"
	in.response, in.framing, in.place = &r.Response, r.Findings, r.RawOffset
	return nil
}

// readForm takes a form body, or a query string with its question mark. A line
// end after it is the file's.
func (in *input) readForm() {
	in.form, in.why = formBody, "it begins with name=value"
	body := strings.TrimRight(in.text, "\r\n")
	trimmed := strings.TrimLeft(strings.TrimPrefix(body, "\ufeff"), " \t\r\n")
	trimmed = strings.TrimPrefix(trimmed, "?")
	skipped := len(body) - len(trimmed)
	in.request = &wire.Request{Body: trimmed}
	in.place = func(_ wire.Part, _ string, offset int) (int, bool) {
		return min(max(offset+skipped, 0), len(in.text)), true
	}
}

// readURL takes a URL that may go over several lines, as the documentation
// prints it. Line ends and the white space around them are left out.
func (in *input) readURL() {
	in.form, in.why = requestURL, "it begins with a scheme"
	var joined strings.Builder
	var at []int // for each byte of joined, its offset in text
	for i := 0; i < len(in.text); {
		end := i + strings.IndexByte(in.text[i:], '\n')
		if end < i {
			end = len(in.text)
		}
		line := in.text[i:end]
		from := i + len(line) - len(strings.TrimLeft(line, " \t\r"))
		trimmed := strings.TrimSpace(line)
		joined.WriteString(trimmed)
		for j := range len(trimmed) {
			at = append(at, from+j)
		}
		i = end + 1
	}
	url := joined.String()
	scheme := strings.Index(url, "://") + 3
	target := scheme + strings.IndexAny(url[scheme:]+"/", "/?")
	path, query, _ := strings.Cut(url[target:], "?")
	in.request = &wire.Request{Method: "GET", Path: path, Query: query,
		Headers: wire.Headers{{Name: "Host", Value: url[scheme:target]}}}
	in.place = func(part wire.Part, _ string, offset int) (int, bool) {
		switch part {
		case wire.Path:
			offset += target
		case wire.Query:
			offset += target + len(path) + 1
		case wire.Header:
			offset += scheme
		}
		if offset < 0 || offset >= len(at) {
			return len(in.text), true
		}
		return at[offset], true
	}
	if path == "" {
		in.request.Path = "/"
	}
}

// isRequestLine: METHOD /target, or METHOD target HTTP/1.1.
func isRequestLine(line string) bool {
	method, rest, ok := strings.Cut(line, " ")
	if !ok || method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(rest, " "), "/") || strings.Contains(rest, " HTTP/")
}

// isPairs: name=value, with a name of the characters that ours have.
func isPairs(line string) bool {
	name, _, ok := strings.Cut(strings.TrimPrefix(line, "?"), "=")
	name, _, _ = strings.Cut(name, "&")
	return ok && name != "" && strings.IndexFunc(name, func(c rune) bool {
		return c != '.' && c != '-' && c != '_' && c != '%' && (c < '0' || c > 'z' || c > '9' && c < 'A')
	}) < 0
}
