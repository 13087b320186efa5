package rule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/wire"
)

// mcAnswerRules are about what an answer has in common with its request, and what
// must be in it.
func mcAnswerRules() []*Rule {
	return []*Rule{
		{
			ID: "mediaconnect.answers.record", Level: Must,
			Sentence: "A purchase is answered with its reservation, a describe with the offering or reservation.",
			Why:      "Every client hands over an empty success, without a word.",
			Evidence: []Evidence{model(modelMC, "the output's one member"), document(docPurchaseMC+", Response Elements", "returned where the action is successful"), clients("mc-empty-object", "")},
			Variants: []string{"mc-empty-object", "mc-null-outer"},
			Good:     `{"reservation":{...}}`, Bad: "{}",
			applies: mcSuccess, look: mcNoRecord,
		},
		{
			ID: "mediaconnect.answers.list", Level: Should,
			Sentence: "A page has its list, also where the list is empty.",
			Why:      "boto3 has no such key otherwise, and a program that goes through it fails.",
			Evidence: []Evidence{test("Smithy restJson1 RestJsonListsEmpty", "an empty list is []"), clients("mc-list-absent", "no list, where others have an empty one")},
			Variants: []string{"mc-list-absent"},
			Good:     `{"offerings":[]}`, Bad: "{}",
			applies: mcSuccess, look: mcNoList,
		},
		{
			ID: "mediaconnect.answers.offering-arn", Level: Must,
			Sentence: "The offering, or what was bought, has the ARN that the path names.",
			Why:      "It is what is paid for. An ARN that comes back with percent signs was not decoded.",
			Evidence: []Evidence{model(smithyMC, "the label is the ARN of the offering that is to be described or purchased"), document(docPurchaseMC+", offeringArn", "")},
			Good:     `POST /v1/offerings/arn%3Aaws%3A... -> "offeringArn":"arn:aws:..."`, Bad: `POST /v1/offerings/arn%3Aaws%3A... -> "offeringArn":"arn%3Aaws%3A..."`,
			applies: mcSuccess, look: mcEchoOffering,
		},
		{
			ID: "mediaconnect.answers.reservation-arn", Level: Must,
			Sentence: "The reservation that is described has the ARN that the path names.",
			Why:      "It is the one that was asked for.",
			Evidence: []Evidence{model(smithyMC, "the label of DescribeReservation is the reservation's ARN"), document("MediaConnect API Reference, DescribeReservation", "")},
			Good:     `GET /v1/reservations/arn%3Aaws%3A...R -> "reservationArn":"arn:aws:...R"`, Bad: `GET /v1/reservations/arn%3Aaws%3A...R -> "reservationArn":"arn:aws:...S"`,
			applies: mcSuccess, look: mcEchoReservation,
		},
		{
			ID: "mediaconnect.answers.name", Level: Must,
			Sentence: "The reservation has the name that was asked for.",
			Why:      "It is what people know it by.",
			Evidence: []Evidence{model(smithyMC, "reservationName: the name that you assigned when you purchased the offering"), document(docPurchaseMC, "the same")},
			Good:     `{"reservationName":"R"} -> "reservationName":"R"`, Bad: `{"reservationName":"R"} -> "reservationName":"r"`,
			applies: mcPurchase, look: mcEchoName,
		},
		{
			ID: "mediaconnect.answers.start", Level: Must,
			Sentence: "The reservation starts when it was asked to.",
			Why:      "It is what the term is counted from.",
			Evidence: []Evidence{model(smithyMC, "start: when the reservation becomes active; you set it when you purchase"), document(docPurchaseMC, "the same")},
			Good:     `{"start":"2020-03-05T23:30:00Z"} -> "start":"2020-03-05T23:30:00Z"`, Bad: `{"start":"2020-03-05T23:30:00Z"} -> "start":"2020-03-06T00:00:00Z"`,
			applies: mcPurchase, look: mcEchoStart,
		},
		{
			ID: "mediaconnect.answers.end", Level: Must,
			Sentence: "A reservation ends its duration after its start, by the calendar, give or take a day.",
			Why:      "It is how long is paid for.",
			Evidence: []Evidence{model(smithyMC, "end: calculated from the start and the duration"), document(docPurchaseMC, "the same")},
			Good:     `"start":"2020-03-05T23:30:00Z","duration":12,"end":"2021-03-05T23:30:00Z"`, Bad: `"start":"2020-03-05T23:30:00Z","duration":12,"end":"2020-03-17T23:30:00Z"`,
			applies: mcSuccess, look: mcEnd,
		},
		{
			ID: "mediaconnect.answers.page-size", Level: Must,
			Sentence: "A page has no more records than maxResults, and no more than 10 where the request does not say.",
			Why:      "Programs make room for so many.",
			Evidence: []Evidence{model(smithyMC, "maxResults: the maximum number of results to return, 10 by default"), document(docListMC, "the same")},
			Good:     "maxResults=1 -> 1 record and a nextToken", Bad: "maxResults=1 -> 2 records",
			applies: mcSuccess, look: mcPageSize,
		},
		{
			ID: "mediaconnect.answers.distinct", Level: Must,
			Sentence: "No two records of a page have the same ARN.",
			Why:      "Programs keep records by their ARN, and count them.",
			Evidence: []Evidence{model(smithyMC, "the ARN that MediaConnect assigns to the offering or reservation"), document("AWS General Reference, Amazon Resource Names", "an ARN identifies one resource")},
			Good:     `"reservationArn":"...:R" ... "reservationArn":"...:S"`, Bad: `"reservationArn":"...:R" ... "reservationArn":"...:R"`,
			applies: mcSuccess, look: mcRepeated,
		},
		{
			ID: "mediaconnect.answers.arn", Level: Should,
			Sentence: "ARNs are arn:PARTITION:mediaconnect:REGION:ACCOUNT:offering:ID or :reservation:ID.",
			Why:      "Programs take ARNs apart, and policies match them.",
			Evidence: []Evidence{document("AWS Service Authorization Reference, AWS Elemental MediaConnect, and MediaConnect API Reference", "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering, for one")},
			Good:     "arn:aws:mediaconnect:us-east-1:123456789012:reservation:1-23aBC45dEF67hiJ8:R", Bad: "arn:aws:mediaconnect:us-east-1:123456789012:flow:1-23aBC45dEF67hiJ8:R",
			applies: mcSuccess, look: mcARN,
		},
	}
}

