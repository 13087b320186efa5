package fault

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"wireproof/codec/wire"
)

const requestID = "x-amzn-RequestId"

// httpFaults are about headers and status, and about the framing of an answer.
func httpFaults() []Fault {
	absent := Fault{ID: "http.answer.absent", About: "No operation is there: every request gets an HTML page of 404.", Sources: text("seen in moto"),
		start: change(anything, document(404, "text/html; charset=utf-8", "<!doctype html>\n<title>404 Not Found</title>\n"))}
	return append(append(headerFaults(), absent), append(spared(statusFaults()), spared(framingFaults())...)...)
}

func headerFaults() []Fault {
	const contentType = "Content-Type"
	protocols := text("Smithy awsQuery and restJson1: text/xml and application/json")
	return []Fault{
		{ID: "http.content-type.missing", About: "Answers have no Content-Type.", Sources: variant("mc-ct-none", "rds-ct-none", "mcerr-ct-none"),
			start: change(anything, dropHeader(contentType))},
		{ID: "http.content-type.empty", About: "The Content-Type is empty.", Sources: protocols,
			start: change(anything, setHeader(contentType, ""))},
		{ID: "http.content-type.html", About: "The Content-Type is text/html.", Sources: sources(thread("getmoto/moto#8560", "localstack/localstack#4943"), text("seen in moto")),
			start: change(success, setHeader(contentType, "text/html; charset=utf-8"))},
		{ID: "http.content-type.error-html", About: "The Content-Type of errors is text/html.", Sources: thread("localstack/localstack#4942", "getmoto/moto#8560"),
			start: change(failure, setHeader(contentType, "text/html; charset=utf-8"))},
		{ID: "http.content-type.plain", About: "The Content-Type is text/plain.", Sources: sources(thread("localstack/localstack#5297"), variant("mc-ct-text")),
			start: change(anything, setHeader(contentType, "text/plain; charset=utf-8"))},
		{ID: "http.content-type.octets", About: "The Content-Type is binary/octet-stream.", Sources: thread("floci-io/floci#240"),
			start: change(anything, setHeader(contentType, "binary/octet-stream"))},
		{ID: "http.content-type.application-xml", About: "RDS answers in application/xml.", Service: rdsService, Sources: sources(text("seen in MiniStack"), variant("rds-ct-appxml")),
			start: change(rdsAny, setHeader(contentType, "application/xml"))},
		{ID: "http.content-type.json-for-xml", About: "RDS calls its XML application/json.", Service: rdsService, Sources: variant("rds-ct-json"),
			start: change(rdsAny, setHeader(contentType, "application/json"))},
		{ID: "http.content-type.xml-for-json", About: "MediaConnect calls its JSON text/xml.", Service: mcService, Sources: variant("mc-ct-xml"),
			start: change(mcAny, setHeader(contentType, "text/xml"))},
		{ID: "http.content-type.aws-json", About: "MediaConnect answers in application/x-amz-json-1.1.", Service: mcService,
			Sources: sources(text("seen in MiniStack: application/x-amz-json-1.0"), variant("mc-ct-amzjson")),
			start:   change(mcAny, setHeader(contentType, "application/x-amz-json-1.1"))},
		{ID: "http.content-type.doubled", About: "The Content-Type names its type two times.", Sources: thread("localstack/localstack#4061"),
			start: change(anything, mapHeader(contentType, func(s string) string { return s + ", " + s }))},
		{ID: "http.content-type.twice", About: "There are two Content-Type lines.", Sources: sources(thread("localstack/localstack#4061"), text("RFC 9110 section 5.3")),
			start: framed(anything, func(m *message) { t, _ := m.headers.Get(contentType); m.add(contentType, t) })},
		{ID: "http.request-id.missing", About: "There is no x-amzn-RequestId.", Sources: sources(thread("getmoto/moto#7210"), text("seen in cloudemu"), variant("mcerr-rid-none")),
			start: change(anything, dropHeader(requestID))},
		{ID: "http.request-id.missing-on-errors", About: "Errors have no x-amzn-RequestId.", Sources: sources(thread("getmoto/moto#7210"), variant("mcerr-rid-none")),
			start: change(failure, dropHeader(requestID))},
		{ID: "http.request-id.empty", About: "x-amzn-RequestId is empty.", Sources: variant("mcerr-rid-none"),
			start: change(anything, setHeader(requestID, ""))},
		{ID: "http.request-id.s3-name", About: "The request id is in x-amz-request-id.", Sources: variant("mcerr-rid-amz"),
			start: change(anything, renameHeader(requestID, "x-amz-request-id"))},
		{ID: "http.request-id.hyphen", About: "The request id is in x-amzn-request-id.", Sources: variant("mcerr-rid-amzn-dash"),
			start: change(anything, renameHeader(requestID, "x-amzn-request-id"))},
		{ID: "http.request-id.in-body", About: "MediaConnect's request id is in the body.", Service: mcService, Sources: variant("mcerr-rid-body"),
			start: change(mcAny, dropHeader(requestID), sub(`^\{`, `{"requestId":"7a62c49f-347e-4fc4-9331-6e8eEXAMPLE",`), replace(",}", "}"))},
		{ID: "http.request-id.constant", About: "All answers have the same request id.", Sources: text("seen in cloudemu: all zero", "RFC 9562: ids are unique"),
			start: change(anything, setHeader(requestID, "00000000-0000-0000-0000-000000000000"), setText("RequestId", "00000000-0000-0000-0000-000000000000"))},
		{ID: "http.request-id.repeated", About: "Every second answer has the request id of the one before.", Sources: text("seen in cloudemu: ids repeat", "RFC 9562: ids are unique"),
			start: func() act {
				var mu sync.Mutex
				n, last := 0, ""
				return change(anything, func(c *call) {
					mu.Lock()
					defer mu.Unlock()
					if n++; n%2 == 1 {
						last, _ = c.resp.Headers.Get(requestID)
						return
					}
					setHeader(requestID, last)(c)
					setText("RequestId", last)(c)
				})()
			}},
		{ID: "http.request-id.twice", About: "There are two x-amzn-RequestId lines with different ids.", Sources: text("RFC 9110 section 5.3"),
			start: framed(anything, func(m *message) { m.add(requestID, "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE") })},
		{ID: "http.encoding.gzip", About: "Answers say that they are compressed and are not.", Sources: text("RFC 9110 section 8.4"),
			start: change(anything, setHeader("Content-Encoding", "gzip"))},
		{ID: "http.date.malformed", About: "Date is written as ISO 8601.", Sources: text("RFC 9110 section 5.6.7"),
			start: change(anything, setHeader("Date", "2026-01-01T00:00:00Z"))},
		{ID: "http.date.missing", About: "There is no Date.", Sources: text("RFC 9110 section 6.6.1: an origin server with a clock sends it"),
			start: framed(anything, func(m *message) { m.drop("Date") })},
		{ID: "http.head.body", About: "The answer to HEAD has a body.", Sources: sources(thread("floci-io/floci-az#184"), text("RFC 9110 section 9.3.2")),
			start: stateless(func(c *call) {
				c.answer()
				if c.asked.Method == "HEAD" {
					text := c.resp.Body
					if text == "" {
						text = "{}"
					}
					c.frame = func(m *message) { m.body = text; m.set("Content-Length", strconv.Itoa(len(text))); m.close = true }
				}
			})},
		{ID: "http.answer.of-before", About: "A request gets the answer of the one before.", Sources: text("RFC 9112 section 9.3: responses in the order of their requests"),
			start: func() act {
				var mu sync.Mutex
				var before *wire.Response
				return func(c *call) {
					c.answer()
					mu.Lock()
					defer mu.Unlock()
					now := c.resp
					if before != nil {
						c.resp = *before
					}
					before = &now
				}
			}},
		{ID: "http.answer.cached", About: "A request that came before gets the same answer again, whatever has changed.", Sources: text("RFC 9111 section 3: POST is not cached"),
			start: func() act {
				var mu sync.Mutex
				kept := map[string]wire.Response{}
				return func(c *call) {
					mu.Lock()
					defer mu.Unlock()
					key := c.asked.Method + c.caller() + c.asked.Path + "?" + c.asked.Query + "\n" + c.asked.Body
					if c.operation == purchase || c.operation == purchaseOffering {
						c.answer()
						return
					}
					if resp, ok := kept[key]; ok {
						c.resp, c.first.Status = resp, resp.Status
						return
					}
					c.answer()
					kept[key] = c.resp
				}
			}},
	}
}

