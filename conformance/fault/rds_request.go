package fault

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// rdsRequestFaults are about requests that are read otherwise than they were
// meant: forms that are not taken, parameters that are ignored, mistakes that are
// accepted.
func rdsRequestFaults() []Fault {
	return append(rdsFormFaults(), append(rdsFilterFaults(), rdsAcceptFaults()...)...)
}

func rdsFormFaults() []Fault {
	const (
		bothForms = "WIRE.md section B.2: both forms"
		lists     = "WIRE.md section B.4"
	)
	return []Fault{
		{ID: "rds.request.get-refused", About: "Requests in the query string are told that they have no Action.", Service: rdsService,
			Sources: text("seen in cloudemu", bothForms),
			start: rewrite(func(c *call) wire.Request {
				if c.service != rdsService || c.req.Method != "GET" {
					return c.req
				}
				return dropParams(c.req, "Action")
			})},
		{ID: "rds.request.old-versions-refused", About: "No version but the latest is known.", Service: rdsService,
			Sources: text("WIRE.md section C"),
			start: rewrite(func(c *call) wire.Request {
				if c.service != rdsService || c.version == rds.Latest {
					return c.req
				}
				return setParam(c.req, "Version", "1999-01-01")
			})},
		{ID: "rds.request.tags-refused", About: "A purchase with tags is refused.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31, PurchaseReservedDBInstancesOfferingMessage"),
			start:   refuseWhere(func(r wire.Request) bool { return hasParam(r, "Tags") })},
		{ID: "rds.request.named-items-refused", About: "Tags.Tag.N is refused; only Tags.member.N is taken.", Service: rdsService,
			Sources: sources(thread("ministackorg/ministack#1468"), text(lists)),
			start:   refuseWhere(func(r wire.Request) bool { return hasParam(r, "Tags.Tag.") })},
		{ID: "rds.request.member-items-refused", About: "Tags.member.N is refused.", Service: rdsService,
			Sources: text(lists, "WIRE.md section F, row 10"),
			start:   refuseWhere(func(r wire.Request) bool { return hasParam(r, "Tags.member.") })},
		{ID: "rds.request.tenth-item-refused", About: "Lists with more than nine items are refused.", Service: rdsService,
			Sources: text(lists),
			start:   refuseWhere(func(r wire.Request) bool { return hasParam(r, "Tags.Tag.10.") })},
		{ID: "rds.request.empty-list-refused", About: "An empty list, Tags=, is refused.", Service: rdsService,
			Sources: text("Smithy test EmptyQueryLists", lists),
			start: refuseWhere(func(r wire.Request) bool {
				_, tags := param(r, "Tags")
				_, filters := param(r, "Filters")
				return tags || filters
			})},
		{ID: "rds.request.plus-kept", About: "A plus in a form is read as a plus and not as a space.", Service: rdsService,
			Sources: text("WIRE.md section B.6: three clients send spaces so"),
			start: onRDS(func(r wire.Request) wire.Request {
				r.Body = strings.ReplaceAll(r.Body, "+", "%2B")
				return r
			})},
		{ID: "rds.request.escapes-kept", About: "Percent escapes in values are not decoded.", Service: rdsService,
			Sources: sources(thread("localstack/localstack#4891"), text("Smithy awsQuery, \"Request serialization\"")),
			start: onRDS(func(r wire.Request) wire.Request {
				r.Body, r.Query = strings.ReplaceAll(r.Body, "%", "%25"), strings.ReplaceAll(r.Query, "%", "%25")
				return r
			})},
		{ID: "rds.request.charset-refused", About: "A form with a charset parameter in its Content-Type is refused.", Service: rdsService,
			Sources: sources(thread("floci-io/floci#448"), text("WIRE.md section B.2: boto3 sends it")),
			start: refuseWhere(func(r wire.Request) bool {
				t, _ := r.Headers.Get("Content-Type")
				return strings.Contains(t, "charset")
			})},
		{ID: "rds.request.id-required", About: "A purchase without a ReservedDBInstanceId is refused.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the member is optional"),
			start: refuseWhere(func(r wire.Request) bool {
				action, _ := param(r, "Action")
				_, given := param(r, "ReservedDBInstanceId")
				return action == purchase && !given
			})},
		{ID: "rds.request.id-ignored", About: "A purchase ignores its ReservedDBInstanceId.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the customer-specified identifier"),
			start:   onOperation(purchase, func(r wire.Request) wire.Request { return dropParams(r, "ReservedDBInstanceId") })},
		{ID: "rds.request.count-ignored", About: "A purchase ignores its DBInstanceCount.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the number of instances to reserve"),
			start:   onOperation(purchase, func(r wire.Request) wire.Request { return dropParams(r, "DBInstanceCount") })},
		{ID: "rds.request.count-default", About: "A purchase without a DBInstanceCount reserves two.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: default 1"),
			start: onOperation(purchase, func(r wire.Request) wire.Request {
				if _, given := param(r, "DBInstanceCount"); given {
					return r
				}
				return setParam(r, "DBInstanceCount", "2")
			})},
		{ID: "rds.request.body-ignored", About: "The body of a form is read only as far as its first 200 bytes.", Service: rdsService,
			Sources: text("RFC 9112 section 6"),
			start: onRDS(func(r wire.Request) wire.Request {
				r.Body = r.Body[:min(len(r.Body), 200)]
				return r
			})},
	}
}

