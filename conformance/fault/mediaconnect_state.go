package fault

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// mcStateFaults are about what a purchase leaves behind, and about answers that do
// not agree with each other.
func mcStateFaults() []Fault {
	reservation := on(mcSuccess, purchaseOffering, describeReservation, listReservations)
	read := on(mcSuccess, describeReservation)
	agree := text("botocore mediaconnect/2018-11-14: a reservation is of its offering")
	keeps := text("botocore mediaconnect/2018-11-14: ListReservations lists what was purchased")
	echo := text("botocore mediaconnect/2018-11-14: the reservation has the name and start of the request")
	quoted := func(s string) func(string) string { return always(`"` + s + `"`) }
	in := func(f func(string) string) func(string) string {
		return func(s string) string { return `"` + f(s[1:len(s)-1]) + `"` }
	}
	moved := func(f func(t time.Time) time.Time) func(string) string {
		return in(func(s string) string {
			t, err := time.Parse(time.RFC3339, s)
			if err != nil {
				return s
			}
			return f(t).Format(time.RFC3339)
		})
	}
	end := text("botocore mediaconnect/2018-11-14: end follows from start and duration")
	var all []Fault
	for _, row := range []struct {
		id, about string
		sources   []string
		w         where
		edit      edit
	}{
		{"agreement.price", "A reservation costs more than its offering.", agree, reservation, mapMember("pricePerUnit", in(func(s string) string { return "9" + s }))},
		{"agreement.currency", "A reservation is paid in another currency than its offering.", agree, reservation, mapMember("currencyCode", quoted("EUR"))},
		{"agreement.duration", "A reservation lasts a month longer than its offering.", agree, reservation, mapMember("duration", func(s string) string {
			n, _ := strconv.Atoi(s)
			return strconv.Itoa(n + 1)
		})},
		{"agreement.description", "A reservation has another description than its offering.", agree, reservation, mapMember("offeringDescription", quoted("Outbound bandwidth"))},
		{"agreement.bitrate", "A reservation has half of its offering's bitrate.", agree, reservation, mapMember("reservedBitrate", func(s string) string {
			n, _ := strconv.Atoi(s)
			return strconv.Itoa(n / 2)
		})},
		{"agreement.offering-arn", "A reservation names another offering.", agree, reservation, mapMember("offeringArn", quoted("arn:aws:mediaconnect:us-east-1:123456789012:offering:1-0000000000000000:Other"))},
		{"agreement.described-offering-arn", "An offering is described with another ARN than was asked for.", agree, on(mcSuccess, describeOffering), mapMember("offeringArn", in(func(s string) string { return s + "x" }))},
		{"agreement.described-offering", "An offering costs more when it is described than in the list.", agree, on(mcSuccess, describeOffering), mapMember("pricePerUnit", in(func(s string) string { return "9" + s }))},
		{"agreement.described-reservation", "A reservation costs more when it is described than when it was bought.", agree, read, mapMember("pricePerUnit", in(func(s string) string { return "9" + s }))},
		{"agreement.described-reservation-arn", "A reservation is described with another ARN than was asked for.", agree, read, mapMember("reservationArn", in(func(s string) string { return s + "x" }))},
		{"agreement.listed-reservation", "A reservation has another name in the list.", agree, on(mcSuccess, listReservations), mapMember("reservationName", quoted("listed"))},
		{"agreement.name", "A reservation has another name than it was given.", echo, on(mcSuccess, purchaseOffering), mapMember("reservationName", in(func(s string) string { return s + "-1" }))},
		{"agreement.name-case", "A reservation's name comes back in upper case.", echo, reservation, mapMember("reservationName", func(s string) string {
			return upperOutsideEscapes(s)
		})},
		{"agreement.name-html", "Characters of a name come back as HTML writes them.", echo, reservation, mapMember("reservationName", func(s string) string {
			return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `\"`, "&quot;").Replace(s)
		})},
		{"agreement.start", "A reservation starts a second later than it was asked to.", echo, reservation, mapMember("start", moved(func(t time.Time) time.Time { return t.Add(time.Second) }))},
		{"agreement.start-midnight", "A reservation starts at midnight, whatever was asked for.", echo, reservation, mapMember("start", moved(func(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }))},
		{"agreement.end-month", "A reservation ends a month early.", end, reservation, mapMember("end", moved(func(t time.Time) time.Time { return t.AddDate(0, -1, 0) }))},
		{"agreement.end-year", "A reservation ends a year late.", end, reservation, mapMember("end", moved(func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }))},
		{"agreement.end-is-start", "A reservation ends when it starts.", end, reservation, body(func(s string) string {
			return endOrStart.ReplaceAllString(s, `"end":"${2}"${1}"start":"${2}"`)
		})},
		{"agreement.arn-of-offering", "The ARN of a reservation says offering.", text("botocore mediaconnect/2018-11-14: the ARN of the reservation"), reservation, mapMember("reservationArn", func(s string) string { return strings.Replace(s, ":reservation:", ":offering:", 1) })},
		{"agreement.arn-empty", "The ARN of a reservation is empty.", text("botocore mediaconnect/2018-11-14: required"), on(mcSuccess, purchaseOffering), mapMember("reservationArn", quoted(""))},
	} {
		all = append(all, Fault{ID: "mediaconnect." + row.id, About: row.about, Service: mcService, Sources: row.sources, start: change(row.w, row.edit)})
	}
	purchaseKey := func(*call) string { return "purchase" }
	return append(all,
		Fault{ID: "mediaconnect.agreement.reading-moves", About: "A reservation ends a day later every time that it is described.", Service: mcService,
			Sources: end,
			start: counting(read, func(n int) edit {
				return mapMember("end", moved(func(t time.Time) time.Time { return t.AddDate(0, 0, n) }))
			})},
		Fault{ID: "mediaconnect.agreement.arn-moves", About: "A reservation has another ARN in every answer.", Service: mcService,
			Sources: keeps,
			start: counting(reservation, func(n int) edit {
				return mapMember("reservationArn", in(func(s string) string { return fmt.Sprintf("%s%d", s, n) }))
			})},
		Fault{ID: "mediaconnect.state.forgotten", About: "A reservation is not there after its purchase.", Service: mcService,
			Sources: keeps,
			start: func() act {
				empty := changePage(on(mcAny, listReservations), func(_ *call, p *page) { p.items, p.token = nil, "" })()
				lost := rewriteRoute(describeReservation, "/v1/reservations/forgotten")()
				return func(c *call) {
					if c.operation == describeReservation {
						lost(c)
					} else {
						empty(c)
					}
				}
			}},
		Fault{ID: "mediaconnect.state.not-listed", About: "A reservation is found by its ARN and stands in no list.", Service: mcService,
			Sources: sources(keeps, text("seen in MiniStack: lists are always empty")),
			start:   changePage(on(mcAny, listReservations), func(_ *call, p *page) { p.items, p.token = nil, "" })},
		Fault{ID: "mediaconnect.state.no-offerings", About: "There are no offerings in the list.", Service: mcService,
			Sources: text("seen in MiniStack: lists are always empty"),
			start:   changePage(on(mcAny, listOfferings), func(_ *call, p *page) { p.items, p.token = nil, "" })},
		Fault{ID: "mediaconnect.state.not-found", About: "A reservation stands in the list and is not found by its ARN.", Service: mcService,
			Sources: keeps, start: rewriteRoute(describeReservation, "/v1/reservations/forgotten")},
		Fault{ID: "mediaconnect.state.listed-twice", About: "A reservation stands in the list two times.", Service: mcService,
			Sources: keeps,
			start: changePage(on(mcAny, listReservations), func(_ *call, p *page) {
				if len(p.items) > 0 {
					p.items = append(p.items, p.items[len(p.items)-1])
				}
			})},
		Fault{ID: "mediaconnect.state.accounts-mixed", About: "A list has the reservations of all accounts.", Service: mcService,
			Sources: keeps, start: mixed(mcService, listReservations, purchaseOffering)},
		Fault{ID: "mediaconnect.state.concurrent-both-win", About: "Of purchases at the same time all succeed.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: one active reservation"),
			start: overlapping(purchaseOffering, purchaseKey, func(c *call) {
				c.answer()
				if code("ForbiddenException")(c) {
					buyElsewhere(c)
				}
			})},
		Fault{ID: "mediaconnect.state.refused-is-kept", About: "A purchase that is refused for its start is kept all the same.", Service: mcService,
			Sources: keeps,
			start: stateless(func(c *call) {
				c.answer()
				if c.operation == purchaseOffering && c.resp.Status == 400 {
					c.marked = true
					again := c.req
					again.Body = `{"reservationName":"refused","start":"` + time.Now().UTC().Format(time.RFC3339) + `"}`
					c.ask(withHeader(again, "Content-Type", "application/json"))
				}
			})},
		Fault{ID: "mediaconnect.request.start-ignored", About: "A purchase starts now, whatever its start.", Service: mcService,
			Sources: echo,
			start: onOperation(purchaseOffering, func(r wire.Request) wire.Request {
				r.Body = startOf.ReplaceAllString(r.Body, `"start"${1}"`+time.Now().UTC().Format(time.RFC3339)+`"`)
				return r
			})},
	)
}

var (
	endOrStart = regexp.MustCompile(`"end":"[^"]*"(.*?)"start":"([^"]*)"`)
	startOf    = regexp.MustCompile(`"start"(\s*:\s*)"[0-9TZ:-]*"`)
	jsonEscape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\.|[^\\]+`)
)

// upperOutsideEscapes turns the text of a JSON string into upper case.
func upperOutsideEscapes(s string) string {
	return jsonEscape.ReplaceAllStringFunc(s, func(part string) string {
		if part[0] == '\\' {
			return part
		}
		return strings.ToUpper(part)
	})
}
