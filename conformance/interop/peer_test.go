package interop

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// peer is a process that runs the clients of an SDK in another language. It
// speaks the protocol that testdata/botocore_client.py describes.
type peer struct {
	name string
	in   io.Writer
	out  *json.Decoder
	// value is what the client makes of one of our outputs.
	value func(out any) any
	// failure is what it makes of an error of an operation.
	failure func(op operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError
}

// peerCall and peerReply are the lines of the protocol.
type peerCall struct {
	Service    string       `json:"service"`
	Operation  string       `json:"operation"`
	Parameters dict         `json:"parameters"`
	Response   peerResponse `json:"response"`
}

type peerResponse struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	Body    []byte      `json:"body"`
}

type peerReply struct {
	Request *struct {
		Method  string      `json:"method"`
		URL     string      `json:"url"`
		Headers [][2]string `json:"headers"`
		Body    []byte      `json:"body"`
	} `json:"request"`
	Value     any        `json:"value"`
	Missing   []string   `json:"missing"`
	RequestID *string    `json:"requestId"`
	Error     *peerError `json:"error"`
	Refused   string     `json:"refused"`
	Failed    string     `json:"failed"`
}

type peerError struct {
	Type      string  `json:"type"` // "" where the client has no type of its own for the error
	Code      string  `json:"code"`
	Message   string  `json:"message"`
	Fault     *string `json:"fault"`
	RequestID *string `json:"requestId"`
	Status    int     `json:"status"`
}

// start starts the process, which ends with the test.
func (p *peer) start(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The test's context is done before its cleanups run, so the process ends
	// here whatever it does.
	t.Cleanup(func() { cmd.Wait() })
	p.in, p.out = in, json.NewDecoder(bufio.NewReader(out))
	p.out.UseNumber()
}

// call calls the operation of in, one of the codec's inputs.
func (p *peer) call(t *testing.T, in any, resp wire.Response) peerReply {
	t.Helper()
	call := peerCall{Parameters: peerInput(in), Response: peerResponse{Status: resp.Status, Headers: [][2]string{}, Body: []byte(resp.Body)}}
	switch in := in.(type) {
	case rds.Input:
		call.Service, call.Operation = "rds", in.Operation().String()
	case mediaconnect.Input:
		call.Service, call.Operation = "mediaconnect", in.Operation().String()
	}
	for _, h := range resp.Headers {
		call.Response.Headers = append(call.Response.Headers, [2]string{h.Name, h.Value})
	}
	if err := json.NewEncoder(p.in).Encode(call); err != nil {
		t.Fatal(err)
	}
	var reply peerReply
	if err := p.out.Decode(&reply); err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	reply.Value = peerValue(reply.Value)
	return reply
}

// reads reports whether the value could be written, and fails the test where the
// client reads it as another value.
func (p *peer) reads(t *testing.T, f form, out any) (peerReply, bool) {
	t.Helper()
	resp, err := f.response(out, "the-request-id")
	if err != nil {
		refusedRightly(t, out, err)
		return peerReply{}, false
	}
	reply := p.call(t, minimalInput(out), resp)
	if reply.Failed != "" || reply.Error != nil || reply.Refused != "" {
		t.Errorf("%s fails: %s%s%+v\n%s", p.name, reply.Failed, reply.Refused, reply.Error, resp.Body)
		return reply, true
	}
	if diff := cmp.Diff(p.value(out), reply.Value, doubles); diff != "" {
		t.Errorf("(-ours +%s):\n%s\n%s", p.name, diff, resp.Body)
	}
	if reply.RequestID == nil || *reply.RequestID != "the-request-id" {
		t.Errorf("%s: request id %v", p.name, reply.RequestID)
	}
	return reply, true
}

func (p *peer) testResponses(t *testing.T) {
	tested := 0
	for _, s := range outputs() {
		t.Run(fmt.Sprintf("%T %s", s.value, s.reason), func(t *testing.T) {
			for _, f := range forms {
				reply, ok := p.reads(t, f, s.value)
				if ok {
					tested++
				}
				if s.reason == "every member" && len(reply.Missing) > 0 {
					t.Errorf("members of %s's model that we do not write: %v", p.name, reply.Missing)
				}
			}
		})
	}
	if tested < 400 {
		t.Errorf("%d responses compared, want 400 at least", tested)
	}
	for round := range *rounds / 2 {
		for _, out := range newRandom(round).outputs() {
			if _, ok := p.reads(t, forms[round%len(forms)], out); !ok || t.Failed() {
				t.Fatalf("round %d of seed %d: %T", round, *seed, out)
			}
		}
	}
}

func (p *peer) testErrors(t *testing.T) {
	for _, op := range operations() {
		t.Run(op.name, func(t *testing.T) {
			for _, shape := range slices.Concat(op.modeled, op.others) {
				for reason, message := range messages {
					resp, err := op.respond(shape, message)
					if err != nil {
						t.Fatal(err)
					}
					reply := p.call(t, minimalInput(op.output), resp)
					want := p.failure(op, shape, message)
					if diff := cmp.Diff(&want, reply.Error); diff != "" {
						t.Errorf("%s, %s (-ours +%s):\n%s%s", shape.Code, reason, p.name, diff, reply.Failed)
					}
				}
			}
		})
	}
}

// requester is the client for tests of requests.
func (p *peer) requester() requester {
	return requester{p.name, func(t *testing.T, in any) (*wire.Request, error) {
		t.Helper()
		resp, err := form{}.response(outputFor(in), "id")
		if err != nil {
			t.Fatal(err)
		}
		reply := p.call(t, in, resp)
		if reply.Request == nil {
			return nil, errors.New(reply.Refused + reply.Failed)
		}
		u, err := url.Parse(reply.Request.URL)
		if err != nil {
			t.Fatal(err)
		}
		req := wire.Request{Method: reply.Request.Method, Path: u.EscapedPath(), Query: u.RawQuery, Body: string(reply.Request.Body)}
		for _, h := range reply.Request.Headers {
			req.Headers = append(req.Headers, wire.HeaderField{Name: h[0], Value: h[1]})
		}
		return &req, nil
	}}
}

func (p *peer) testRequests(t *testing.T) {
	client := p.requester()
	testRequests(t, client)
	for round := range *rounds / 2 {
		for _, in := range newRandom(round).inputs() {
			row := requestRow{reason: "random", in: in}
			switch in := in.(type) {
			case *mediaconnect.ListOfferingsInput:
				row.refused = belowRange(in.MaxResults)
			case *mediaconnect.ListReservationsInput:
				row.refused = belowRange(in.MaxResults)
			}
			if compared := row.compare(t, client); compared == (row.refused[p.name] != "") || t.Failed() {
				t.Fatalf("round %d of seed %d: %T", round, *seed, in)
			}
		}
	}
}

// belowRange says who refuses a number of results.
func belowRange(n wire.Opt[int64]) map[string]string {
	if v, ok := n.Get(); ok && v < mediaconnect.MinMaxResults {
		return map[string]string{botocore: "a number of the least value"}
	}
	return nil
}