func mcPurchase(r *Reading) bool {
	_, ok := r.Input.(*mediaconnect.PurchaseOfferingInput)
	return ok && mcSuccess(r) && r.Operation == mediaconnect.PurchaseOffering.String() && len(r.mediaConnect) == 1
}

func mcNoRecord(r *Reading) []Difference {
	name, state := "reservation", wire.Present
	switch out := r.Output.(type) {
	case *mediaconnect.DescribeOfferingOutput:
		name, state = "offering", out.Offering.State
	case *mediaconnect.PurchaseOfferingOutput:
		state = out.Reservation.State
	case *mediaconnect.DescribeReservationOutput:
		state = out.Reservation.State
	}
	return r.topLevel(name, "object", state)
}

func mcNoList(r *Reading) []Difference {
	name, state := "", wire.Present
	switch out := r.Output.(type) {
	case *mediaconnect.ListOfferingsOutput:
		name, state = "offerings", out.Offerings.State
	case *mediaconnect.ListReservationsOutput:
		name, state = "reservations", out.Reservations.State
	}
	if state == wire.Null {
		return nil // mediaconnect.members.null
	}
	return r.topLevel(name, "array", state)
}

// topLevel makes the difference about a member of the document that is not there
// and that no finding tells of already.
func (r *Reading) topLevel(name, want string, state wire.State) []Difference {
	path := "/" + name
	if state == wire.Present || state == wire.Absent && r.notedAt(path) {
		return nil
	}
	d := r.at("", want, state.String())
	d.Path = path
	return []Difference{d}
}

