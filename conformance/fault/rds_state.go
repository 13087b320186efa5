package fault

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireproof/codec/wire"
)

// rdsStateFaults are about what a purchase leaves behind, and about answers that
// do not agree with each other.
func rdsStateFaults() []Fault {
	reservation := on(rdsSuccess, purchase, describeInstances)
	agree := text("botocore rds/2014-10-31: a reservation is of its offering")
	keeps := text("botocore rds/2014-10-31: DescribeReservedDBInstances lists what was purchased")
	var all []Fault
	for _, row := range []struct {
		id, member, about string
		change            func(string) string
	}{
		{"price", "FixedPrice", "costs more than", func(s string) string { return "9" + s }},
		{"usage-price", "UsagePrice", "has another UsagePrice than", func(s string) string { return "9" + s }},
		{"currency", "CurrencyCode", "is paid in another currency than", always("EUR")},
		{"duration", "Duration", "lasts longer than", func(s string) string {
			n, _ := strconv.Atoi(s)
			return strconv.Itoa(2 * n)
		}},
		{"duration-months", "Duration", "counts its Duration in months, unlike", func(s string) string {
			n, _ := strconv.Atoi(s)
			return strconv.Itoa(n / 2_628_000)
		}},
		{"class", "DBInstanceClass", "has another class than", always("db.m1.tiny")},
		{"product", "ProductDescription", "has another product than", always("mariadb")},
		{"offering-type", "OfferingType", "has another OfferingType than", func(s string) string {
			if s == "No Upfront" {
				return "All Upfront"
			}
			return "No Upfront"
		}},
		{"multi-az", "MultiAZ", "has the opposite MultiAZ of", func(s string) string { return strconv.FormatBool(s != "true") }},
		{"offering-id", "ReservedDBInstancesOfferingId", "names another offering than", always("00000000-0000-4000-8000-000000000000")},
	} {
		all = append(all, Fault{ID: "rds.agreement." + row.id, About: "A reservation " + row.about + " its offering.", Service: rdsService,
			Sources: agree, start: change(reservation, mapText(row.member, row.change))})
	}
	read := on(rdsSuccess, describeInstances)
	return append(all,
		Fault{ID: "rds.agreement.charge", About: "A reservation has other recurring charges than its offering.", Service: rdsService,
			Sources: agree,
			start: change(reservation, mapText("RecurringChargeAmount", func(s string) string { return "9" + s }),
				replace("<RecurringCharges/>", "<RecurringCharges><RecurringCharge><RecurringChargeAmount>9.0</RecurringChargeAmount>"+
					"<RecurringChargeFrequency>Hourly</RecurringChargeFrequency></RecurringCharge></RecurringCharges>"))},
		Fault{ID: "rds.agreement.describe-price", About: "DescribeReservedDBInstances gives another price than the purchase.", Service: rdsService,
			Sources: agree, start: change(read, mapText("FixedPrice", func(s string) string { return "9" + s }))},
		Fault{ID: "rds.agreement.start-time-moves", About: "The StartTime is that of the request, whenever it is asked for.", Service: rdsService,
			Sources: agree, start: counting(read, func(n int) edit {
				// A second for each, since two requests may come within a millisecond.
				at := time.Now().UTC().Add(time.Hour + time.Duration(n)*time.Second)
				return mapText("StartTime", func(string) string { return at.Format("2006-01-02T15:04:05.000Z") })
			})},
		Fault{ID: "rds.agreement.lease-id-moves", About: "The LeaseId is another one each time.", Service: rdsService,
			Sources: agree, start: counting(read, func(n int) edit {
				return mapText("LeaseId", func(s string) string { return fmt.Sprintf("%s-%d", s, n) })
			})},
		Fault{ID: "rds.agreement.arn-moves", About: "The ARN is another one when it is described.", Service: rdsService,
			Sources: agree,
			start:   change(read, mapText("ReservedDBInstanceArn", func(s string) string { return strings.Replace(s, ":rds:", ":rds:x-", 1) }))},
		Fault{ID: "rds.agreement.reading-counts", About: "Every time that a reservation is described it has one DB instance more.", Service: rdsService,
			Sources: agree, start: counting(read, func(n int) edit {
				return mapText("DBInstanceCount", func(s string) string {
					count, _ := strconv.Atoi(s)
					return strconv.Itoa(count + n)
				})
			})},
		Fault{ID: "rds.agreement.offering-id-ignored", About: "DescribeReservedDBInstancesOfferings gives another price for an offering that is asked for by its id.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: an offering is the same wherever it is listed"),
			start: change(func(c *call) bool {
				_, byID := param(c.asked, "ReservedDBInstancesOfferingId")
				return byID && c.operation == describeOfferings && ok(c)
			}, mapText("FixedPrice", func(s string) string { return "9" + s }))},

		Fault{ID: "rds.state.forgotten", About: "A reservation is not there after its purchase.", Service: rdsService,
			Sources: keeps,
			start: func() act {
				gone := onOperation(describeInstances, func(r wire.Request) wire.Request {
					if _, byID := param(r, "ReservedDBInstanceId"); byID {
						return setParam(r, "ReservedDBInstanceId", "forgotten")
					}
					return setParam(r, "DBInstanceClass", "forgotten")
				})
				return gone()
			}},
		Fault{ID: "rds.state.not-listed", About: "A reservation is found by its id and stands in no list.", Service: rdsService,
			Sources: keeps,
			start: changePage(func(c *call) bool {
				_, byID := param(c.req, "ReservedDBInstanceId")
				return c.operation == describeInstances && !byID
			}, func(_ *call, p *page) { p.items = nil })},
		Fault{ID: "rds.state.not-found", About: "A reservation stands in the list and is not found by its id.", Service: rdsService,
			Sources: keeps,
			start: onOperation(describeInstances, func(r wire.Request) wire.Request {
				return mapParam(r, "ReservedDBInstanceId", func(s string) string { return s + "-1" })
			})},
		Fault{ID: "rds.state.newest-not-listed", About: "The newest reservation stands in no list.", Service: rdsService,
			Sources: keeps,
			start: changePage(func(c *call) bool { return c.operation == describeInstances }, func(_ *call, p *page) {
				if len(p.items) > 0 && p.token == "" {
					p.items = p.items[:len(p.items)-1]
				}
			})},
		Fault{ID: "rds.state.refused-is-kept", About: "A purchase that is refused because its id is taken leaves a reservation behind.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: ReservedDBInstanceAlreadyExistsFault"),
			start: stateless(func(c *call) {
				c.answer()
				if code("ReservedDBInstanceAlreadyExists")(c) {
					c.marked = true
					c.ask(dropParams(c.req, "ReservedDBInstanceId"))
				}
			})},
		Fault{ID: "rds.state.generated-id-constant", About: "Every generated id is the same.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the identifier is unique"),
			start: change(func(c *call) bool {
				_, given := param(c.asked, "ReservedDBInstanceId")
				return c.operation == purchase && !given && ok(c)
			}, setText("ReservedDBInstanceId", "ri-2020-06-29-16-54-57-670"))},
		Fault{ID: "rds.state.accounts-mixed", About: "A list has the reservations of all accounts.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: reserved DB instances for this account"),
			start:   mixed(rdsService, describeInstances, purchase)},
		Fault{ID: "rds.state.purchase-twice", About: "A purchase without an id buys two times.", Service: rdsService,
			Sources: keeps,
			start: stateless(func(c *call) {
				c.answer()
				if _, given := param(c.req, "ReservedDBInstanceId"); c.operation == purchase && !given && ok(c) {
					c.marked = true
					c.ask(c.req)
				}
			})},
		Fault{ID: "rds.state.concurrent-both-win", About: "Of purchases under one id at the same time all succeed.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: ReservedDBInstanceAlreadyExistsFault"),
			start: overlapping(purchase, func(c *call) string { id, _ := param(c.req, "ReservedDBInstanceId"); return id }, func(c *call) {
				c.answer()
				if code("ReservedDBInstanceAlreadyExists")(c) {
					buyAgain(c)
				}
			})},
		Fault{ID: "rds.state.concurrent-all-lose", About: "Purchases under one id at the same time are all refused.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: ReservedDBInstanceAlreadyExistsFault"),
			start: overlapping(purchase, func(c *call) string { id, _ := param(c.req, "ReservedDBInstanceId"); return id }, func(c *call) {
				c.answer()
				c.resp = c.ask(c.req) // the second time it is taken for certain
			})},
		Fault{ID: "rds.state.concurrent-one-id", About: "Purchases without an id at the same time get the same one.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the identifier is unique"),
			start: overlapping(purchase, func(c *call) string {
				if _, given := param(c.req, "ReservedDBInstanceId"); given {
					return ""
				}
				return "generated"
			}, func(c *call) {
				c.answer()
				setText("ReservedDBInstanceId", "ri-2020-06-29-16-54-57-670")(c)
			})},
	)
}

