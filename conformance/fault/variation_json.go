package fault

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// jsonVariations are other ways of writing the same JSON.
func jsonVariations() []Variation {
	strs := func(f func(string) string) edit { // string values and names, as they are between their quotation marks
		return body(func(s string) string {
			return jsonString.ReplaceAllStringFunc(s, func(q string) string { return `"` + f(q[1:len(q)-1]) + `"` })
		})
	}
	const rfc = "RFC 8259 section "
	var all []Variation
	for _, row := range []struct {
		id, about string
		why       []string
		w         where
		edits     []edit
	}{
		{"json.indented", "Documents are indented.", sources(text(rfc+"2"), variant("mc-ws-around")), mcAny, []edit{body(indented("  "))}},
		{"json.tabs", "Documents are indented with tabs.", text(rfc + "2"), mcAny, []edit{body(indented("\t"))}},
		{"json.spaces", "White space stands around every token.", text(rfc + "2"), mcAny, []edit{body(func(s string) string {
			return " " + strings.NewReplacer("\n", "\r\n ").Replace(indented(" ")(s)) + "\n"
		})}},
		{"json.around", "White space stands around the document.", variant("mc-ws-around"), mcAny, []edit{body(func(s string) string { return "\n " + s + "\n" })}},
		{"json.final-line", "The document ends with a line feed.", variant("mc-ws-around"), mcAny, []edit{body(func(s string) string { return s + "\n" })}},
		{"json.members-reversed", "Members come in the reverse order.", text(rfc + "4: an object is unordered"), mcAny, []edit{body(reverseJSON)}},
		{"json.slashes-escaped", "Slashes are escaped.", text(rfc + "7"), mcAny, []edit{strs(func(s string) string { return strings.ReplaceAll(s, "/", `\/`) })}},
		{"json.html-escaped", "Angle brackets and ampersands are escaped, as encoding/json does.", text(rfc + "7"), mcAny, []edit{strs(func(s string) string {
			return strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(s)
		})}},
		{"json.ascii", "Characters outside ASCII are escaped, surrogate pairs too, as Python does.", sources(text(rfc+"7"), variant("mc-string-surrogatepair")), mcAny, []edit{body(asciiEscaped)}},
		{"json.letters-escaped", "Letters are escaped by their numbers, in names as well.", text(rfc + "7"), mcAny, []edit{strs(func(s string) string {
			if s == "" || s[0] == '\\' || s[0] > 127 {
				return s
			}
			return fmt.Sprintf(`\u%04x`, s[0]) + s[1:]
		})}},
		{"json.escapes-upper-case", "Escapes have upper-case digits.", text(rfc + "7"), mcAny, []edit{strs(func(s string) string {
			if s == "" || s[0] == '\\' || s[0] > 127 || s[0] < 'J' {
				return s
			}
			return fmt.Sprintf(`\u%04X`, s[0]) + s[1:]
		})}},
		{"json.unknown-members", "Records and documents have members that are not in the model.", variant("mc-unknown-top", "mc-unknown-nested"), mcSuccess, []edit{
			replace(`"duration":`, `"future":{"part":[1,null,true,{"duration":-0.5e3}]},"duration":`), sub(`^\{(.)`, `{"futureTop":[],${1}`), replace(",}", "}")}},
		{"json.unknown-error-members", "Errors have members that are not in the model.", text("Smithy test RestJsonComplexErrorWithNoMessage", "the goldens of real restJson1 services"), mcError, []edit{
			sub(`^\{`, `{"reason":"x","fieldList":[],`)}},
		{"json.empty-token", "nextToken is empty on the last page.", sources(thread("aws/aws-sdk-go-v2#84"), variant("mc-list-nexttoken-empty")), on(mcSuccess, listOfferings, listReservations), []edit{body(func(s string) string {
			if strings.HasPrefix(s, `{"nextToken"`) {
				return s
			}
			return `{"nextToken":"",` + s[1:]
		})}},
		{"json.token-last", "nextToken comes after the list.", text(rfc + "4: an object is unordered"), mcSuccess, []edit{sub(`(?s)^\{("nextToken":"[^"]*"),(.*)\}$`, "{${2},${1}}")}},
	} {
		all = append(all, Variation{ID: row.id, About: row.about, Service: mcService, Why: row.why, start: change(row.w, row.edits...)})
	}
	return all
}

var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

func indented(with string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		depth, inString := 0, false
		line := func() { b.WriteString("\n" + strings.Repeat(with, depth)) }
		for i := 0; i < len(s); i++ {
			ch := s[i]
			switch {
			case inString:
				b.WriteByte(ch)
				if ch == '\\' {
					i++
					b.WriteByte(s[i])
				}
				inString = ch != '"'
			case ch == '"':
				inString = true
				b.WriteByte(ch)
			case ch == '{' || ch == '[':
				depth++
				b.WriteByte(ch)
				line()
			case ch == '}' || ch == ']':
				depth--
				line()
				b.WriteByte(ch)
			case ch == ',':
				b.WriteByte(ch)
				line()
			case ch == ':':
				b.WriteString(" : ")
			default:
				b.WriteByte(ch)
			}
		}
		return b.String()
	}
}

// asciiEscaped escapes what is outside ASCII, past U+FFFF as two surrogates.
func asciiEscaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 128:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	return b.String()
}

