package rule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// rdsAnswerRules are about what an answer has in common with its request, and
// what must be in it.
func rdsAnswerRules() []*Rule {
	return []*Rule{
		{
			ID: "rds.answers.record", Level: Must,
			Sentence: "A purchase is answered with the reservation, in a ReservedDBInstance element.",
			Why:      "Every client hands over an empty success, without a word, for a purchase that has happened.",
			Evidence: []Evidence{model(modelRDS, "the result's one member is ReservedDBInstance"), document(docPurchaseRDS+", Response Elements", "it is returned by the service"), clients("rds-result-empty", "")},
			Variants: []string{"rds-result-empty"},
			Good:     "<PurchaseReservedDBInstancesOfferingResult><ReservedDBInstance>...", Bad: "<PurchaseReservedDBInstancesOfferingResult/>",
			applies: rdsWrapped, look: rdsNoRecord,
		},
		{
			ID: "rds.answers.list", Level: Should,
			Sentence: "A page has its list's element, also where the list is empty.",
			Why:      "boto3 has no such key otherwise, and a program that goes through it fails.",
			Evidence: []Evidence{recording(goldens+"/rds_describe_db_instances__ok.json", "<DBInstances/>"), clients("rds-l-absent", "no list, where others have an empty one")},
			Variants: []string{"rds-l-absent"},
			Good:     "<DescribeReservedDBInstancesResult><ReservedDBInstances/>", Bad: "<DescribeReservedDBInstancesResult/>",
			applies: rdsWrapped, look: rdsNoList,
		},
		{
			ID: "rds.answers.purchase-offering", Level: Must,
			Sentence: "The reservation is of the offering that was asked for.",
			Why:      "It is what is paid for.",
			Evidence: []Evidence{model("Smithy model of rds, ReservedDBInstance$ReservedDBInstancesOfferingId", "the offering identifier"), document(docPurchaseRDS, "the id of the offering to purchase")},
			Good:     "ReservedDBInstancesOfferingId=438012d3-... -> <ReservedDBInstancesOfferingId>438012d3-...", Bad: "ReservedDBInstancesOfferingId=438012d3-... -> <ReservedDBInstancesOfferingId>649fd0c8-...",
			applies: rdsPurchase, look: echo("ReservedDBInstancesOfferingId"),
		},
		{
			ID: "rds.answers.purchase-id", Level: Must,
			Sentence: "The reservation has the id that was asked for; where none was, it has one that is not empty.",
			Why:      "It is what the reservation is found by afterwards.",
			Evidence: []Evidence{model("Smithy model of rds, PurchaseReservedDBInstancesOfferingMessage$ReservedDBInstanceId", "customer-specified identifier to track this reservation"), document(docPurchaseRDS, "")},
			Good:     "ReservedDBInstanceId=mine -> <ReservedDBInstanceId>mine", Bad: "ReservedDBInstanceId=mine -> <ReservedDBInstanceId>ri-2020-06-29",
			applies: rdsPurchase, look: echo("ReservedDBInstanceId"),
		},
		{
			ID: "rds.answers.purchase-count", Level: Should,
			Sentence: "The reservation is of as many instances as were asked for, of one where no number was.",
			Why:      "It is what is paid for.",
			Evidence: []Evidence{document(docPurchaseRDS, "the number of instances to reserve, 1 by default; the sample's request and response of 2012 do not agree")},
			Good:     "DBInstanceCount=10 -> <DBInstanceCount>10", Bad: "DBInstanceCount=10 -> <DBInstanceCount>1",
			applies: rdsPurchase, look: echoCount,
		},
		{
			ID: "rds.answers.filter", Level: Must,
			Sentence: "Each record is one that was asked for: by id, offering, class, duration, product, offering type, MultiAZ and lease.",
			Why:      "A program that picks the first of what it asked for buys, or counts, something else.",
			Evidence: []Evidence{model("Smithy model of rds, DescribeReservedDBInstancesMessage and DescribeReservedDBInstancesOfferingsMessage", "each filter shows only those that match; the description of a product may match partially"),
				document(docInstances+" and "+docOfferings, "the same, from 2012 on")},
			Good: "MultiAZ=true -> <MultiAZ>true</MultiAZ>", Bad: "MultiAZ=true -> <MultiAZ>false</MultiAZ>",
			applies: func(r *Reading) bool { _, ok := rdsQueryOf(r); return ok && rdsSuccess(r) }, look: rdsUnasked,
		},
		{
			ID: "rds.answers.page-size", Level: Must,
			Sentence: "A page has no more records than MaxRecords, and no more than 100 where the request does not say.",
			Why:      "Programs make room for so many, or take a page that is full for the last but one.",
			Evidence: []Evidence{model("Smithy model of rds, MaxRecords", "the maximum number of records to include, 100 by default"), document(docInstances, "the same")},
			Good:     "MaxRecords=20 -> 20 records and a Marker", Bad: "MaxRecords=20 -> 21 records",
			applies: func(r *Reading) bool { _, ok := rdsQueryOf(r); return ok && rdsSuccess(r) }, look: rdsPageSize,
		},
		{
			ID: "rds.answers.distinct", Level: Must,
			Sentence: "No two records of a page have the same id.",
			Why:      "Programs keep records by their id, and count them.",
			Evidence: []Evidence{model("Smithy model of rds, ReservedDBInstance$ReservedDBInstanceId", "the unique identifier for the reservation"), document(docInstances, "the same")},
			Good:     "<ReservedDBInstanceId>one ... <ReservedDBInstanceId>two", Bad: "<ReservedDBInstanceId>one ... <ReservedDBInstanceId>one",
			applies: rdsSuccess, look: rdsRepeated,
		},
		{
			ID: "rds.answers.arn", Level: Should,
			Sentence: "A reservation's ARN is arn:PARTITION:rds:REGION:ACCOUNT:ri:ID, with the reservation's id.",
			Why:      "Programs take ARNs apart, and policies match them.",
			Evidence: []Evidence{model("Smithy model of rds, examples of PurchaseReservedDBInstancesOffering", "arn:aws:rds:us-west-2:123456789012:ri:ri-2020-06-29-16-54-57-670")},
			Good:     "arn:aws:rds:us-east-1:123456789012:ri:mine", Bad: "arn:aws:rds:us-east-1:123456789012:reserved:mine",
			applies: rdsSuccess, look: rdsARN,
		},
		{
			ID: "rds.answers.state", Level: Note,
			Sentence: "A reservation's State is payment-pending, active, payment-failed or retired.",
			Why:      "Others have not been seen; no model lists them.",
			Evidence: []Evidence{document("RDS User Guide and API Reference, samples of reservations", "the first three")},
			Good:     "<State>active</State>", Bad: "<State>PENDING</State>",
			applies: rdsSuccess, look: rdsState,
		},
	}
}

