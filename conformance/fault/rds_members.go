package fault

import (
	"regexp"
	"strings"

	"wireproof/codec/rds"
)

// rdsMemberFaults are about which members there are and what they are called.
func rdsMemberFaults() []Fault {
	old := func(c *call) bool { return ok(c) && c.service == rdsService && c.version != rds.Latest }
	describe := on(rdsSuccess, describeInstances)
	return []Fault{
		{ID: "rds.members.lower-case", About: "Duration is spelled duration.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, rename("Duration", "duration"))},
		{ID: "rds.members.camel-case", About: "All members start with a lower-case letter.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, lowerMembers)},
		{ID: "rds.members.multi-az-spelling", About: "MultiAZ is spelled MultiAz.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, rename("MultiAZ", "MultiAz"))},
		{ID: "rds.members.class-spelling", About: "DBInstanceClass is spelled DbInstanceClass.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, rename("DBInstanceClass", "DbInstanceClass"))},
		{ID: "rds.members.id-spelling", About: "ReservedDBInstanceId is spelled ReservedDBInstanceID.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, rename("ReservedDBInstanceId", "ReservedDBInstanceID"))},
		{ID: "rds.members.marker-spelling", About: "Marker is spelled marker.", Service: rdsService,
			Sources: variant("rds-case"),
			start:   change(rdsSuccess, rename("Marker", "marker"))},
		{ID: "rds.members.twice", About: "Duration comes two times with different values.", Service: rdsService,
			Sources: variant("rds-dup-scalar"),
			start:   change(rdsSuccess, sub(element("Duration"), "<Duration>1</Duration><Duration>${1}</Duration>"))},
		{ID: "rds.members.twice-alike", About: "OfferingType comes two times with the same value.", Service: rdsService,
			Sources: variant("rds-dup-scalar"),
			start:   change(rdsSuccess, sub(element("OfferingType"), "<OfferingType>${1}</OfferingType><OfferingType>${1}</OfferingType>"))},
		{ID: "rds.members.marker-twice", About: "Marker comes two times.", Service: rdsService,
			Sources: sources(text("seen in gopherstack: two <Endpoint> elements where one structure belongs"), variant("rds-dup-scalar")),
			start:   change(rdsSuccess, sub(`(<Marker>.*</Marker>)`, "${1}${1}"))},
		{ID: "rds.members.lease-id-too-early", About: "LeaseId is given in versions that do not have it.", Service: rdsService,
			Sources: text("WIRE.md section C", "botocore rds/2014-09-01"),
			start:   change(both(old, on(anything, purchase, describeInstances)), sub(`(<DBInstanceCount>)`, "<LeaseId>rdsl-1</LeaseId>${1}"))},
		{ID: "rds.members.arn-too-early", About: "ReservedDBInstanceArn is given in versions that do not have it.", Service: rdsService,
			Sources: text("WIRE.md section C", "botocore rds/2014-09-01"),
			start: change(both(old, on(anything, purchase, describeInstances)),
				sub(`(<DBInstanceCount>)`, "<ReservedDBInstanceArn>arn:aws:rds:us-east-1:123456789012:ri:x</ReservedDBInstanceArn>${1}"))},
		{ID: "rds.members.none", About: "An absent text is the word None.", Service: rdsService,
			Sources: thread("getmoto/moto#7199", "localstack/localstack#2859"),
			start:   change(rdsSuccess, setText("CurrencyCode", "None"))},
		{ID: "rds.members.null", About: "An absent text is the word null.", Service: rdsService,
			Sources: thread("getmoto/moto#7199", "getmoto/moto#5347"),
			start:   change(rdsSuccess, setText("LeaseId", "null"))},
		{ID: "rds.members.structure-for-text", About: "DBInstanceClass is a structure with a name.", Service: rdsService,
			Sources: sources(thread("floci-io/floci#548"), variant("rds-mixed")),
			start:   change(rdsSuccess, sub(element("DBInstanceClass"), "<DBInstanceClass><Name>${1}</Name></DBInstanceClass>"))},
		{ID: "rds.members.empty-id", About: "The reservation's id is empty.", Service: rdsService,
			Sources: sources(thread("floci-io/floci#1410"), variant("rds-str-empty")),
			start:   change(rdsSuccess, setText("ReservedDBInstanceId", ""))},
		{ID: "rds.members.no-id", About: "A reservation has no ReservedDBInstanceId.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(rdsSuccess, dropElement("ReservedDBInstanceId"))},
		{ID: "rds.members.no-offering-id", About: "An offering has no ReservedDBInstancesOfferingId.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(on(rdsSuccess, describeOfferings), dropElement("ReservedDBInstancesOfferingId"))},
		{ID: "rds.members.reservation-without-offering-id", About: "A reservation does not say which offering it is of.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(on(rdsSuccess, purchase, describeInstances), dropElement("ReservedDBInstancesOfferingId"))},
		{ID: "rds.members.no-state", About: "A reservation has no State.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(rdsSuccess, dropElement("State"))},
		{ID: "rds.members.no-start-time", About: "A reservation has no StartTime.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(rdsSuccess, dropElement("StartTime"))},
		{ID: "rds.members.no-count", About: "A reservation has no DBInstanceCount.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(rdsSuccess, dropElement("DBInstanceCount"))},
		{ID: "rds.members.no-recurring-charges", About: "A reservation has no RecurringCharges, its offering has.", Service: rdsService,
			Sources: sources(thread("ministackorg/ministack#675"), variant("rds-rc-absent")),
			start:   change(on(rdsSuccess, purchase), dropBlock("RecurringCharges"), sub(`\n *<RecurringCharges/>`, ""))},
		{ID: "rds.members.no-price", About: "A reservation has no FixedPrice, its offering has.", Service: rdsService,
			Sources: thread("ministackorg/ministack#675"),
			start:   change(on(rdsSuccess, purchase), dropElement("FixedPrice"))},
		{ID: "rds.members.arn-of-another-service", About: "The ARN of a reservation is that of a DB instance, with :db: in it.", Service: rdsService,
			Sources: text("WIRE.md section B.11: arn:aws:rds:<region>:<account>:ri:<id>"),
			start:   change(rdsSuccess, mapText("ReservedDBInstanceArn", func(s string) string { return strings.Replace(s, ":ri:", ":db:", 1) }))},
		{ID: "rds.members.arn-without-id", About: "The ARN of a reservation ends with another id.", Service: rdsService,
			Sources: text("WIRE.md section B.11: arn:aws:rds:<region>:<account>:ri:<id>"),
			start:   change(rdsSuccess, mapText("ReservedDBInstanceArn", func(s string) string { return s + "-1" }))},
		{ID: "rds.members.list-in-instance", About: "A list of reservations comes as the structure of one.", Service: rdsService,
			Sources: thread("floci-io/floci#1462"),
			start:   change(describe, sub(`\n *</?ReservedDBInstances>`, ""))},
	}
}

// scalarTags are the start and end tag of a scalar on a line of its own.
var scalarTags = regexp.MustCompile(`(\n *<)(\w)(\w*>[^<]*</)(\w)(\w*>)`)

// lowerMembers spells all scalars but the request id with a lower-case first
// letter.
func lowerMembers(c *call) {
	c.resp.Body = scalarTags.ReplaceAllStringFunc(c.resp.Body, func(s string) string {
		p := scalarTags.FindStringSubmatch(s)
		if strings.Contains(s, "<RequestId>") {
			return s
		}
		return p[1] + strings.ToLower(p[2]) + p[3] + strings.ToLower(p[4]) + p[5]
	})
}
