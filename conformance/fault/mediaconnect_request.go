package fault

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// rewriteRoute gives the requests of an operation another path.
func rewriteRoute(operation, path string) starter {
	return onOperation(operation, func(r wire.Request) wire.Request {
		r.Path = path
		return r
	})
}

// mcRequestFaults are about requests that are read otherwise than they were meant.
func mcRequestFaults() []Fault {
	return append(mcLabelFaults(), mcAcceptFaults()...)
}

// onLabel rewrites the escaped label of a path.
func onLabel(f func(string) string) starter {
	return onMC(func(r wire.Request) wire.Request {
		for _, prefix := range []string{"/v1/offerings/", "/v1/reservations/"} {
			if label, ok := strings.CutPrefix(r.Path, prefix); ok {
				r.Path = prefix + f(label)
			}
		}
		return r
	})
}

func mcLabelFaults() []Fault {
	const labels = "WIRE.md section A.3"
	refuse := func(bad func(wire.Request) bool) starter {
		return onMC(func(r wire.Request) wire.Request {
			if bad(r) {
				return withHeader(setParam(r, "maxResults", "x"), "Content-Type", "text/plain")
			}
			return r
		})
	}
	return []Fault{
		{ID: "mediaconnect.label.not-decoded", About: "The ARN in the path is not percent-decoded.", Service: mcService,
			Sources: sources(thread("localstack/localstack#4891"), text(labels)),
			start:   onLabel(func(s string) string { return strings.ReplaceAll(s, "%", "%25") })},
		{ID: "mediaconnect.label.decoded-twice", About: "The ARN in the path is decoded two times.", Service: mcService,
			Sources: text(labels),
			start: onLabel(func(s string) string {
				if t, err := url.PathUnescape(s); err == nil && strings.Contains(t, "%") {
					return t
				}
				return s
			})},
		{ID: "mediaconnect.label.plus-is-space", About: "A plus in the path is read as a space.", Service: mcService,
			Sources: text(labels + ": a plus in a path is a plus"),
			start:   onLabel(func(s string) string { return strings.ReplaceAll(s, "%2B", "%20") })},
		spared([]Fault{{ID: "mediaconnect.label.escapes-not-routed", About: "A path with escapes in it is not found.", Service: mcService,
			Sources: sources(thread("localstack/localstack#12348"), text(labels)),
			start: onLabel(func(s string) string {
				if strings.Contains(s, "%") {
					return "a/b"
				}
				return s
			})}})[0],
		{ID: "mediaconnect.label.cut-at-slash", About: "The ARN ends at its first escaped slash.", Service: mcService,
			Sources: text(labels),
			start:   onLabel(func(s string) string { before, _, _ := strings.Cut(s, "%2F"); return before })},
		{ID: "mediaconnect.label.lower-case", About: "ARNs are looked for in lower case.", Service: mcService,
			Sources: text(labels),
			start: onLabel(func(s string) string {
				t, err := url.PathUnescape(s)
				if err != nil {
					return s
				}
				return url.PathEscape(strings.ToLower(t))
			})},
		{ID: "mediaconnect.label.dots-resolved", About: "A label of dots and a slash climbs in the path.", Service: mcService,
			Sources: text(labels + ": no dot-segment removal"),
			start: onMC(func(r wire.Request) wire.Request {
				if _, rest, ok := strings.Cut(r.Path, "..%2F"); ok {
					r.Path = "/v1/" + rest
				}
				return r
			})},

		{ID: "mediaconnect.request.charset-refused", About: "A body of application/json with a charset parameter is refused.", Service: mcService,
			Sources: sources(thread("floci-io/floci#448"), text("Smithy test RestJsonMustSupportParametersInContentType")),
			start: refuse(func(r wire.Request) bool {
				t, _ := r.Headers.Get("Content-Type")
				return strings.Contains(t, "charset")
			})},
		{ID: "mediaconnect.request.accept-refused", About: "A request with an Accept header is refused.", Service: mcService,
			Sources: text("Smithy tests AcceptHeaderStarRequestTest, AcceptHeaderStarStarRequestTest"),
			start: onMC(func(r wire.Request) wire.Request {
				if accept, given := r.Headers.Get("Accept"); given && accept != "" {
					r.Path = "/v1/not-acceptable"
				}
				return r
			})},
		{ID: "mediaconnect.request.escapes-kept", About: "Escapes in the strings of a purchase are not decoded.", Service: mcService,
			Sources: text("RFC 8259 section 7"),
			start: onOperation(purchaseOffering, func(r wire.Request) wire.Request {
				r.Body = strings.ReplaceAll(r.Body, `\u`, `\\u`)
				return r
			})},
		{ID: "mediaconnect.request.unicode-lost", About: "Characters outside ASCII become question marks.", Service: mcService,
			Sources: text("RFC 8259 section 8.1"),
			start: onOperation(purchaseOffering, func(r wire.Request) wire.Request {
				r.Body = strings.Map(func(c rune) rune {
					if c > 127 {
						return '?'
					}
					return c
				}, r.Body)
				return r
			})},
	}
}