// reverseJSON writes the members of all objects in the reverse order. Numbers,
// strings and lists stay as they are.
func reverseJSON(s string) string {
	out, err := reversed(json.RawMessage(s))
	if err != nil {
		return s
	}
	return string(out)
}

func reversed(raw json.RawMessage) (json.RawMessage, error) {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	open, err := d.Token()
	if err != nil || open != json.Delim('{') && open != json.Delim('[') {
		return raw, err
	}
	var parts []string
	for d.More() {
		part := ""
		if open == json.Delim('{') {
			before := d.InputOffset()
			if _, err := d.Token(); err != nil {
				return nil, err
			}
			part = strings.TrimLeft(string(raw[before:d.InputOffset()]), ", \n") + ":"
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if value, err = reversed(value); err != nil {
			return nil, err
		}
		parts = append(parts, part+string(value))
	}
	if open == json.Delim('[') {
		return json.RawMessage("[" + strings.Join(parts, ",") + "]"), nil
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return json.RawMessage("{" + strings.Join(parts, ",") + "}"), nil
}

// contentVariations are about what the sources leave open.
func contentVariations() []Variation {
	open := "nothing in the sources says what stands there"
	return []Variation{
		{ID: "rds.messages", About: "Messages of errors are others, long and not in ASCII.", Service: rdsService, Why: text(open),
			start: change(rdsError, setText("Message", "Ein ganz anderer Text – "+strings.Repeat("sehr lang ", 40)))},
		{ID: "mediaconnect.messages", About: "Messages of errors are others, long and not in ASCII.", Service: mcService, Why: text(open),
			start: change(mcError, setMember("message", `"Ein ganz anderer Text – `+strings.Repeat("sehr lang ", 40)+`"`))},
		{ID: "rds.state-active", About: "A reservation is active at once.", Service: rdsService, Why: text("WIRE.md section H", "fixture of botocore: active"),
			start: change(rdsSuccess, setText("State", "active"))},
		{ID: "rds.state-failed", About: "The payment of a reservation has failed.", Service: rdsService, Why: text("WIRE.md section H: payment-failed is in the User Guide's samples"),
			start: change(rdsSuccess, setText("State", "payment-failed"))},
		{ID: "mediaconnect.state-active", About: "A reservation is ACTIVE at once.", Service: mcService, Why: text("botocore mediaconnect/2018-11-14: a value of the enum"),
			start: change(mcSuccess, setMember("reservationState", `"ACTIVE"`))},
		{ID: "mediaconnect.end-milliseconds", About: "The end of a reservation has milliseconds.", Service: mcService,
			Why:   sources(variant("mc-start-millis"), text("botocore mediaconnect/2018-11-14: a string without a form")),
			start: change(mcSuccess, mapMember("end", func(s string) string { return strings.Replace(s, `Z"`, `.000Z"`, 1) }))},
		{ID: "mediaconnect.short-pages", About: "Pages have half of the items that were asked for.", Service: mcService,
			Why: text("botocore mediaconnect/2018-11-14: the service may return fewer results than maxResults"),
			start: stateless(func(c *call) {
				if n, err := strconv.Atoi(paramOr(c, "maxResults")); err == nil && n > 1 && n <= 1000 && c.service == mcService {
					c.changeRequest(setParam(c.req, "maxResults", strconv.Itoa((n+1)/2)))
				}
				c.answer()
			})},
		{ID: "mediaconnect.long-token", About: "Tokens are longer, and made of other characters.", Service: mcService, Why: text("a token is opaque"),
			start: wrapToken(mcService, "nextToken", mapMember("nextToken", func(s string) string { return `"wp-` + strings.Trim(s, `"`) + `.~_=+ /"` }))},
		{ID: "rds.long-marker", About: "Markers are longer, and made of other characters.", Service: rdsService, Why: text("a marker is opaque"),
			start: wrapToken(rdsService, "Marker", mapText("Marker", func(s string) string { return "wp-" + s + ".~_=+ /" }))},
		{ID: "rds.lease-id-form", About: "LeaseIds are not UUIDs.", Service: rdsService, Why: text(open),
			start: change(rdsSuccess, mapText("LeaseId", func(s string) string { return "rdsl-" + strings.ReplaceAll(s, "-", "") }))},
		{ID: "rds.slower-clock", About: "The clock of the server is half a minute behind.", Service: rdsService, Why: text("clocks differ"),
			start: change(rdsSuccess, mapText("StartTime", func(s string) string {
				t, err := time.Parse(time.RFC3339, s)
				if err != nil {
					return s
				}
				return t.Add(-30 * time.Second).Format("2006-01-02T15:04:05.000Z")
			}))},
	}
}

func paramOr(c *call, name string) string { v, _ := param(c.req, name); return v }

const tokenSuffix = ".~_=+ /"

// wrapToken changes tokens on their way out and changes them back on their way in.
func wrapToken(service, name string, out edit) starter {
	return stateless(func(c *call) {
		if c.service != service {
			c.answer()
			return
		}
		req := mapParam(c.req, name, func(s string) string {
			if strings.HasPrefix(s, "wp-") && strings.HasSuffix(s, tokenSuffix) {
				return strings.TrimSuffix(strings.TrimPrefix(s, "wp-"), tokenSuffix)
			}
			return s
		})
		c.req = req
		c.answer()
		if listed(c) {
			out(c)
		}
	})
}

func slow() act {
	return func(c *call) {
		c.answer()
		c.marked = true
		time.Sleep(10 * time.Millisecond)
	}
}