func mcEchoOffering(r *Reading) []Difference {
	var asked wire.Opt[string]
	switch in := r.Input.(type) {
	case *mediaconnect.DescribeOfferingInput:
		asked = in.OfferingArn
	case *mediaconnect.PurchaseOfferingInput:
		asked = in.OfferingArn
	}
	return r.echoed("offeringArn", asked, func(m *mcRecord) wire.Opt[string] { return m.offering })
}

func mcEchoReservation(r *Reading) []Difference {
	var asked wire.Opt[string]
	if in, ok := r.Input.(*mediaconnect.DescribeReservationInput); ok {
		asked = in.ReservationArn
	}
	return r.echoed("reservationArn", asked, func(m *mcRecord) wire.Opt[string] { return m.reservation })
}

func mcEchoName(r *Reading) []Difference {
	return r.echoed("reservationName", r.Input.(*mediaconnect.PurchaseOfferingInput).ReservationName, func(m *mcRecord) wire.Opt[string] { return m.name })
}

func mcEchoStart(r *Reading) []Difference {
	asked := r.Input.(*mediaconnect.PurchaseOfferingInput).Start
	got := r.mediaConnect[0].start
	if a, ok := wire.ParseTimestamp(asked.Or("")); ok {
		if g, ok := wire.ParseTimestamp(got.Or("")); ok && g.Time().Truncate(time.Second).Equal(a.Time().Truncate(time.Second)) {
			return nil
		}
	}
	return r.echoed("start", asked, func(m *mcRecord) wire.Opt[string] { return m.start })
}

// echoed makes the difference about a member of the one record that is not as
// asked.
func (r *Reading) echoed(name string, asked wire.Opt[string], member func(*mcRecord) wire.Opt[string]) []Difference {
	if !asked.IsPresent() || len(r.mediaConnect) != 1 {
		return nil
	}
	record := &r.mediaConnect[0]
	got, ok := member(record).Get()
	if !ok || got == asked.Value {
		return nil
	}
	return []Difference{r.at(record.path()+"/"+name, wire.Quote(asked.Value), wire.Quote(got))}
}

// mcEnd allows a day: how a month is added to the 31st is not documented.
func mcEnd(r *Reading) (differences []Difference) {
	for i := range r.mediaConnect {
		record := &r.mediaConnect[i]
		start, ok := wire.ParseTimestamp(record.start.Or(""))
		end, okEnd := wire.ParseTimestamp(record.end.Or(""))
		months, okMonths := record.duration.Get()
		if !ok || !okEnd || !okMonths || record.units.Or("") != string(mediaconnect.Months) || months < 0 || months > 1200 {
			continue
		}
		lo, hi := addMonths(start.Time(), int(months))
		if end.Time().Before(lo.Add(-24*time.Hour)) || end.Time().After(hi.Add(24*time.Hour)) {
			want := mediaconnect.FormatStart(lo) + ", a day more or less"
			differences = append(differences, r.at(record.path()+"/end", want, wire.Quote(record.end.Value)))
		}
	}
	return differences
}

// addMonths adds months by the calendar. A day that the month does not have is
// its last one (lo), or goes over into the next month (hi).
func addMonths(t time.Time, months int) (lo, hi time.Time) {
	hi = t.AddDate(0, months, 0)
	lo = hi
	if hi.Day() != t.Day() {
		lo = hi.AddDate(0, 0, -hi.Day())
	}
	return lo, hi
}

func mcPageSize(r *Reading) []Difference {
	var asked wire.Opt[int64]
	switch in := r.Input.(type) {
	case *mediaconnect.ListOfferingsInput:
		asked = in.MaxResults
	case *mediaconnect.ListReservationsInput:
		asked = in.MaxResults
	default:
		return nil
	}
	most := asked.Or(mediaconnect.DefaultMaxResults)
	if most < mediaconnect.MinMaxResults || most > mediaconnect.MaxMaxResults || int64(len(r.mediaConnect)) <= most {
		return nil
	}
	return []Difference{r.at(r.mediaConnect[most].path(), fmt.Sprintf("at most %d records", most), strconv.Itoa(len(r.mediaConnect)))}
}