// statusFaults are about statuses, whatever stands in the body.
func statusFaults() []Fault {
	return []Fault{
		{ID: "http.status.redirect", About: "Requests are redirected to the same path with a slash.", Sources: text("package serve: labels look like unclean paths to http.ServeMux"),
			start: change(anything, setStatus(301), func(c *call) { setHeader("Location", c.asked.Path+"/")(c) })},
		{ID: "http.status.temporary-redirect", About: "Requests are redirected to another port.", Sources: text("RFC 9110 section 15.4.8"),
			start: change(anything, setStatus(307), setHeader("Location", "http://127.0.0.1:9/"))},
		{ID: "http.status.unauthorized", About: "Every request is answered 401 without a word.", Sources: text("RFC 9110 section 15.5.2"),
			start: change(anything, document(401, "text/plain", ""))},
		{ID: "http.status.internal", About: "Every request is answered 500 without a word.", Sources: text("README of emulators: no document"),
			start: change(anything, document(500, "text/plain", ""))},
		{ID: "http.status.unavailable-sometimes", About: "Every third request is answered 503 with an HTML page of a proxy.", Sources: variant("rdserr-html-503", "mcerr-html-503"),
			start: counting(anything, func(n int) edit {
				return func(c *call) {
					if n%3 == 0 {
						document(503, "text/html", "<html><body><h1>503 Service Unavailable</h1></body></html>")(c)
					}
				}
			})},
		{ID: "http.no-content.body", About: "A purchase is answered 204 with a body.", Sources: text("RFC 9110 section 15.3.5"),
			start: framed(on(success, purchase, purchaseOffering), func(m *message) { m.status = "204 No Content" })},
	}
}

