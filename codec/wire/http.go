package wire

import "strings"

// HeaderField is one header line.
type HeaderField struct {
	Name  string
	Value string
}

// Headers are header lines in their order on the wire.
type Headers []HeaderField

// Get returns the value of the first field with this name, in any case, without
// white space around it, and whether there is one.
func (h Headers) Get(name string) (string, bool) {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return strings.Trim(f.Value, " \t"), true
		}
	}
	return "", false
}

// Set replaces the value of the first field with this name, or adds the field.
func (h *Headers) Set(name, value string) {
	for i, f := range *h {
		if strings.EqualFold(f.Name, name) {
			(*h)[i].Value = value
			return
		}
	}
	*h = append(*h, HeaderField{name, value})
}

// MediaType returns the Content-Type without its parameters, in lower case, and
// whether the header is there. RFC 9110 section 8.3.
func (h Headers) MediaType() (string, bool) {
	v, ok := h.Get("Content-Type")
	v, _, _ = strings.Cut(v, ";")
	return strings.ToLower(strings.TrimSpace(v)), ok
}

// Request is an HTTP request reduced to what the codec reads and writes.
type Request struct {
	Method string
	// Path is the escaped path as on the request line, never cleaned.
	Path string
	// Query is what follows the first question mark, without it.
	Query   string
	Headers Headers
	Body    string
}

// Target returns the request target of the request line, path and query.
func (r *Request) Target() string {
	if r.Query == "" {
		return r.Path
	}
	return r.Path + "?" + r.Query
}

// Response is an HTTP response reduced to what the codec reads and writes.
type Response struct {
	// Status is the status code, or 0 for a bare body of which it is not known;
	// then nothing is said about status and headers.
	Status  int
	Headers Headers
	Body    string
}

// IsError reports whether the status says that the body is an error: below 200
// or from 300 on, as aws-sdk-go-v2 takes it. The measured clients differ on 300
// alone.
func (r *Response) IsError() bool { return r.Status != 0 && (r.Status < 200 || r.Status >= 300) }

// ErrorShape is an error that a service can answer.
type ErrorShape struct {
	// Name is the shape's name in the model; a common error has none.
	Name string
	// Code is what travels: the type of a restJson1 error, the Code of an
	// awsQuery error.
	Code string
	// Status is the HTTP status it is sent with.
	Status int
	// Sender is true where the caller is at fault, false where the service is.
	Sender bool
	// Retryable is true where the model marks the error so.
	Retryable bool
}

// Error lets a shape be a target of errors.Is.
func (e *ErrorShape) Error() string { return e.Code }
