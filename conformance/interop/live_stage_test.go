package interop

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/serve"
	"wireproof/conformance/sigv4"
	"wireproof/fixtures"
)

// caller is the credentials that a step is made with.
type caller struct {
	AccessKey string `json:"accessKey"`
	SecretKey string `json:"secretKey"`
	Token     string `json:"token"`
	account   string
}

// The callers of the story. bob has temporary credentials; those of the others
// below bob are no good.
var (
	alice     = caller{fixtures.AccessKey, fixtures.SecretKey, "", "123456789012"}
	bob       = caller{"AKIDOFBOB", "the secret/of+bob", "A/SESSION+TOKEN==", "222222222222"}
	carol     = caller{"333333333333", "the secret of carol", "", "333333333333"}
	nobody    = caller{"AKIDOFNOBODY", "any secret", "", ""}
	forger    = caller{fixtures.AccessKey, "another secret", "", ""}
	tokenless = caller{bob.AccessKey, bob.SecretKey, "", ""}
	late      = caller{"AKIDOFLATE", "the secret of late", "TOKEN", ""}
)

func credentials() map[string]auth.Secret {
	all := auth.DefaultCredentials()
	all[bob.AccessKey] = auth.NewSecret(bob.SecretKey).WithToken(bob.Token, time.Time{}).WithAccount(bob.account)
	all[carol.AccessKey] = auth.NewSecret(carol.SecretKey)
	all[late.AccessKey] = auth.NewSecret(late.SecretKey).WithToken(late.Token, time.Unix(0, 0))
	return all
}

// quota is small enough to be exceeded by a purchase that is not large.
const quota = 500

// failing says how the server is to fail, and how often, before it answers.
type failing struct {
	cause int
	times int
}

// The causes, in the order in which package serve draws them.
const (
	failed = iota
	unavailable
	throttled
)

// stage is an emulator of its own for one client: served as wireproof serve does,
// with signatures verified, and tapped.
type stage struct {
	*wiretap
	direct string // the URL past the tap
	url    string // the URL for the client

	signing func() time.Time // the clock that signatures are held against

	mu      sync.Mutex
	now     time.Time
	fail    failing
	striken bool
	last    string // ARN of the latest reservation at MediaConnect
}

// The emulator's clock stands here at first. Signatures are held against the
// real clock, since clients use no other.
var opening = time.Date(2020, 3, 5, 12, 0, 0, 0, time.UTC)

func newStage(t *testing.T) *stage {
	t.Helper()
	return newStageWith(t, auth.Options{Credentials: credentials(), Now: time.Now})
}

func newStageWith(t *testing.T, o auth.Options) *stage {
	t.Helper()
	s := &stage{now: opening, signing: o.Now}
	o.Mode = auth.Verify
	verifier, err := auth.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ids := 0
	newID := func() string {
		s.mu.Lock()
		defer s.mu.Unlock()
		ids++
		return fmt.Sprintf("00000000-0000-4000-8000-%012d", ids)
	}
	e, err := emulator.New(emulator.Options{Auth: verifier, Now: s.clock, NewID: newID, TokenKey: []byte("the key of this test"), RDSQuota: quota})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	server := serve.Test(t, e, serve.Options{Chaos: serve.Chaos{ErrorRate: 0.5, Random: s.random}})
	s.direct = "http://" + server.Addr()
	s.wiretap = tap(t, server.Addr())
	s.url = "http://" + s.addr()
	return s
}

func (s *stage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// random is the chance of package serve, loaded: a number below the rate says
// that there is a failure, the next one which.
func (s *stage) random() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.striken:
		s.striken = false
		return (float64(s.fail.cause) + 0.5) / 3
	case s.fail.times > 0:
		s.fail.times--
		s.striken = true
		return 0
	}
	return 0.9
}

func (s *stage) failNext(f failing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = f
}

// ask asks the emulator itself, with the codec and past the tap.
func (s *stage) ask(t *testing.T, in any, version rds.Version, who caller, region string) any {
	t.Helper()
	var req wire.Request
	var err error
	scope := sigv4.Scope{Service: auth.MediaConnect, Region: region}
	switch in := in.(type) {
	case rds.Input:
		scope.Service = auth.RDS
		req, err = rds.Encoder{Version: version}.EncodeRequest(in)
	case mediaconnect.Input:
		req, err = mediaconnect.Encoder{}.EncodeRequest(in)
	}
	if err != nil {
		t.Fatal(err)
	}
	req.Headers.Set("Host", strings.TrimPrefix(s.direct, "http://"))
	if err := sigv4.Sign(t.Context(), &req, sigv4.Credentials{AccessKey: who.AccessKey, SecretKey: who.SecretKey, SessionToken: who.Token}, scope, s.signing()); err != nil {
		t.Fatal(err)
	}
	out, e := decoded(t, in, s.send(t, req))
	if e != nil {
		t.Fatalf("%T: the emulator answers the codec with %v", in, e)
	}
	return out
}

func (s *stage) send(t *testing.T, r wire.Request) wire.Response {
	t.Helper()
	req, err := nethttp.NewRequest(t.Context(), s.direct, r)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := nethttp.FromResponse(resp, wire.MaxDocument)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// answer is an error of either service as the codec reads it.
type answer struct {
	Code, Message, RequestID string
	Status                   int
}

// decoded reads an answer with the codec, strictly: nothing of it may depart
// from the wire format.
func decoded(t *testing.T, in any, resp wire.Response) (out any, failed *answer) {
	t.Helper()
	var findings []wire.Finding
	var err error
	switch in := in.(type) {
	case rds.Input:
		var d rds.Decoder
		o, e := in.Operation().NewOutput(), &rds.Error{}
		out, err = o, d.DecodeResponse(&resp, o)
		if errors.As(err, &e) {
			out, err, failed = nil, nil, &answer{e.Code.Or(""), e.Message.Or(""), e.RequestID.Or(""), resp.Status}
		}
		findings = d.Findings()
	case mediaconnect.Input:
		var d mediaconnect.Decoder
		o, e := in.Operation().NewOutput(), &mediaconnect.Error{}
		out, err = o, d.DecodeResponse(&resp, o)
		if errors.As(err, &e) {
			out, err, failed = nil, nil, &answer{e.Code.Or(""), e.Message.Or(""), e.RequestID.Or(""), resp.Status}
		}
		findings = d.Findings()
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, resp.Body)
	}
	for _, f := range findings {
		t.Errorf("finding: %v\nin %d %v\n%s", f, resp.Status, resp.Headers, resp.Body)
	}
	return out, failed
}