// rdsWrapped is a success whose result was found.
func rdsWrapped(r *Reading) bool { return rdsSuccess(r) && !r.has(rds.KindResultWrapper) }

func rdsPurchase(r *Reading) bool {
	_, ok := r.Input.(*rds.PurchaseReservedDBInstancesOfferingInput)
	return ok && rdsSuccess(r) && r.Operation == rds.PurchaseReservedDBInstancesOffering.String() && len(r.rds) == 1
}

func rdsNoRecord(r *Reading) []Difference {
	out, ok := r.Output.(*rds.PurchaseReservedDBInstancesOfferingOutput)
	if !ok || out.ReservedDBInstance.IsPresent() {
		return nil
	}
	return []Difference{r.at("/"+r.Operation+"Response/"+r.Operation+"Result", "<ReservedDBInstance>", "none")}
}

func rdsNoList(r *Reading) []Difference {
	want := ""
	switch out := r.Output.(type) {
	case *rds.DescribeReservedDBInstancesOutput:
		if !out.ReservedDBInstances.IsPresent() {
			want = "<ReservedDBInstances>"
		}
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		if !out.ReservedDBInstancesOfferings.IsPresent() {
			want = "<ReservedDBInstancesOfferings>"
		}
	}
	if want == "" {
		return nil
	}
	return []Difference{r.at("/"+r.Operation+"Response/"+r.Operation+"Result", want, "none")}
}

// echo makes a look for a member of a purchase's answer that is not as asked. The
// documented sample has a space before an id, which says nothing.
func echo(name string) func(*Reading) []Difference {
	return func(r *Reading) []Difference {
		in := r.Input.(*rds.PurchaseReservedDBInstancesOfferingInput)
		record := &r.rds[0]
		asked, got := in.ReservedDBInstancesOfferingId, record.offering
		if name == "ReservedDBInstanceId" {
			asked, got = in.ReservedDBInstanceId, record.id
		}
		want := wire.Quote(asked.Or(""))
		switch {
		case !got.IsPresent(): // rds.members.complete, or a form that cannot be read
			return nil
		case asked.Or("") == "" && strings.TrimSpace(got.Value) != "":
			return nil
		case asked.Or("") == "":
			want = "an id"
		case got.Value == asked.Value:
			return nil
		case name != "ReservedDBInstanceId" && strings.TrimSpace(got.Value) == strings.TrimSpace(asked.Value):
			return nil // the documented sample has a leading space
		}
		return []Difference{r.at(record.path()+"/"+name, want, wire.Quote(got.Value))}
	}
}

