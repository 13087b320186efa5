package interop

import (
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// failureStory has the errors of the service itself, on every operation. All of
// them are retried, and a request that fails has bought nothing: that is what
// their classification is for. WIRE.md section A.8; RDS models no error of the
// kind, so that clients go by status and code.
func failureStory() (steps []step) {
	shapes := map[int][2]*wire.ErrorShape{
		failed:      {rds.InternalFailure, mediaconnect.InternalServerErrorException},
		unavailable: {rds.ServiceUnavailable, mediaconnect.ServiceUnavailableException},
		throttled:   {rds.Throttling, mediaconnect.TooManyRequestsException},
	}
	causes := [...]string{failed: "500", unavailable: "503", throttled: "throttled"}
	for _, op := range operations() {
		in := minimalInput(op.output)
		if p, ok := in.(*rds.PurchaseReservedDBInstancesOfferingInput); ok {
			p.ReservedDBInstancesOfferingId = wire.Some(documentedOffering)
		}
		for cause, name := range causes {
			shape := shapes[cause][0]
			if serviceName(in) == "mediaconnect" {
				shape = shapes[cause][1]
			}
			steps = append(steps, step{name: name, in: func(*stage, rds.Version) any { return in },
				fail: failing{cause, 2}, want: want{err: shape, attempts: 2}})
		}
	}
	describe := describeInstances(rds.DescribeReservedDBInstancesInput{ReservedDBInstanceId: wire.Some("bought once")})
	return append(steps,
		step{name: "was bought by none of them", in: describeInstances(rds.DescribeReservedDBInstancesInput{}), who: carol},
		step{name: "at the second attempt", who: carol, fail: failing{unavailable, 1}, want: want{attempts: 2},
			in: purchaseInstances(rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some(documentedOffering), ReservedDBInstanceId: wire.Some("bought once")})},
		step{name: "was bought once", in: describe, who: carol, want: want{items: 1}},
		step{name: "throttled once", in: describe, who: carol, fail: failing{throttled, 1}, want: want{items: 1, attempts: 2}},
		step{name: "failed once", in: mc(&mediaconnect.ListOfferingsInput{}), who: carol, fail: failing{failed, 1}, want: want{items: 10, attempts: 2}},
		step{name: "at the second attempt", who: carol, fail: failing{throttled, 1}, want: want{attempts: 2}, before: backToOpening,
			in: purchaseArn(documentedArn, "carol's", started)},
		step{name: "was bought once", in: mc(&mediaconnect.ListReservationsInput{}), who: carol, want: want{items: 1}},
	)
}

// callerStory has callers that are not to be trusted. None of their requests is
// tried again: the client's clock is right, and so nothing would change.
func callerStory() (steps []step) {
	rows := []struct {
		name string
		who  caller
		want [2]*wire.ErrorShape
	}{
		{"an unknown key", nobody, [2]*wire.ErrorShape{rds.InvalidClientTokenId, mediaconnect.UnrecognizedClientException}},
		{"another secret", forger, [2]*wire.ErrorShape{rds.SignatureDoesNotMatch, mediaconnect.InvalidSignatureException}},
		{"no session token", tokenless, [2]*wire.ErrorShape{rds.InvalidClientTokenId, mediaconnect.UnrecognizedClientException}},
		{"an expired token", late, [2]*wire.ErrorShape{rds.ExpiredToken, mediaconnect.ExpiredTokenException}},
	}
	for _, row := range rows {
		steps = append(steps,
			step{name: row.name, who: row.who, want: want{err: row.want[0]}, in: describeInstances(rds.DescribeReservedDBInstancesInput{})},
			step{name: row.name, who: row.who, want: want{err: row.want[1]}, in: mc(&mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some(documentedArn)})},
			step{name: row.name, who: row.who, want: want{err: row.want[1]}, in: purchaseArn(documentedArn, "name", started)},
		)
	}
	return steps
}

// Every modeled error of every operation is in the story.
func TestStoryHasEveryError(t *testing.T) {
	s := &stage{now: opening, last: "arn"}
	seen := map[string]map[*wire.ErrorShape]bool{}
	for _, story := range [][]step{rdsStory(), mediaConnectStory(), failureStory(), callerStory()} {
		for _, st := range story {
			in := st.in(s, rds.Latest)
			if seen[operationName(in)] == nil {
				seen[operationName(in)] = map[*wire.ErrorShape]bool{}
			}
			seen[operationName(in)][st.want.err] = true
		}
	}
	for _, op := range operations() {
		if !seen[op.name][nil] {
			t.Errorf("%s never succeeds", op.name)
		}
		for _, shape := range op.modeled {
			// A describe operation of MediaConnect takes every ARN, and so has no
			// bad request that a client could make.
			if !seen[op.name][shape] && !(shape == mediaconnect.BadRequestException && (op.name == "DescribeOffering" || op.name == "DescribeReservation")) {
				t.Errorf("%s never fails with %s", op.name, shape.Code)
			}
		}
	}
}