func renameHeader(from, to string) edit {
	return func(c *call) {
		for i, h := range c.resp.Headers {
			if strings.EqualFold(h.Name, from) {
				c.resp.Headers[i].Name = to
			}
		}
	}
}

func framingFaults() []Fault {
	const rfc = "RFC 9112 section "
	var all []Fault
	for _, row := range []struct {
		id, about string
		sources   []string
		f         func(*message)
	}{
		{"content-length.too-large", "Content-Length is ten more than there are bytes.", text(rfc + "6.3"), func(m *message) { m.set("Content-Length", strconv.Itoa(len(m.body)+10)); m.close = true }},
		{"content-length.too-small", "Content-Length is ten less than there are bytes.", text(rfc + "6.3"), func(m *message) { m.set("Content-Length", strconv.Itoa(max(len(m.body)-10, 1))); m.close = true }},
		{"content-length.characters", "Content-Length counts one byte less, as if one character had two.", text(rfc+"6.3", "README of emulators: a scrubbed golden"), func(m *message) { m.set("Content-Length", strconv.Itoa(max(len(m.body)-1, 0))); m.close = true }},
		{"content-length.not-a-number", "Content-Length is no number.", text("RFC 9110 section 8.6"), func(m *message) { m.set("Content-Length", strconv.Itoa(len(m.body))+" bytes"); m.close = true }},
		{"content-length.negative", "Content-Length is -1.", text("RFC 9110 section 8.6"), func(m *message) { m.set("Content-Length", "-1"); m.close = true }},
		{"content-length.twice", "Content-Length comes two times with different numbers.", text(rfc + "6.3"), func(m *message) { m.add("Content-Length", strconv.Itoa(len(m.body)+1)); m.close = true }},
		{"content-length.repeated", "Content-Length comes two times with the same number.", text("RFC 9110 section 8.6"), func(m *message) { m.add("Content-Length", strconv.Itoa(len(m.body))) }},
		{"content-length.with-chunks", "Content-Length stands beside Transfer-Encoding.", text(rfc + "6.1"), func(m *message) {
			length := strconv.Itoa(len(m.body))
			m.chunk(1 << 16)
			m.add("Content-Length", length)
		}},
		{"after-body.text", "Bytes follow the body.", text(rfc + "9.3"), func(m *message) { m.tail = "<!-- end -->"; m.close = true }},
		{"after-body.line", "A line end follows the body.", text(rfc + "2.2"), func(m *message) { m.tail = "\r\n"; m.close = true }},
		{"after-body.response", "A second answer follows that nobody asked for.", text(rfc + "9.2"), func(m *message) { m.tail = m.bytes(); m.close = true }},
		{"chunks.bad-size", "The size of a chunk is no number.", text(rfc + "7.1"), func(m *message) {
			m.chunk(1 << 16)
			m.body = "x" + m.body
			m.close = true
		}},
		{"chunks.decimal-size", "The size of a chunk is in decimal.", text(rfc + "7.1"), func(m *message) {
			n := len(m.body)
			m.chunk(1 << 20)
			_, rest, _ := strings.Cut(m.body, "\r\n")
			m.body = strconv.Itoa(n) + "\r\n" + rest
			m.close = true
		}},
		{"chunks.no-line-end", "No line end follows a chunk.", text(rfc + "7.1"), func(m *message) {
			m.chunk(1 << 16)
			m.body = strings.Replace(m.body, "\r\n0\r\n\r\n", "0\r\n\r\n", 1)
			m.close = true
		}},
		{"chunks.no-last", "There is no last chunk.", text(rfc + "7.1"), func(m *message) {
			m.chunk(1 << 16)
			m.body = strings.TrimSuffix(m.body, "0\r\n\r\n")
			m.close = true
		}},
		{"chunks.cut", "The connection ends within a chunk.", text(rfc + "8"), func(m *message) {
			m.chunk(1 << 16)
			m.body = m.body[:len(m.body)/2]
			m.close = true
		}},
		{"chunks.encoding-name", "Transfer-Encoding is gzip, and there are neither chunks nor gzip.", text(rfc + "6.1"), func(m *message) { m.drop("Content-Length"); m.add("Transfer-Encoding", "gzip"); m.close = true }},
		{"chunks.unannounced", "The body is chunked and the head does not say so.", text(rfc + "6.3"), func(m *message) {
			m.chunk(1 << 16)
			m.drop("Transfer-Encoding")
			m.set("Content-Length", strconv.Itoa(len(m.body)))
		}},
		{"head.bare-lf", "The lines of the head end with LF alone.", text(rfc + "2.2"), func(m *message) { m.eol = "\n" }},
		{"head.bare-cr", "A header's value has a CR in it.", text(rfc + "2.2"), func(m *message) { m.add("X-Cell", "a\rb") }},
		{"head.folded", "A header's value goes on in the next line.", text(rfc + "5.2"), func(m *message) { m.add("X-Cell", "a\r\n b") }},
		{"head.no-colon", "A line of the head is no header.", text(rfc + "5"), func(m *message) { m.status += "\r\nnonsense" }},
		{"head.space-before-colon", "White space stands between a header's name and its colon.", text(rfc + "5.1"), func(m *message) { m.add("X-Cell ", "a") }},
		{"head.control-character", "A header's value has a control character in it.", text("RFC 9110 section 5.5"), func(m *message) { m.add("X-Cell", "a\x01b") }},
		{"head.bad-name", "A header's name has characters that names do not have.", text("RFC 9110 section 5.1"), func(m *message) { m.add("X(Cell)", "a") }},
		{"head.unended", "The connection ends before the head does.", text(rfc + "8"), func(m *message) {
			m.cut, m.close = m.head()-len(m.eol), true
		}},
		{"status-line.http-2", "The status line says HTTP/2.", text(rfc + "4"), func(m *message) { m.proto = "HTTP/2" }},
		{"status-line.lower-case", "The status line says http/1.1.", text(rfc + "2.3: the name is case-sensitive"), func(m *message) { m.proto = "http/1.1" }},
		{"status-line.no-version", "The status line says HTTP alone.", text(rfc + "4"), func(m *message) { m.proto = "HTTP" }},
		{"status-line.long-code", "The status code has four digits.", text(rfc + "4"), func(m *message) { m.status = "2000 OK" }},
		{"status-line.words", "There is no status code.", text(rfc + "4"), func(m *message) { m.status = "OK" }},
		{"status-line.missing", "The answer starts with its headers.", text(rfc + "4"), func(m *message) { m.proto, m.status = "Status:", "200" }},
		{"status-line.no-http", "The answer is the document alone, as HTTP/0.9 had it.", text(rfc + "4"), func(m *message) { m.proto, m.status, m.headers, m.eol, m.close = m.body, "", nil, "", true }},
		{"status-line.http-1.0", "The answer is in HTTP/1.0 and leaves the connection open.", text(rfc+"9.3", "RFC 9110 section 6.2: a server answers in its highest version"), func(m *message) { m.proto = "HTTP/1.0" }},
	} {
		w := where(anything)
		if strings.Contains(row.id, "chunks") { // of which HEAD and HTTP/1.0 have none
			w = func(c *call) bool { return c.r.ProtoAtLeast(1, 1) && c.r.Method != http.MethodHead }
		}
		all = append(all, Fault{ID: "http." + row.id, About: row.about, Sources: row.sources, start: framed(w, row.f)})
	}
	return all
}