// mcAcceptFaults are about requests that are to be refused and are not.
func mcAcceptFaults() []Fault {
	malformed := text("Smithy test RestJsonInvalidJsonBody")
	integers := text("Smithy test RestJsonQueryIntegerMalformedValueRejected")
	// purchases rewrites the body of purchases.
	purchases := func(f func(string) string) starter {
		return onOperation(purchaseOffering, func(r wire.Request) wire.Request {
			r.Body = f(r.Body)
			return r
		})
	}
	// members rewrites the members of a purchase whose body is an object.
	members := func(f func(map[string]any)) starter {
		return purchases(func(s string) string {
			var m map[string]any
			if json.Unmarshal([]byte(s), &m) != nil || m == nil {
				return s
			}
			before, _ := json.Marshal(m)
			f(m)
			after, err := json.Marshal(m)
			if err != nil || string(before) == string(after) {
				return s
			}
			return string(after)
		})
	}
	now := func() string { return time.Now().UTC().Format(time.RFC3339) }
	return []Fault{
		{ID: "mediaconnect.accept.malformed-json", About: "A body that is not JSON is read as if the members were there.", Service: mcService,
			Sources: sources(text("seen in MiniStack: malformed JSON read as {}"), malformed),
			start: purchases(func(s string) string {
				if json.Valid([]byte(s)) {
					return s
				}
				return `{"reservationName":"x","start":"` + now() + `"}`
			})},
		{ID: "mediaconnect.accept.trailing-text", About: "What follows the document in a body is not looked at.", Service: mcService,
			Sources: malformed,
			start: purchases(func(s string) string {
				var first json.RawMessage
				if json.NewDecoder(strings.NewReader(s)).Decode(&first) != nil || len(strings.TrimSpace(s)) == len(first) {
					return s
				}
				return string(first)
			})},
		{ID: "mediaconnect.accept.trailing-comma", About: "A comma behind the last member of a body is not minded.", Service: mcService,
			Sources: malformed,
			start: purchases(func(s string) string {
				if t := strings.TrimSpace(s); strings.HasSuffix(t, ",}") {
					return strings.TrimSuffix(t, ",}") + "}"
				}
				return s
			})},
		{ID: "mediaconnect.accept.missing-name", About: "A purchase without a reservationName succeeds.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: required", "Smithy test RestJsonMalformedRequiredBodyUnset"),
			start: members(func(m map[string]any) {
				if v, given := m["reservationName"]; !given || v == nil {
					m["reservationName"] = "none"
				}
			})},
		{ID: "mediaconnect.accept.missing-start", About: "A purchase without a start succeeds, from now on.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: required", "Smithy test RestJsonMalformedRequiredBodyUnset"),
			start: members(func(m map[string]any) {
				if v, given := m["start"]; !given || v == nil {
					m["start"] = now()
				}
			})},
		{ID: "mediaconnect.accept.wrong-type", About: "A number for reservationName is read as a text.", Service: mcService,
			Sources: sources(thread("ministackorg/ministack#1763"), text("Smithy test RestJsonBodyIntegerMalformedValueRejected")),
			start: members(func(m map[string]any) {
				switch v := m["reservationName"].(type) {
				case float64:
					m["reservationName"] = strconv.FormatFloat(v, 'g', -1, 64)
				case bool, []any, map[string]any:
					m["reservationName"] = "x"
				}
			})},
		{ID: "mediaconnect.accept.pascal-case", About: "ReservationName and Start are read as well.", Service: mcService,
			Sources: thread("ministackorg/ministack#291"),
			start: members(func(m map[string]any) {
				for _, name := range []string{"reservationName", "start"} {
					if v, given := m[pascal(name)]; given && m[name] == nil {
						m[name] = v
						delete(m, pascal(name))
					}
				}
			})},
		{ID: "mediaconnect.accept.any-start", About: "A start in the past or the future is taken as now.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: from the first of the current month up to now", "WIRE.md section A.6"),
			start: members(func(m map[string]any) {
				s, _ := m["start"].(string)
				t, err := time.Parse(time.RFC3339, s)
				here := time.Now().UTC()
				if err == nil && (t.After(here) || t.Before(time.Date(here.Year(), here.Month(), 1, 0, 0, 0, 0, time.UTC))) {
					m["start"] = now()
				}
			})},
		{ID: "mediaconnect.accept.start-form", About: "A start that is no time is taken as now.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: YYYY-MM-DDTHH:mm:SSZ", "WIRE.md section A.6"),
			start: members(func(m map[string]any) {
				s, given := m["start"].(string)
				if t, err := time.Parse("2006-01-02T15:04:05Z", s); given && (err != nil || t.Format("2006-01-02T15:04:05Z") != s) {
					m["start"] = now()
				}
			})},
		{ID: "mediaconnect.accept.second-purchase", About: "A purchase succeeds although there is an active reservation.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: you can't purchase another one while there is an active reservation"),
			start: stateless(func(c *call) {
				c.answer()
				if c.operation == purchaseOffering && code("ForbiddenException")(c) {
					buyElsewhere(c)
				}
			})},
		{ID: "mediaconnect.accept.unknown-offering", About: "A purchase of an offering that is not there succeeds.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: NotFoundException"),
			start: stateless(func(c *call) {
				c.answer()
				if c.operation != purchaseOffering || !code("NotFoundException")(c) {
					return
				}
				label, _ := url.PathUnescape(strings.TrimPrefix(c.req.Path, "/v1/offerings/"))
				list := c.req
				list.Method, list.Path, list.Query, list.Body = "GET", "/v1/offerings", "", ""
				arn := first(c.ask(list).Body, `"offeringArn":"([^"]*)"`)
				again := c.req
				again.Path = "/v1/offerings/" + url.PathEscape(arn)
				if resp := c.ask(again); resp.Status < 300 {
					quoted, _ := json.Marshal(label)
					c.resp = resp
					setMember("offeringArn", string(quoted))(c)
				}
			})},
		{ID: "mediaconnect.accept.unknown-empty", About: "What is not there is described as {}.", Service: mcService,
			Sources: thread("floci-io/floci#1740"),
			start: change(both(mcError, both(code("NotFoundException"), on(anything, describeOffering, describeReservation))),
				setStatus(200), whole("{}"), dropHeader(errorType))},
		{ID: "mediaconnect.accept.unknown-first", About: "An offering that is not there is described as the first one.", Service: mcService,
			Sources: thread("floci-io/floci#1740"),
			start: stateless(func(c *call) {
				c.answer()
				if c.operation == describeOffering && code("NotFoundException")(c) {
					list := c.req
					list.Path = "/v1/offerings"
					c.resp = c.ask(list)
					if p := pageOf(mcService, c.resp.Body); len(p.items) > 0 {
						c.resp.Body = `{"offering":` + p.items[0] + "}"
					}
				}
			})},
		{ID: "mediaconnect.accept.unknown-route", About: "A path that is none is answered 200 with {}.", Service: mcService,
			Sources: thread("floci-io/floci#3908"),
			start:   change(both(mcError, code("UnknownOperationException")), setStatus(200), whole("{}"), dropHeader(errorType))},
		{ID: "mediaconnect.accept.max-results-range", About: "A maxResults outside 1 to 1000 is brought into the range.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: min 1, max 1000", "seen in MiniStack: maxResults unchecked"),
			start: onMC(func(r wire.Request) wire.Request {
				return mapParam(r, "maxResults", func(s string) string {
					n, err := strconv.Atoi(s)
					if err != nil {
						return s
					}
					return strconv.Itoa(min(max(n, 1), 1000))
				})
			})},
		{ID: "mediaconnect.accept.max-results-form", About: "A maxResults that is no integer counts as absent.", Service: mcService,
			Sources: sources(text("seen in MiniStack: maxResults unchecked"), integers),
			start: onMC(func(r wire.Request) wire.Request {
				return mapParams(r, func(name, value string) (string, bool) {
					_, err := strconv.ParseInt(value, 10, 32)
					return value, name != "maxResults" || err == nil
				})
			})},
		{ID: "mediaconnect.accept.last-repeated", About: "Of a parameter that comes two times the last one counts.", Service: mcService,
			Sources: text("Smithy HTTP bindings, httpQuery: the first value"),
			start: onMC(func(r wire.Request) wire.Request {
				if strings.Count(r.Query, "maxResults=") > 1 {
					parts := strings.Split(r.Query, "&")
					for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
						parts[i], parts[j] = parts[j], parts[i]
					}
					r.Query = strings.Join(parts, "&")
				}
				return r
			})},
	}
}

// buyElsewhere makes a purchase succeed that an active reservation forbids: it is
// bought for another account and answered as if it were the caller's.
func buyElsewhere(c *call) {
	auth, _ := c.req.Headers.Get("Authorization")
	account := first(auth, `Credential=(\d{12})/`)
	if account == "" {
		return
	}
	c.h.others.mu.Lock()
	c.h.others.n++
	other := "9" + strconv.Itoa(10_000_000_000+c.h.others.n)
	c.h.others.mu.Unlock()
	resp := c.ask(withHeader(c.req, "Authorization", strings.Replace(auth, "Credential="+account, "Credential="+other, 1)))
	if resp.Status < 300 {
		resp.Body = strings.ReplaceAll(resp.Body, other, account)
		c.resp = resp
	}
}
