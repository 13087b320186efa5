package fault

import (
	"slices"
	"strconv"
	"sync"

	"wireproof/codec/wire"
)

// paging says how the lists of a service go from page to page.
type paging struct {
	service, size, token string
	any                  where
}

func rdsPageFaults() []Fault {
	return append(paging{rdsService, "MaxRecords", "Marker", rdsAny}.faults(),
		Fault{ID: "rds.page.default-unbounded", About: "Without MaxRecords everything comes on one page.", Service: rdsService,
			Sources: sources(thread("stackshy/cloudemu#721"), text("botocore rds/2014-10-31: default 100")),
			start:   onePage("MaxRecords")})
}

func mcPageFaults() []Fault {
	return append(paging{mcService, "maxResults", "nextToken", mcAny}.faults(),
		Fault{ID: "mediaconnect.page.default-unbounded", About: "Without maxResults everything comes on one page.", Service: mcService,
			Sources: sources(thread("stackshy/cloudemu#725"), text("botocore mediaconnect/2018-11-14: default 10")),
			start:   onePage("maxResults")},
		Fault{ID: "mediaconnect.page.order-unstable", About: "Items come in the reverse order every second time.", Service: mcService,
			Sources: text("paging needs an order that stays"),
			start: func() act {
				var mu sync.Mutex
				times := map[string]int{}
				return changePage(mcAny, func(c *call, l *page) {
					mu.Lock()
					defer mu.Unlock()
					key := c.asked.Path + c.asked.Query + c.asked.Body
					if times[key]++; times[key]%2 == 0 {
						slices.Reverse(l.items)
					}
				})()
			}},
		Fault{ID: "mediaconnect.page.default-20", About: "Without maxResults a page has 20 items.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: default 10", "WIRE.md section F, row 15"),
			start: onMC(func(r wire.Request) wire.Request {
				if _, given := param(r, "maxResults"); given || r.Method != "GET" {
					return r
				}
				return setParam(r, "maxResults", "20")
			})})
}

// faults are what goes wrong with pages alike at both services.
func (p paging) faults() []Fault {
	id := func(what string) string { return p.service + ".page." + what }
	ignored := thread("stackshy/cloudemu#721", "stackshy/cloudemu#725")
	walk := text("the paginators of the SDKs: each item comes once, and the token leads to the next page")
	only := onService
	return []Fault{
		{ID: id("size-ignored"), About: p.size + " is ignored.", Service: p.service, Sources: ignored,
			start: only(p.service, func(r wire.Request) wire.Request {
				most := "100"
				if p.service == mcService {
					most = "1000"
				}
				return mapParam(r, p.size, func(s string) string {
					if _, err := strconv.Atoi(s); err != nil {
						return s
					}
					return most
				})
			})},
		{ID: id("one-too-many"), About: "A page has one item more than " + p.size + ".", Service: p.service, Sources: ignored,
			start: only(p.service, func(r wire.Request) wire.Request {
				return mapParam(r, p.size, func(s string) string {
					n, err := strconv.Atoi(s)
					if err != nil || n < 1 || n > 99 || p.service == rdsService && n < 20 {
						return s
					}
					return strconv.Itoa(n + 1)
				})
			})},
		{ID: id("token-ignored"), About: p.token + " is ignored: the first page comes again and again.", Service: p.service, Sources: ignored,
			start: only(p.service, func(r wire.Request) wire.Request { return dropParams(r, p.token) })},
		{ID: id("never-ends"), About: "The last page leads to itself.", Service: p.service, Sources: walk,
			start: changePage(p.any, func(c *call, l *page) {
				if l.token == "" {
					l.token = c.tokenOf()
				}
			})},
		{ID: id("no-token"), About: "No page leads to another one.", Service: p.service, Sources: ignored,
			start: changePage(p.any, func(_ *call, l *page) { l.token = "" })},
		{ID: id("overlaps"), About: "A page starts with the last item of the page before.", Service: p.service, Sources: walk,
			start: func() act {
				var mu sync.Mutex
				last := map[string]string{} // by the token that follows it
				return changePage(p.any, func(c *call, l *page) {
					mu.Lock()
					defer mu.Unlock()
					if item, ok := last[c.tokenOf()]; ok && len(l.items) > 0 {
						l.items[0] = item
					}
					if l.token != "" && len(l.items) > 0 {
						last[l.token] = l.items[len(l.items)-1]
					}
				})()
			}},
		{ID: id("skips"), About: "A page after the first lacks its first item.", Service: p.service, Sources: walk,
			start: changePage(p.any, func(c *call, l *page) {
				if c.tokenOf() != "" && len(l.items) > 0 {
					l.items = l.items[1:]
				}
			})},
		{ID: id("bad-token-accepted"), About: "A " + p.token + " that nobody was given leads to the first page.", Service: p.service, Sources: thread("stackshy/cloudemu#721"),
			start: stateless(func(c *call) {
				c.answer()
				if token := c.tokenOf(); c.service == p.service && token != "" && !ok(c) {
					if resp := c.ask(dropParams(c.req, p.token)); resp.Status == 200 {
						c.resp = resp
					}
				}
			})},
		{ID: id("item-twice"), About: "An item comes two times on a page.", Service: p.service, Sources: walk,
			start: changePage(p.any, func(_ *call, l *page) {
				if len(l.items) > 1 {
					l.items[len(l.items)-1] = l.items[0]
				}
			})},
		{ID: id("empty-between"), About: "The last page has no items although some are left.", Service: p.service, Sources: walk,
			start: changePage(p.any, func(c *call, l *page) {
				if c.tokenOf() != "" && l.token == "" {
					l.items = nil
				}
			})},
	}
}

// onePage answers with all pages joined where no size is asked for.
func onePage(size string) starter {
	return stateless(func(c *call) {
		c.answer()
		if _, given := param(c.req, size); given || !listed(c) || (c.service == mcService) != (size == "maxResults") {
			return
		}
		p := c.page()
		name := map[string]string{rdsService: "Marker", mcService: "nextToken"}[c.service]
		for p.token != "" {
			next := pageOf(c.service, c.ask(setParam(c.req, name, p.token)).Body)
			if len(next.items) == 0 {
				break
			}
			p.items, p.token = append(p.items, next.items...), next.token
			c.setPage(p)
		}
	})
}
