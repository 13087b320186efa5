package interop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/nethttp"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/fixtures"
)

// The captured requests, byte by byte, at the time at which they were signed:
// what clients send that nobody can install any more, among them boto 2, whose
// requests of Signature Version 2 come by GET and by POST.
func TestLiveReplay(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	forms, foreign := map[string]int{}, 0
	for _, c := range captures {
		t.Run(c.Name, func(t *testing.T) {
			forms[c.Service+" "+signedForm(c)]++
			if _, service := signedFor(c); service != c.Service {
				foreign++
			}
			s := replay(t, c, 0)
			s.answer(t, c, tampered(t, c.Raw)).fails(t, 403, "SignatureDoesNotMatch", "InvalidSignatureException")
			r := s.answer(t, c, c.Raw)
			if r.failed == nil {
				s.holds(t, c, r)
			} else if r.failed.Status != 400 && r.failed.Status != 404 {
				t.Errorf("got %+v", r.failed)
			}
			replay(t, c, 16*time.Minute).answer(t, c, c.Raw).fails(t, 400, "RequestExpired", "RequestExpired")
			replay(t, c, -16*time.Minute).answer(t, c, c.Raw).fails(t, 400, "RequestExpired", "RequestExpired")
		})
	}
	want := map[string]bool{"rds 2 GET": true, "rds 2 POST": true, "rds 4 GET": true, "rds 4 POST": true, "mediaconnect 4 GET": true, "mediaconnect 4 POST": true}
	for name := range want {
		if forms[name] == 0 {
			t.Errorf("no capture of %s in %v", name, forms)
		}
	}
	if foreign != 20 {
		t.Errorf("%d captures are signed for a service of neither, not 20", foreign)
	}
}

var scopes = regexp.MustCompile(`Credential=[^/%]+(?:/|%2F)[0-9]{8}(?:/|%2F)([a-z0-9-]+)(?:/|%2F)([a-z0-9-]+)(?:/|%2F)aws4_request`)

// signedFor gives region and service of the credential scope. Some clients signed
// for a service that is none here: boto 2 takes it from the host's name, and 127 from
// 127.0.0.1, as it takes the region 0; and for MediaConnect the client of another
// service was borrowed. Their path tells the service.
func signedFor(c fixtures.Capture) (region, service string) {
	if m := scopes.FindSubmatch(c.Raw); m != nil {
		return string(m[1]), string(m[2])
	}
	return "us-east-1", c.Service // Version 2 has no scope
}

// signedForm names the version of the signature and the method.
func signedForm(c fixtures.Capture) string {
	version := "4"
	if bytes.Contains(c.Raw, []byte("SignatureVersion=2")) {
		version = "2"
	}
	return version + " " + c.Method
}

// replay starts a stage so long after the time of the capture's signature.
func replay(t *testing.T, c fixtures.Capture, after time.Duration) *stage {
	t.Helper()
	at := signedAt(t, c).Add(after)
	secret := auth.NewSecret(fixtures.SecretKey)
	if strings.Contains(c.Name, "-token-") {
		secret = secret.WithToken("SESSION/TOKEN+==", time.Time{})
	}
	all := credentials()
	all[fixtures.AccessKey] = secret
	return newStageWith(t, auth.Options{Credentials: all, Now: func() time.Time { return at }})
}

var stamps = regexp.MustCompile(`(?i)(?:X-Amz-Date[:=] ?|[?&\n]Timestamp=)([0-9A-Za-z%:-]+)`)