// refuseWhere refuses some requests of RDS.
func refuseWhere(bad func(wire.Request) bool) starter {
	return onRDS(func(r wire.Request) wire.Request {
		if bad(r) {
			return refused(r)
		}
		return r
	})
}

// onOperation rewrites the requests of one operation.
func onOperation(operation string, f func(wire.Request) wire.Request) starter {
	return rewrite(func(c *call) wire.Request {
		if c.operation != operation {
			return c.req
		}
		return f(c.req)
	})
}

// rdsFilterFaults are about parameters of the describe operations that do not
// choose what they are to choose.
func rdsFilterFaults() []Fault {
	describe := func(f func(wire.Request) wire.Request, operations ...string) starter {
		return rewrite(func(c *call) wire.Request {
			for _, o := range operations {
				if c.operation == o {
					return f(c.req)
				}
			}
			return c.req
		})
	}
	var all []Fault
	for _, row := range []struct{ id, name, operation string }{
		{"class", "DBInstanceClass", describeOfferings},
		{"duration", "Duration", describeOfferings},
		{"product", "ProductDescription", describeOfferings},
		{"offering-type", "OfferingType", describeOfferings},
		{"multi-az", "MultiAZ", describeOfferings},
		{"offering-id", "ReservedDBInstancesOfferingId", describeOfferings},
		{"instance-class", "DBInstanceClass", describeInstances},
		{"instance-duration", "Duration", describeInstances},
		{"instance-product", "ProductDescription", describeInstances},
		{"instance-offering-type", "OfferingType", describeInstances},
		{"instance-multi-az", "MultiAZ", describeInstances},
		{"instance-offering-id", "ReservedDBInstancesOfferingId", describeInstances},
		{"instance-id", "ReservedDBInstanceId", describeInstances},
		{"instance-lease-id", "LeaseId", describeInstances},
	} {
		all = append(all, Fault{ID: "rds.filter." + row.id + "-ignored", About: row.operation + " ignores " + row.name + ".", Service: rdsService,
			Sources: sources(thread("ministackorg/ministack#1468"), text("botocore rds/2014-10-31: the parameter filters")),
			start:   describe(func(r wire.Request) wire.Request { return dropParams(r, row.name) }, row.operation)})
	}
	const years = "API reference: 1 | 3 | 31536000 | 94608000"
	return append(all,
		Fault{ID: "rds.filter.years-refused", About: "A Duration in years is refused.", Service: rdsService,
			Sources: text(years),
			start: describe(func(r wire.Request) wire.Request {
				return mapParam(r, "Duration", func(s string) string {
					if len(s) == 1 {
						return "x"
					}
					return s
				})
			}, describeOfferings, describeInstances)},
		Fault{ID: "rds.filter.years-empty", About: "A Duration in years finds nothing.", Service: rdsService,
			Sources: text(years),
			start: describe(func(r wire.Request) wire.Request {
				if d, _ := param(r, "Duration"); len(d) == 1 {
					return setParam(r, "DBInstanceClass", "none")
				}
				return r
			}, describeOfferings, describeInstances)},
		Fault{ID: "rds.filter.multi-az-inverted", About: "MultiAZ finds the opposite.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the parameter filters"),
			start: describe(func(r wire.Request) wire.Request {
				return mapParam(r, "MultiAZ", func(s string) string { return strconv.FormatBool(s != "true") })
			}, describeOfferings)},
		Fault{ID: "rds.filter.first-only", About: "Of several filters only the class counts.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the parameter filters"),
			start: describe(func(r wire.Request) wire.Request {
				if _, class := param(r, "DBInstanceClass"); class {
					return dropParams(r, "Duration", "ProductDescription", "OfferingType", "MultiAZ")
				}
				return r
			}, describeOfferings, describeInstances)},
		Fault{ID: "rds.filter.finds-nothing", About: "DBInstanceClass finds nothing.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: the parameter filters"),
			start: describe(func(r wire.Request) wire.Request {
				return mapParam(r, "DBInstanceClass", func(string) string { return "none" })
			}, describeOfferings, describeInstances)},
	)
}