func mcRepeated(r *Reading) (differences []Difference) {
	seen := make(map[string]bool, len(r.mediaConnect))
	for i := range r.mediaConnect {
		record := &r.mediaConnect[i]
		arn := record.identity()
		if arn != "" && seen[arn] {
			differences = append(differences, r.at(record.path(), "another ARN than before", wire.Quote(arn)))
		}
		seen[arn] = true
	}
	return differences
}

var mcARNForm = regexp.MustCompile(`(?s)^arn:aws[a-z-]*:mediaconnect:[a-z0-9-]+:[0-9]{12}:(offering|reservation):.+$`)

func mcARN(r *Reading) (differences []Difference) {
	for i := range r.mediaConnect {
		record := &r.mediaConnect[i]
		for _, m := range []struct {
			name, kind string
			arn        wire.Opt[string]
		}{{"offeringArn", "offering", record.offering}, {"reservationArn", "reservation", record.reservation}} {
			arn, ok := m.arn.Get()
			if form := mcARNForm.FindStringSubmatch(arn); !ok || form != nil && form[1] == m.kind {
				continue
			}
			want := "arn:aws:mediaconnect:REGION:ACCOUNT:" + m.kind + ":ID"
			differences = append(differences, r.at(record.path()+"/"+m.name, want, wire.Quote(arn)))
		}
	}
	return differences
}

// mcRecord is what rules look at of a reservation or an offering.
type mcRecord struct {
	list string // the member that the record is in
	i, n int    // which of how many; n is 0 for a record alone

	offering, reservation, name, start, end, units wire.Opt[string]

	duration wire.Opt[int64]
	bought   bool
	unknown  []wire.Unknown
}

func (m *mcRecord) path() string {
	if m.n == 0 {
		return "/" + m.list
	}
	return "/" + m.list + "/" + strconv.Itoa(m.i)
}

// identity is what a page holds once.
func (m *mcRecord) identity() string {
	if m.bought {
		return m.reservation.Or("")
	}
	return strings.TrimSpace(m.offering.Or(""))
}

// mcRecords gives the records of an answer, in their order; null elements of a
// list are none.
func mcRecords(r *Reading) (records []mcRecord) {
	switch out := r.Output.(type) {
	case *mediaconnect.DescribeOfferingOutput:
		if out.Offering.IsPresent() {
			records = append(records, mcOffering(&out.Offering.Value, mcRecord{list: "offering"}))
		}
	case *mediaconnect.PurchaseOfferingOutput:
		if out.Reservation.IsPresent() {
			records = append(records, mcReservation(&out.Reservation.Value, mcRecord{list: "reservation"}))
		}
	case *mediaconnect.DescribeReservationOutput:
		if out.Reservation.IsPresent() {
			records = append(records, mcReservation(&out.Reservation.Value, mcRecord{list: "reservation"}))
		}
	case *mediaconnect.ListOfferingsOutput:
		list := out.Offerings.Value
		for i := range list {
			records = append(records, mcOffering(&list[i], mcRecord{list: "offerings", i: i, n: len(list)}))
		}
	case *mediaconnect.ListReservationsOutput:
		list := out.Reservations.Value
		for i := range list {
			records = append(records, mcReservation(&list[i], mcRecord{list: "reservations", i: i, n: len(list)}))
		}
	}
	return records
}

func mcOffering(v *mediaconnect.Offering, m mcRecord) mcRecord {
	m.offering, m.unknown = v.OfferingArn, append(v.Unknown[:len(v.Unknown):len(v.Unknown)], v.ResourceSpecification.Value.Unknown...)
	return m
}

func mcReservation(v *mediaconnect.Reservation, m mcRecord) mcRecord {
	m.bought = true
	m.offering, m.reservation, m.name, m.start, m.end, m.duration = v.OfferingArn, v.ReservationArn, v.ReservationName, v.Start, v.End, v.Duration
	m.units = wire.Opt[string]{Value: string(v.DurationUnits.Value), State: v.DurationUnits.State}
	m.unknown = append(v.Unknown[:len(v.Unknown):len(v.Unknown)], v.ResourceSpecification.Value.Unknown...)
	return m
}