func echoCount(r *Reading) []Difference {
	in := r.Input.(*rds.PurchaseReservedDBInstancesOfferingInput)
	record := &r.rds[0]
	want := in.DBInstanceCount.Or(1)
	if got, ok := record.count.Get(); ok && got != want {
		return []Difference{r.at(record.path()+"/DBInstanceCount", strconv.FormatInt(want, 10), strconv.FormatInt(got, 10))}
	}
	return nil
}

func rdsUnasked(r *Reading) (differences []Difference) {
	q, _ := rdsQueryOf(r)
	for i := range r.rds {
		record := &r.rds[i]
		text := func(name string, asked, got wire.Opt[string], matches func(asked, got string) bool) {
			if asked.Or("") != "" && got.IsPresent() && !matches(asked.Value, got.Value) {
				differences = append(differences, r.at(record.path()+"/"+name, wire.Quote(asked.Value), wire.Quote(got.Value)))
			}
		}
		product := same
		if q.offerings {
			product = containsFold
		}
		text("ReservedDBInstanceId", q.id, record.id, same)
		text("ReservedDBInstancesOfferingId", q.offering, record.offering, same)
		text("DBInstanceClass", q.class, record.class, same)
		text("ProductDescription", q.product, record.product, product)
		text("OfferingType", q.offeringType, record.offeringType, same)
		text("LeaseId", q.lease, record.lease, same)
		if asked, ok := q.multiAZ.Get(); ok && record.multiAZ.IsPresent() && record.multiAZ.Value != asked {
			differences = append(differences, r.at(record.path()+"/MultiAZ", strconv.FormatBool(asked), strconv.FormatBool(record.multiAZ.Value)))
		}
		if want := seconds(q.duration.Or("")); want != 0 && record.duration.IsPresent() && record.duration.Value != want {
			differences = append(differences, r.at(record.path()+"/Duration", strconv.FormatInt(want, 10), strconv.FormatInt(record.duration.Value, 10)))
		}
	}
	return differences
}

func same(asked, got string) bool { return strings.TrimSpace(asked) == strings.TrimSpace(got) }

// containsFold: the description of an offering's product may match partially; in
// which case of letters is not said.
func containsFold(asked, got string) bool {
	return strings.Contains(strings.ToLower(got), strings.ToLower(strings.TrimSpace(asked)))
}

// seconds reads a Duration that is asked for: years or seconds, of which the
// documentation has two each. 0 for all others.
func seconds(asked string) int64 {
	switch asked {
	case "1", "31536000":
		return 31_536_000
	case "3", "94608000":
		return 94_608_000
	}
	return 0
}

func rdsPageSize(r *Reading) []Difference {
	q, _ := rdsQueryOf(r)
	most := q.maxRecords.Or(100)
	if most < 20 || most > 100 || int64(len(r.rds)) <= most {
		return nil
	}
	return []Difference{r.at(r.rds[most].path(), fmt.Sprintf("at most %d records", most), strconv.Itoa(len(r.rds)))}
}

func rdsRepeated(r *Reading) (differences []Difference) {
	seen := make(map[string]bool, len(r.rds))
	for i := range r.rds {
		record := &r.rds[i]
		id := record.identity()
		if id != "" && seen[id] {
			differences = append(differences, r.at(record.path(), "another id than before", wire.Quote(id)))
		}
		seen[id] = true
	}
	return differences
}

var rdsARNForm = regexp.MustCompile(`(?s)^arn:aws[a-z-]*:rds:[a-z0-9-]+:[0-9]{12}:ri:(.+)$`)

func rdsARN(r *Reading) (differences []Difference) {
	for i := range r.rds {
		record := &r.rds[i]
		arn, ok := record.arn.Get()
		if !ok {
			continue
		}
		m := rdsARNForm.FindStringSubmatch(arn)
		if m == nil || record.id.IsPresent() && !strings.EqualFold(m[1], record.id.Value) {
			want := "arn:aws:rds:REGION:ACCOUNT:ri:" + record.id.Or("ID")
			differences = append(differences, r.at(record.path()+"/ReservedDBInstanceArn", want, wire.Quote(arn)))
		}
	}
	return differences
}

func rdsState(r *Reading) (differences []Difference) {
	for i := range r.rds {
		record := &r.rds[i]
		switch record.state.Or("active") {
		case "payment-pending", "active", "payment-failed", "retired":
		default:
			differences = append(differences, r.at(record.path()+"/State", "a state that has been seen", wire.Quote(record.state.Value)))
		}
	}
	return differences
}