// rdsAcceptFaults are about requests that are to be refused and are not.
func rdsAcceptFaults() []Fault {
	return []Fault{
		{ID: "rds.accept.unknown-action", About: "An unknown Action is answered like DescribeReservedDBInstances.", Service: rdsService,
			Sources: sources(thread("softwaremill/elasticmq#171"), text("seen in DevCloud")),
			start: stateless(func(c *call) {
				c.answer()
				if code("InvalidAction")(c) {
					c.resp = c.ask(setParam(setParam(c.req, "Action", describeInstances), "Version", string(rds.Latest)))
				}
			})},
		{ID: "rds.accept.missing-action", About: "A request without an Action is answered like DescribeReservedDBInstances.", Service: rdsService,
			Sources: sources(thread("floci-io/floci#3908"), text("seen in DevCloud")),
			start: stateless(func(c *call) {
				c.answer()
				if code("MissingAction")(c) {
					c.resp = c.ask(setParam(setParam(c.req, "Action", describeInstances), "Version", string(rds.Latest)))
				}
			})},
		{ID: "rds.accept.unknown-offering", About: "A purchase of an offering that is not there succeeds.", Service: rdsService,
			Sources: text("seen in DevCloud", "botocore rds/2014-10-31: ReservedDBInstancesOfferingNotFoundFault"),
			start: stateless(func(c *call) {
				c.answer()
				if c.operation == purchase && code("ReservedDBInstancesOfferingNotFound")(c) {
					wanted, _ := param(c.req, "ReservedDBInstancesOfferingId")
					c.resp = c.ask(setParam(c.req, "ReservedDBInstancesOfferingId", c.anOffering()))
					setText("ReservedDBInstancesOfferingId", xmlText(wanted))(c)
				}
			})},
		{ID: "rds.accept.missing-offering", About: "A purchase that does not say of what succeeds.", Service: rdsService,
			Sources: text("botocore rds/2014-10-31: ReservedDBInstancesOfferingId is required"),
			start: stateless(func(c *call) {
				c.answer()
				if c.operation == purchase && code("MissingParameter")(c) {
					c.resp = c.ask(setParam(c.req, "ReservedDBInstancesOfferingId", c.anOffering()))
				}
			})},
		{ID: "rds.accept.unknown-offering-empty", About: "An offering that is not there is an empty list.", Service: rdsService,
			Sources: thread("floci-io/floci#1065", "getmoto/moto#484"),
			start:   emptyInstead(describeOfferings, "ReservedDBInstancesOfferingNotFound", "ReservedDBInstancesOfferingId")},
		{ID: "rds.accept.unknown-instance-empty", About: "A reservation that is not there is an empty list.", Service: rdsService,
			Sources: thread("floci-io/floci#1740", "floci-io/floci#1065"),
			start:   emptyInstead(describeInstances, "ReservedDBInstanceNotFound", "ReservedDBInstanceId")},
		{ID: "rds.accept.duplicate-id", About: "A second purchase under an id succeeds.", Service: rdsService,
			Sources: sources(thread("ministackorg/ministack#1297"), text("botocore rds/2014-10-31: ReservedDBInstanceAlreadyExistsFault")),
			start: stateless(func(c *call) {
				c.answer()
				if code("ReservedDBInstanceAlreadyExists")(c) {
					buyAgain(c)
				}
			})},
		{ID: "rds.accept.page-size", About: "A MaxRecords outside 20 to 100 is brought into the range.", Service: rdsService,
			Sources: thread("boto/boto3#3798"),
			start: onRDS(func(r wire.Request) wire.Request {
				return mapParam(r, "MaxRecords", func(s string) string {
					n, err := strconv.Atoi(s)
					if err != nil {
						return s
					}
					return strconv.Itoa(min(max(n, 20), 100))
				})
			})},
		{ID: "rds.accept.bad-integer", About: "An integer that is none counts as absent.", Service: rdsService,
			Sources: text("Smithy awsQuery, \"Request serialization\""),
			start: onRDS(func(r wire.Request) wire.Request {
				return mapParams(r, func(name, value string) (string, bool) {
					_, err := strconv.ParseInt(value, 10, 32)
					return value, err == nil || name != "DBInstanceCount" && name != "MaxRecords"
				})
			})},
		{ID: "rds.accept.bad-boolean", About: "A boolean that is none is false.", Service: rdsService,
			Sources: text("Smithy awsQuery, \"Request serialization\""),
			start: onRDS(func(r wire.Request) wire.Request {
				return mapParam(r, "MultiAZ", func(s string) string { return strconv.FormatBool(s == "true") })
			})},
		{ID: "rds.accept.bad-escape", About: "A percent sign that escapes nothing stands for itself.", Service: rdsService,
			Sources: text("WIRE.md section B.16: MalformedQueryString"),
			start: onRDS(func(r wire.Request) wire.Request {
				r.Body, r.Query = badEscape.ReplaceAllString(r.Body, "%25$1"), badEscape.ReplaceAllString(r.Query, "%25$1")
				return r
			})},
		{ID: "rds.accept.bad-utf-8", About: "A parameter that is not UTF-8 counts as absent.", Service: rdsService,
			Sources: text("WIRE.md section B.16: MalformedQueryString"),
			start: onRDS(func(r wire.Request) wire.Request {
				return mapParams(r, func(name, value string) (string, bool) {
					return value, utf8.ValidString(name + value)
				})
			})},
	}
}

