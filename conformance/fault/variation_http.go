package fault

import (
	"net/http"
	"strings"

	"wireproof/codec/wire"
)

// httpVariations are about headers, framing and connections.
func httpVariations() []Variation {
	names := func(f func(string) string) func(*message) {
		return func(m *message) {
			for i := range m.headers {
				m.headers[i].Name = f(m.headers[i].Name)
			}
		}
	}
	const semantics, messages = "RFC 9110 section ", "RFC 9112 section "
	var all []Variation
	for _, row := range []struct {
		id, about string
		why       []string
		f         func(*message)
	}{
		{"http.headers-lower-case", "Names of headers are in lower case.", sources(text(semantics+"5.1"), variant("mcerr-hdr-lower")), names(strings.ToLower)},
		{"http.headers-upper-case", "Names of headers are in upper case.", text(semantics + "5.1"), names(strings.ToUpper)},
		{"http.headers-canonical", "Names of headers are spelled as Go spells them.", text(semantics + "5.1"), names(http.CanonicalHeaderKey)},
		{"http.headers-reversed", "Headers come in the reverse order.", text(semantics + "5.3"), func(m *message) {
			for i, j := 0, len(m.headers)-1; i < j; i, j = i+1, j-1 {
				m.headers[i], m.headers[j] = m.headers[j], m.headers[i]
			}
		}},
		{"http.value-spaces", "Values of framing headers have white space around them.", text(semantics+"5.5", messages+"5.1"), func(m *message) { padHeader(m, "Date"); padHeader(m, "Content-Length") }},
		{"http.no-space-after-colon", "No space stands between a header's colon and its value.", text(messages + "5.1"), func(m *message) {
			var lines []string
			for _, h := range m.headers {
				lines = append(lines, h.Name+":"+h.Value)
			}
			m.status += m.eol + strings.Join(lines, m.eol)
			m.headers = nil
		}},
		{"http.extra-headers", "There are more headers: Server, Via, Cache-Control, X-Cache and others.", text(semantics + "5.1: unrecognized fields are ignored"), func(m *message) {
			more := wire.Headers{{Name: "Server", Value: "AmazonRDS"}, {Name: "Via", Value: "1.1 proxy"}, {Name: "Cache-Control", Value: "no-store"},
				{Name: "X-Cache", Value: "MISS"}, {Name: "Vary", Value: "Accept-Encoding"}, {Name: "Strict-Transport-Security", Value: "max-age=31536000"}}
			for _, h := range more {
				m.set(h.Name, h.Value)
			}
		}},
		{"http.amz-headers", "There are x-amz-id-2, x-amz-apigw-id and X-Amzn-Trace-Id.", text("the goldens of API Gateway and Lambda have them"), func(m *message) {
			m.add("x-amz-id-2", "Uuag1MaK+Pz3r==")
			m.add("x-amz-apigw-id", "XkqLHHpIIAMFYvA=")
			m.add("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793")
		}},
		{"http.repeated-list-header", "A header that is a list comes in two lines.", text(semantics + "5.3"), func(m *message) { m.add("Vary", "Origin"); m.add("Vary", "Accept") }},
		{"http.reason", "The reason phrase is another one.", text(messages + "4: clients ignore it"), func(m *message) { m.status = m.status[:4] + "Fine By Me" }},
		{"http.no-reason", "There is no reason phrase.", text(messages + "4: it may be empty"), func(m *message) { m.status = m.status[:4] }},
		{"http.chunked", "Bodies come in one chunk.", text(messages + "7.1"), chunked(1 << 20)},
		{"http.small-chunks", "Bodies come in chunks of 64 bytes.", text(messages + "7.1"), chunked(64)},
		{"http.chunk-sizes", "Sizes of chunks are in upper case, with zeros before them.", text(messages + "7.1"), func(m *message) {
			if m.body == "" || m.proto == "HTTP/1.0" {
				return
			}
			m.chunk(1 << 20)
			size, rest, _ := strings.Cut(m.body, "\r\n")
			m.body = "00" + strings.ToUpper(size) + "\r\n" + rest
		}},
		{"http.until-close", "Bodies have no length and end with the connection.", text(messages + "6.3, number 8"), func(m *message) { m.drop("Content-Length"); closing(m) }},
		{"http.connection-close", "Every answer says that the connection is closed after it, and it is.", text(messages + "9.6"), closing},
		{"http.keep-alive", "Answers say Connection: keep-alive and Keep-Alive.", text(messages + "9.3"), func(m *message) {
			if !m.close {
				m.set("Connection", "keep-alive")
				m.set("Keep-Alive", "timeout=5, max=1000")
			}
		}},
		{"http.pieces", "Answers come in pieces of 100 bytes.", text("TCP has no message borders"), func(m *message) { m.pieces = 100 }},
		{"http.one-byte-first", "The first byte of an answer comes by itself.", text("TCP has no message borders"), func(m *message) { m.pieces = max(len(m.bytes())-1, 1) }},
		{"http.interim", "A 103 comes before every answer.", text(semantics + "15.2: a client parses interim responses"), func(m *message) {
			m.proto = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" + m.proto
		}},
		{"http.charset", "The Content-Type has a charset parameter.", text("WIRE.md section A.5", semantics+"8.3.2"), func(m *message) {
			if t, ok := m.headers.Get("Content-Type"); ok {
				m.set("Content-Type", t+"; charset=utf-8")
			}
		}},
		{"http.charset-spelling", "The charset parameter is quoted and in upper case, without a space.", text(semantics + "5.6.6"), func(m *message) {
			if t, ok := m.headers.Get("Content-Type"); ok {
				m.set("Content-Type", t+`;CHARSET="UTF-8"`)
			}
		}},
		{"http.media-type-case", "The Content-Type is in another case.", text(semantics + "8.3.1: types do not differ by case"), func(m *message) {
			if t, ok := m.headers.Get("Content-Type"); ok {
				m.set("Content-Type", strings.ToUpper(t[:1])+t[1:])
			}
		}},
	} {
		all = append(all, Variation{ID: row.id, About: row.about, Why: row.why, start: stateless(func(c *call) {
			c.answer()
			c.frame = row.f
		})})
	}
	return append(all,
		Variation{ID: "http.slow", About: "Answers take ten milliseconds.", Why: text("nothing says how fast an answer has to be"),
			start: slow},
		Variation{ID: "http.request-id-form", About: "Request ids are 52 letters and digits instead of UUIDs.", Why: text("an id is opaque; DynamoDB's have this form"),
			start: change(anything, func(c *call) {
				id, _ := c.resp.Headers.Get(requestID)
				long := strings.ToUpper(strings.ReplaceAll(id, "-", "")) + "0123456789ABCDEFGHIJ"
				setHeader(requestID, long)(c)
				setText("RequestId", long)(c)
			})},
		Variation{ID: "http.error-type-uri", About: "X-Amzn-ErrorType has a colon and a URI behind the type.", Service: mcService,
			Why:   sources(text("Smithy test RestJsonFooErrorUsingXAmznErrorTypeWithUri"), variant("mcerr-hdr-uri")),
			start: change(mcError, mapHeader(errorType, func(s string) string { return s + ":http://internal.amazon.com/coral/com.amazonaws.mediaconnect/" }))},
		Variation{ID: "http.error-type-colon", About: "X-Amzn-ErrorType ends with a colon.", Service: mcService,
			Why:   text("the goldens of real restJson1 services have it", "Smithy restJson1, \"Operation error serialization\""),
			start: change(mcError, mapHeader(errorType, func(s string) string { return s + ":" }))},
		Variation{ID: "http.error-type-also-in-body", About: "An error says its type in __type as well.", Service: mcService,
			Why:   sources(text("Smithy restJson1, \"Operation error serialization\""), variant("mcerr-hdr-vs-type")),
			start: change(mcError, func(c *call) { t, _ := c.resp.Headers.Get(errorType); sub(`^\{`, `{"__type":"`+t+`",`)(c) })},
	)
}

func chunked(size int) func(*message) { return func(m *message) { m.chunk(size) } }

func closing(m *message) {
	m.set("Connection", "close")
	m.close = true
}
