package fault

import (
	"encoding/json"
	"regexp"
	"strings"
)

// page is a page of a list, of either service.
type page struct {
	items []string
	token string // Marker or nextToken; empty where there is none
}

var (
	xmlItems  = regexp.MustCompile(`(?s)<ReservedDBInstance(?:sOffering)?>.*?</ReservedDBInstance(?:sOffering)?>`)
	xmlList   = regexp.MustCompile(`(?s)<(ReservedDBInstances(?:Offerings)?)(?:/>|>.*</ReservedDBInstances(?:Offerings)?>)`)
	xmlMarker = regexp.MustCompile(`\n *<Marker>([^<]*)</Marker>`)
)

// listed reports whether the answer is a list.
func listed(c *call) bool {
	switch c.operation {
	case describeOfferings, describeInstances, listOfferings, listReservations:
		return ok(c)
	}
	return false
}

// tokenOf gives the token that a request came with.
func (c *call) tokenOf() string {
	name := "Marker"
	if c.service == mcService {
		name = "nextToken"
	}
	token, _ := param(c.req, name)
	return token
}

// page reads the list that was answered.
func (c *call) page() page { return pageOf(c.service, c.resp.Body) }

func pageOf(service, body string) page {
	if service == rdsService {
		p := page{items: xmlItems.FindAllString(body, -1)}
		if m := xmlMarker.FindStringSubmatch(body); m != nil {
			p.token = m[1]
		}
		return p
	}
	var document map[string]json.RawMessage
	_ = json.Unmarshal([]byte(body), &document)
	var p page
	_ = json.Unmarshal(document["nextToken"], &p.token)
	for name, value := range document {
		var items []json.RawMessage
		if name != "nextToken" && json.Unmarshal(value, &items) == nil {
			for _, item := range items {
				p.items = append(p.items, string(item))
			}
		}
	}
	return p
}

// setPage writes another list in the place of the one that was answered.
func (c *call) setPage(p page) {
	if c.service == mcService {
		name := "offerings"
		if c.operation == listReservations {
			name = "reservations"
		}
		token := ""
		if p.token != "" {
			token = `"nextToken":"` + p.token + `",`
		}
		c.resp.Body = "{" + token + `"` + name + `":[` + strings.Join(p.items, ",") + "]}"
		return
	}
	s := xmlMarker.ReplaceAllLiteralString(c.resp.Body, "")
	at := xmlList.FindStringSubmatchIndex(s)
	if at == nil {
		return
	}
	name := s[at[2]:at[3]]
	list := "<" + name + "/>"
	if len(p.items) > 0 {
		list = "<" + name + ">\n      " + strings.Join(p.items, "\n      ") + "\n    </" + name + ">"
	}
	if p.token != "" {
		list = "<Marker>" + p.token + "</Marker>\n    " + list
	}
	c.resp.Body = s[:at[0]] + list + s[at[1]:]
}

// changePage makes a fault of what is done to the lists that w selects.
func changePage(w where, f func(c *call, p *page)) starter {
	return change(both(listed, w), func(c *call) {
		before := c.resp.Body
		p := c.page()
		old := page{items: append([]string(nil), p.items...), token: p.token}
		f(c, &p)
		if p.token == old.token && strings.Join(p.items, "\x00") == strings.Join(old.items, "\x00") {
			c.resp.Body = before
			return
		}
		c.setPage(p)
	})
}
