package interop

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// step is one call of the story that every client plays against the emulator.
type step struct {
	name   string
	in     func(s *stage, v rds.Version) any // one of the codec's inputs
	who    caller                            // alice where there is none
	region string                            // us-east-1 where there is none
	pages  bool                              // with the client's paginator, to the end
	fail   failing
	before func(t *testing.T, s *stage, v rds.Version)

	want want
}

// want is what has to come of a step, by the dossier.
type want struct {
	err *wire.ErrorShape
	// attempts is how many requests the client makes in all; 0 is one, or one for
	// each page.
	attempts int
	items    int // in all pages together; of operations that list
	pages    int
	// check looks closer at what came, as the codec reads it.
	check func(t *testing.T, s *stage, v rds.Version, out []any)
}

// liveClient is a client under test. A client has two attempts for each request.
type liveClient struct {
	name     string
	version  rds.Version // what it sends to RDS
	services []string
	// merged: it shows all pages as one value. quiet: it tells no request id, no
	// status and no fault.
	merged, quiet bool
	// regionless: its signatures name no region, so that all is in one.
	regionless bool
	// value and failure are as in [peer].
	value   func(out any) any
	failure func(op operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError
	call    func(t *testing.T, s *stage, c liveCall) liveReply
	// retries names errors that this client alone tries again, with the reason.
	retries map[*wire.ErrorShape]string
}

// liveCall and liveReply are also the lines that the scripts in testdata speak.
type liveCall struct {
	Endpoint   string `json:"endpoint"`
	Region     string `json:"region"`
	Caller     caller `json:"caller"`
	Service    string `json:"service"`
	Operation  string `json:"operation"`
	Parameters dict   `json:"parameters"`
	Pages      bool   `json:"pages"`
	in         any
}

type liveReply struct {
	Values     []any      `json:"values"`
	RequestIDs []string   `json:"requestIds"`
	Error      *peerError `json:"error"`
	Failed     string     `json:"failed"`
}

// play plays the whole story.
func (c liveClient) play(t *testing.T) {
	s := newStage(t)
	played := 0
	for _, story := range [][]step{rdsStory(), mediaConnectStory(), failureStory(), callerStory()} {
		for i := range story {
			st := &story[i]
			in := st.in(s, c.version)
			if in == nil || !slices.Contains(c.services, serviceName(in)) || c.regionless && st.region != "" {
				continue
			}
			played++
			t.Run(fmt.Sprintf("%s %s", operationName(in), st.name), func(t *testing.T) { c.step(t, s, st, in) })
		}
	}
	if played < 30 {
		t.Errorf("%d steps", played)
	}
}

func (c liveClient) step(t *testing.T, s *stage, st *step, in any) {
	who, region := st.who, st.region
	if who == (caller{}) {
		who = alice
	}
	if region == "" {
		region = "us-east-1"
	}
	if st.before != nil {
		st.before(t, s, c.version)
	}
	s.failNext(st.fail)
	reply := c.call(t, s, liveCall{s.url, region, who, serviceName(in), operationName(in), peerInput(in), st.pages, in})
	s.failNext(failing{})
	exchanges := s.take(t)
	if reply.Failed != "" {
		t.Fatalf("%s fails: %s\n%+v", c.name, reply.Failed, exchanges)
	}
	attempts := max(st.want.attempts, st.want.pages, 1)
	if c.retries[st.want.err] != "" {
		attempts = 2
	}
	if len(exchanges) != attempts {
		t.Fatalf("%s made %d requests, want %d: %+v", c.name, len(exchanges), attempts, exchanges)
	}
	var outs []any
	var failed *answer
	ids := []string{}
	for i, x := range exchanges {
		id, _ := x.resp.Headers.Get("x-amzn-RequestId")
		if id == "" {
			t.Errorf("no request id in %v", x.resp.Headers)
		}
		if signed2 := strings.Contains(x.req.Body, "&SignatureVersion=2&"); signed2 != c.regionless {
			t.Errorf("signed with Version 2: %v, want %v", signed2, c.regionless)
		}
		out, e := decoded(t, in, x.resp)
		switch {
		case e == nil:
			outs, ids = append(outs, out), append(ids, id)
		case e.RequestID != id:
			t.Errorf("request id %q in the body and %q in the header", e.RequestID, id)
		}
		if failed = e; e != nil && i < len(exchanges)-1 && st.want.err == nil && st.fail.times <= i {
			t.Errorf("request %d failed with %+v", i+1, e)
		}
	}
	if st.want.err != nil {
		c.compareError(t, st.want.err, in, failed, reply)
		return
	}
	if failed != nil || reply.Error != nil {
		t.Fatalf("%s: %+v, the emulator: %+v", c.name, reply.Error, failed)
	}
	c.compareValues(t, outs, ids, reply)
	if n := countItems(outs); n != st.want.items {
		t.Errorf("%d items, want %d", n, st.want.items)
	}
	// What the emulator has is what it told the client: the codec's request for
	// the same input is answered alike.
	if !isPurchase(in) {
		for i, out := range outs {
			state := s.ask(t, in, c.version, who, region)
			if diff := cmp.Diff(peerOutput(state), peerOutput(out)); diff != "" {
				t.Errorf("page %d (-the codec's, +%s's):\n%s", i+1, c.name, diff)
			}
			if token := nextPage(out); token.IsPresent() {
				in = withToken(in, token)
			} else if i < len(outs)-1 {
				t.Errorf("page %d has no token", i+1)
			}
		}
		if st.pages && nextPage(outs[len(outs)-1]).IsPresent() {
			t.Error("the last page has a token")
		}
	}
	if st.want.check != nil {
		st.want.check(t, s, c.version, outs)
	}
}

// compareError holds what the client shows against the bytes and both against the
// shape that the dossier has.
func (c liveClient) compareError(t *testing.T, shape *wire.ErrorShape, in any, failed *answer, reply liveReply) {
	t.Helper()
	if failed == nil {
		t.Fatalf("no error, want %s", shape.Code)
	}
	if failed.Code != shape.Code || failed.Status != shape.Status || failed.Message == "" {
		t.Errorf("the emulator answers %+v, want %d %s", failed, shape.Status, shape.Code)
	}
	if reply.Error == nil {
		t.Fatalf("%s has no error, want %s", c.name, shape.Code)
	}
	want := c.failure(operationOf(in), shape, wire.Some(failed.Message))
	if want.RequestID = &failed.RequestID; c.quiet {
		want.RequestID, want.Fault, want.Status = nil, nil, 0
	}
	if diff := cmp.Diff(&want, reply.Error); diff != "" {
		t.Errorf("(-ours +%s):\n%s", c.name, diff)
	}
}

func (c liveClient) compareValues(t *testing.T, outs []any, ids []string, reply liveReply) {
	t.Helper()
	want := []any{}
	for _, out := range outs {
		want = append(want, c.value(out))
	}
	got := []any{}
	for _, v := range reply.Values {
		got = append(got, peerValue(v))
	}
	if c.merged {
		want = []any{merge(want)}
	}
	if diff := cmp.Diff(want, got, doubles); diff != "" {
		t.Errorf("(-ours +%s):\n%s", c.name, diff)
	}
	if diff := cmp.Diff(ids, reply.RequestIDs); diff != "" && !c.quiet {
		t.Errorf("request ids (-ours +%s):\n%s", c.name, diff)
	}
}

// merge makes one value of pages, without the token.
func merge(pages []any) dict {
	all := dict{}
	for _, page := range pages {
		for name, v := range page.(dict) {
			if list, ok := v.([]any); ok {
				before, _ := all[name].([]any)
				all[name] = append(append([]any{}, before...), list...)
			} else if len(pages) == 1 {
				all[name] = v
			}
		}
	}
	return all
}

func countItems(outs []any) (n int) {
	for _, out := range outs {
		switch out := out.(type) {
		case *rds.DescribeReservedDBInstancesOfferingsOutput:
			n += len(out.ReservedDBInstancesOfferings.Value)
		case *rds.DescribeReservedDBInstancesOutput:
			n += len(out.ReservedDBInstances.Value)
		case *mediaconnect.ListOfferingsOutput:
			n += len(out.Offerings.Value)
		case *mediaconnect.ListReservationsOutput:
			n += len(out.Reservations.Value)
		}
	}
	return n
}

// nextPage is the token of the next page.
func nextPage(out any) wire.Opt[string] {
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		return out.Marker
	case *rds.DescribeReservedDBInstancesOutput:
		return out.Marker
	case *mediaconnect.ListOfferingsOutput:
		return out.NextToken
	case *mediaconnect.ListReservationsOutput:
		return out.NextToken
	}
	return wire.Opt[string]{}
}

