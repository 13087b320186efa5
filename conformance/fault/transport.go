package fault

import (
	"net/http"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// smallPage selects requests for a page of 20 records or 2 items. What ends a run
// when all requests meet it must not meet the first ones.
func smallPage(c *call) bool {
	return paramOr(c, "MaxRecords") == "20" || paramOr(c, "maxResults") == "2"
}

// transportFaults are about connections: answers that do not come or do not end,
// and requests that are not taken in the form in which HTTP has them.
func transportFaults() []Fault {
	const rfc = "RFC 9112 section "
	robust := text("issue 4: endpoints that hang, drip, reset, answer 100 MB or binary")
	var all []Fault
	for _, row := range []struct {
		id, about string
		w         where
		f         func(*message)
	}{
		{"cut-body", "The connection ends in the middle of a body.", success, func(m *message) { m.cut, m.close = m.head()+len(m.body)/2, true }},
		{"cut-head", "The connection ends in the middle of a head.", success, func(m *message) { m.cut, m.close = m.head()/2, true }},
		{"silent-close", "The connection ends without an answer.", on(anything, purchase, purchaseOffering), func(m *message) { m.cut, m.close = 0, true }},
		{"reset", "The connection is reset in the middle of an answer.", on(anything, describeInstances, describeReservation), func(m *message) { m.cut, m.close, m.reset = m.head()/2, true, true }},
		{"endless-body", "The body of a small page never ends.", smallPage, func(m *message) {
			m.drop("Content-Length")
			m.close, m.endless = true, strings.Repeat(" ", 64<<10)
		}},
		{"endless-head", "The head of a small page never ends.", smallPage, func(m *message) {
			m.cut, m.close, m.endless = m.head()-2, true, "X-More: "+strings.Repeat("x", 1000)+"\r\n"
		}},
		{"endless-continue", "Interim answers to a request for a small page never end.", smallPage, func(m *message) {
			m.cut, m.close, m.endless = 0, true, strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100)
		}},
		{"drip", "A small page comes byte by byte, one in a quarter of a second.", smallPage, func(m *message) {
			m.pieces, m.pause, m.close = 1, time.Second/4, true
		}},
		{"binary", "The answer is no HTTP.", on(anything, describeInstances, describeReservation), func(m *message) {
			m.proto, m.status, m.headers, m.eol, m.body, m.close = "\x16\x03\x01\x00\x02\x02\x28\x00", "", nil, "", "", true
		}},
		{"close-unannounced", "Every connection is closed after its first answer, and no answer says so.", anything, func(m *message) { m.close = true }},
	} {
		all = append(all, Fault{ID: "http.transport." + row.id, About: row.about, Sources: robust, start: framed(row.w, row.f)})
	}
	return append(spared(all),
		Fault{ID: "http.transport.hang", About: "A request for a small page is never answered.", Sources: robust,
			start: stateless(func(c *call) {
				if !smallPage(c) {
					c.answer()
					return
				}
				c.h.effects.Add(1)
				<-c.r.Context().Done()
				panic(http.ErrAbortHandler)
			})},
		Fault{ID: "http.request.chunks-ignored", About: "The body of a request in chunks counts as empty.", Sources: text(rfc + "7.1: recipients have to parse chunks"),
			start: rewrite(func(c *call) wire.Request {
				r := c.req
				if len(c.r.TransferEncoding) > 0 {
					r.Body = ""
				}
				return r
			})},
		Fault{ID: "http.request.continue-ignored", About: "Expect: 100-continue is not answered; the body is waited for.", Sources: text("RFC 9110 section 10.1.1"),
			silent: true, start: stateless((*call).answer)},
		Fault{ID: "http.request.expectation-failed", About: "Expect: 100-continue is answered 417.", Sources: text("RFC 9110 section 10.1.1"),
			start: change(func(c *call) bool { return strings.EqualFold(c.r.Header.Get("Expect"), "100-continue") }, document(417, "text/plain", ""))},
		Fault{ID: "http.request.http-1.0-refused", About: "Requests in HTTP/1.0 are answered 505.", Sources: text("RFC 9110 section 15.6.6"),
			start: change(func(c *call) bool { return !c.r.ProtoAtLeast(1, 1) }, document(505, "text/plain", ""))},
	)
}