// counting makes a fault that counts the answers that w selects.
func counting(w where, f func(n int) edit) starter {
	return func() act {
		var mu sync.Mutex
		n := 0
		return change(w, func(c *call) {
			mu.Lock()
			n++
			m := n
			mu.Unlock()
			f(m)(c)
		})()
	}
}

// overlapTime is how long requests that might overlap wait for each other.
const overlapTime = 10 * time.Millisecond

// overlapping answers with a where requests of an operation with the same key are
// under way at the same time; an empty key is left alone. All wait a moment, so
// that requests that are sent at once do overlap.
func overlapping(operation string, key func(*call) string, a act) starter {
	type group struct {
		size     int
		together bool // there were two at some time
	}
	return func() act {
		var mu sync.Mutex
		groups := map[string]*group{}
		return func(c *call) {
			if c.operation != operation || key(c) == "" {
				c.answer()
				return
			}
			k := c.caller() + "\n" + key(c)
			mu.Lock()
			g := groups[k]
			if g == nil {
				g = &group{}
				groups[k] = g
			}
			g.size++
			g.together = g.together || g.size > 1
			mu.Unlock()
			time.Sleep(overlapTime)
			mu.Lock()
			together := g.together
			mu.Unlock()
			if together {
				a(c)
			} else {
				c.answer()
			}
			mu.Lock()
			if g.size--; g.size == 0 {
				delete(groups, k)
			}
			mu.Unlock()
		}
	}
}