// withToken gives an input that asks for another page.
func withToken(in any, token wire.Opt[string]) any {
	switch in := in.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsInput:
		next := *in
		next.Marker = token
		return &next
	case *rds.DescribeReservedDBInstancesInput:
		next := *in
		next.Marker = token
		return &next
	case *mediaconnect.ListOfferingsInput:
		next := *in
		next.NextToken = token
		return &next
	case *mediaconnect.ListReservationsInput:
		next := *in
		next.NextToken = token
		return &next
	}
	return in
}

func isPurchase(in any) bool {
	switch in.(type) {
	case *rds.PurchaseReservedDBInstancesOfferingInput, *mediaconnect.PurchaseOfferingInput:
		return true
	}
	return false
}

func serviceName(in any) string {
	if _, ok := in.(rds.Input); ok {
		return "rds"
	}
	return "mediaconnect"
}

func operationName(in any) string {
	if db, ok := in.(rds.Input); ok {
		return db.Operation().String()
	}
	return in.(mediaconnect.Input).Operation().String()
}

func operationOf(in any) operation {
	if db, ok := in.(rds.Input); ok {
		o := db.Operation()
		return operation{name: o.String(), output: o.NewOutput(), modeled: o.Errors()}
	}
	o := in.(mediaconnect.Input).Operation()
	return operation{name: o.String(), output: o.NewOutput(), modeled: o.Errors()}
}