// badEscape is a percent sign without two hexadecimal digits.
var badEscape = regexp.MustCompile(`%([^0-9A-Fa-f]|$|[0-9A-Fa-f](?:[^0-9A-Fa-f]|$))`)

// emptyInstead answers an error with the operation's empty list.
func emptyInstead(operation, errorCode, parameter string) starter {
	return stateless(func(c *call) {
		c.answer()
		if c.operation == operation && code(errorCode)(c) {
			c.resp = c.ask(setParam(dropParams(c.req, parameter), "DBInstanceClass", "none"))
		}
	})
}

// anOffering is the id of an offering of RDS.
func (c *call) anOffering() string {
	r := setParam(setParam(c.req, "Action", describeOfferings), "Version", string(rds.Latest))
	resp := c.ask(dropParams(r, "ReservedDBInstancesOfferingId"))
	return first(resp.Body, element("ReservedDBInstancesOfferingId"))
}

// buyAgain makes a purchase succeed whose id is taken: under another id, and
// answered as if it were that one.
func buyAgain(c *call) {
	id, _ := param(c.req, "ReservedDBInstanceId")
	const mark = "-again"
	other := id
	for range 9 {
		other += mark
		resp := c.ask(setParam(c.req, "ReservedDBInstanceId", other))
		if resp.Status == 200 {
			resp.Body = strings.ReplaceAll(resp.Body, xmlText(other), xmlText(id))
			c.resp = resp
			return
		}
	}
}

// first gives the first group of the first match.
func first(s, pattern string) string {
	m := regexp.MustCompile(pattern).FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	return m[1]
}

// xmlText escapes a text as the emulator does.
func xmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