// caller is what tells accounts apart: the scope of the signature.
func (c *call) caller() string {
	auth, _ := c.asked.Headers.Get("Authorization")
	credential := first(auth, `Credential=([^,]*)`)
	if credential == "" {
		credential, _ = param(c.asked, "AWSAccessKeyId")
	}
	return credential
}

// mixed lists what any account bought to those who have bought something
// themselves. Whoever has not sees nothing, so that a target looks as if it kept
// accounts apart.
func mixed(service, list, buy string) starter {
	return func() act {
		var mu sync.Mutex
		callers := map[string]wire.HeaderField{} // by what they sign with
		return func(c *call) {
			auth, signed := c.asked.Headers.Get("Authorization")
			mu.Lock()
			if c.service == service && c.operation == buy && signed {
				callers[c.caller()] = wire.HeaderField{Name: "Authorization", Value: auth}
			}
			others := make([]wire.HeaderField, 0, len(callers))
			_, bought := callers[c.caller()]
			for _, name := range slices.Sorted(maps.Keys(callers)) {
				if name != c.caller() {
					others = append(others, callers[name])
				}
			}
			mu.Unlock()
			c.answer()
			if c.operation != list || !ok(c) || !bought || len(others) == 0 {
				return
			}
			p := c.page()
			before := len(p.items)
			for _, h := range others {
				p.items = append(p.items, pageOf(service, c.ask(withHeader(c.req, h.Name, h.Value)).Body).items...)
			}
			if len(p.items) > before {
				c.setPage(p)
			}
		}
	}
}