func signedAt(t *testing.T, c fixtures.Capture) time.Time {
	t.Helper()
	m := stamps.FindSubmatch(c.Raw)
	if m == nil {
		t.Fatalf("no time in %s", c.Raw)
	}
	text, err := url.QueryUnescape(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"20060102T150405Z", "2006-01-02T15:04:05Z", time.RFC3339Nano} {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	t.Fatalf("time %s", text)
	return time.Time{}
}

// tampered has another signature, as well-formed as before.
func tampered(t *testing.T, raw []byte) []byte {
	t.Helper()
	before, after, ok := bytes.Cut(raw, []byte("Signature="))
	if !ok {
		t.Fatalf("no signature in %s", raw)
	}
	other := byte('a')
	if after[0] == other {
		other = 'b'
	}
	return append(append(append([]byte{}, before...), "Signature="+string(other)...), after[1:]...)
}

// replayed is what came of a replayed request.
type replayed struct {
	in     any
	out    any
	failed *answer
}

func (s *stage) answer(t *testing.T, c fixtures.Capture, raw []byte) replayed {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := conn.Write(raw); err != nil {
		t.Fatal(err)
	}
	read, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: c.Method})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := nethttp.FromResponse(read, wire.MaxDocument)
	if err != nil {
		t.Fatal(err)
	}
	var r replayed
	if op, ok := rds.ParseOperation(c.Operation); ok {
		r.in = op.NewInput()
	} else if op, ok := mediaconnect.ParseOperation(c.Operation); ok {
		r.in = op.NewInput()
	}
	r.out, r.failed = decoded(t, r.in, resp)
	return r
}

func (r replayed) fails(t *testing.T, status int, db, mc string) {
	t.Helper()
	code := mc
	if serviceName(r.in) == "rds" {
		code = db
	}
	if r.failed == nil {
		t.Errorf("no error, want %s", code)
	} else if r.failed.Status != status || r.failed.Code != code {
		t.Errorf("got %+v, want %d %s", r.failed, status, code)
	}
}

// holds compares a purchase with the parameters that Python read in the capture,
// and with what the emulator has afterwards.
func (s *stage) holds(t *testing.T, c fixtures.Capture, r replayed) {
	t.Helper()
	var parameters struct {
		ReservedDBInstancesOfferingId, ReservedDBInstanceId string
		DBInstanceCount                                     *int64
		ReservationName, Start                              string
	}
	if err := json.Unmarshal(c.Parameters, &parameters); err != nil {
		t.Fatal(err)
	}
	who := alice
	if strings.Contains(c.Name, "-token-") {
		who.Token = "SESSION/TOKEN+=="
	}
	version := rds.Version(c.Version)
	region, _ := signedFor(c)
	switch out := r.out.(type) {
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		got := out.ReservedDBInstance.Value
		count := int64(1)
		if parameters.DBInstanceCount != nil {
			count = *parameters.DBInstanceCount
		}
		if id := parameters.ReservedDBInstanceId; id != "" && id != got.ReservedDBInstanceId.Value ||
			got.DBInstanceCount.Value != count || got.ReservedDBInstancesOfferingId.Value != parameters.ReservedDBInstancesOfferingId {
			t.Errorf("bought %+v, asked for %s", got, c.Parameters)
		}
		state := s.ask(t, &rds.DescribeReservedDBInstancesInput{}, version, who, region)
		if diff := cmp.Diff([]rds.ReservedDBInstance{got}, state.(*rds.DescribeReservedDBInstancesOutput).ReservedDBInstances.Value, ourValues); diff != "" {
			t.Errorf("(-answered, +listed):\n%s", diff)
		}
	case *mediaconnect.PurchaseOfferingOutput:
		got := out.Reservation.Value
		if got.ReservationName.Value != parameters.ReservationName || got.Start.Value != parameters.Start {
			t.Errorf("bought %+v, asked for %s", got, c.Parameters)
		}
		state := s.ask(t, &mediaconnect.ListReservationsInput{}, version, who, region)
		if diff := cmp.Diff([]mediaconnect.Reservation{got}, state.(*mediaconnect.ListReservationsOutput).Reservations.Value, ourValues); diff != "" {
			t.Errorf("(-answered, +listed):\n%s", diff)
		}
	}
}
