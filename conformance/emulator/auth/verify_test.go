package auth_test

import (
	"bufio"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"wireproof/codec/nethttp"
	"wireproof/conformance/emulator/auth"
	"wireproof/fixtures"
)

// Every vector and every capture verifies at its time, and says who sent it.
func TestSignedFixtures(t *testing.T) {
	verified, otherService := 0, 0
	for _, s := range append(captured(t), vectors(t)...) {
		if s.service == "" {
			otherService++ // the path tells
		}
		id, failure := verifier(t, s.at, withToken(s.token)).Check(&s.request)
		if failure != nil {
			t.Errorf("%s: %v", s.name, failure)
			continue
		}
		verified++
		want := auth.Identity{AccessKey: fixtures.AccessKey, Account: auth.DefaultAccount, Region: s.region,
			Service: s.service, Signed: true, Version: s.version}
		if id != want {
			t.Errorf("%s: got %+v, want %+v", s.name, id, want)
		}
	}
	// 174 captures and 11 vectors; 17 of js3new and 3 of boto 2.
	if verified != 174+11 || otherService != 20 {
		t.Errorf("%d verified, %d for another service", verified, otherService)
	}
}

// The same through a socket and net/http, which changes what a request looks like:
// it moves Host and Content-Length, and has its own view of the path.
func TestCapturesOverHTTP(t *testing.T) {
	results := make(chan *auth.Failure, 1)
	var current signedRequest
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req, err := nethttp.FromRequest(r, 1<<20)
		if err != nil {
			t.Error(err)
		}
		_, failure := verifier(t, current.at, withToken(current.token)).Check(&req)
		results <- failure
	}))
	defer server.Close()
	captures, err := fixtures.Captures()
	must(t, err)
	for i, s := range captured(t) {
		current = s
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		must(t, err)
		_, err = conn.Write(captures[i].Raw)
		must(t, err)
		if _, err := http.ReadResponse(bufio.NewReader(conn), nil); err != nil {
			t.Errorf("%s: %v", s.name, err)
		} else if failure := <-results; failure != nil {
			t.Errorf("%s: %v", s.name, failure)
		}
		conn.Close()
	}
}

// A scope verifies as it was signed, whatever service it names; only the two that
// there are choose one, and they do against the path too.
func TestServiceOfScope(t *testing.T) {
	for _, f := range forms() {
		if f.version == auth.Version2 {
			continue
		}
		for service, want := range map[string]string{
			auth.RDS: auth.RDS, auth.MediaConnect: auth.MediaConnect, "127": "", "awsssoportal": "", "s3": "", "rds-data": "",
		} {
			r := f.signed(t, func(s *signing) { s.scope.Service = service })
			id, failure := verifier(t, now, nil).Check(&r)
			if failure != nil || !id.Signed || id.Service != want {
				t.Errorf("%s, %s: got %+v, %v", f.name, service, id, failure)
			}
		}
	}
}

// Every form verifies, with and without a token, and up to the very second.
func TestForms(t *testing.T) {
	for _, f := range forms() {
		plain := f.signed(t, nil)
		id, failure := verifier(t, now, nil).Check(&plain)
		want := auth.Identity{AccessKey: fixtures.AccessKey, Account: auth.DefaultAccount, Region: "eu-west-1", Service: f.service, Signed: true, Version: f.version}
		if f.version == auth.Version2 {
			want.Region = auth.DefaultRegion
		}
		if failure != nil || id != want {
			t.Errorf("%s: got %+v, %v", f.name, id, failure)
		}
		token := f.signed(t, func(s *signing) { s.token = "a/b+c==" })
		if _, failure := verifier(t, now, withToken("a/b+c==")).Check(&token); failure != nil {
			t.Errorf("%s with a token: %v", f.name, failure)
		}
		for _, tt := range []struct {
			reason string
			at     time.Duration // of the clock, from the signature on
			life   time.Duration
			want   auth.Reason
		}{
			{"as late as may be", auth.DefaultSkew, 0, 0},
			{"a second later", auth.DefaultSkew + time.Second, 0, auth.Expired},
			{"as early as may be", -auth.DefaultSkew, 0, 0},
			{"a second earlier", -auth.DefaultSkew - time.Second, 0, auth.Skewed},
			{"the last second of a short life", time.Minute, time.Minute, 0},
			{"past a short life", time.Minute + time.Second, time.Minute, auth.Expired},
			{"the last second of a long life", 7 * 24 * time.Hour, 7 * 24 * time.Hour, 0},
			{"past a long life", 7*24*time.Hour + time.Second, 7 * 24 * time.Hour, auth.Expired},
		} {
			if tt.life != 0 && !f.presigned {
				continue
			}
			r := f.signed(t, func(s *signing) { s.lifetime = tt.life })
			_, failure := verifier(t, now.Add(tt.at), nil).Check(&r)
			if got := reasonOf(failure); got != tt.want {
				t.Errorf("%s, %s: got %v, want %v", f.name, tt.reason, failure, tt.want)
			}
		}
	}
}

func reasonOf(f *auth.Failure) auth.Reason {
	if f == nil {
		return 0
	}
	return f.Reason
}

func TestSkew(t *testing.T) {
	r := forms()[4].signed(t, nil)
	for _, tt := range []struct {
		at   time.Duration
		want auth.Reason
	}{{time.Minute, 0}, {time.Minute + time.Second, auth.Expired}, {-time.Minute - time.Second, auth.Skewed}} {
		v, err := auth.New(auth.Options{Mode: auth.Verify, Skew: time.Minute, Now: func() time.Time { return now.Add(tt.at) }})
		must(t, err)
		if _, failure := v.Check(&r); reasonOf(failure) != tt.want {
			t.Errorf("%v: got %v, want %v", tt.at, failure, tt.want)
		}
	}
}

// What a credential says of its account counts before the key.
func TestAccount(t *testing.T) {
	all := map[string]auth.Secret{
		"210987654321": auth.NewSecret("a"),
		"111111111111": auth.NewSecret("b").WithAccount("222222222222"),
		"AKIDEXAMPLE":  auth.NewSecret("c").WithAccount("333333333333"),
		"12345678901":  auth.NewSecret("d"),
	}
	for key, want := range map[string][2]string{
		"210987654321": {"a", "210987654321"}, "111111111111": {"b", "222222222222"},
		"AKIDEXAMPLE": {"c", "333333333333"}, "12345678901": {"d", auth.DefaultAccount},
	} {
		for _, f := range forms() {
			r := f.signed(t, func(s *signing) { s.key, s.secret = key, want[0] })
			if id, failure := verifier(t, now, all).Check(&r); failure != nil || id.Account != want[1] {
				t.Errorf("%s, %s: account %s, %v", f.name, key, id.Account, failure)
			}
			off, err := auth.New(auth.Options{Credentials: all})
			must(t, err)
			if id, _ := off.Check(&r); id.Account != want[1] || id.Signed {
				t.Errorf("%s, %s, off: %+v", f.name, key, id)
			}
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, f := range forms() {
		r := f.signed(b, nil)
		for _, mode := range []auth.Mode{auth.Off, auth.Verify} {
			v, err := auth.New(auth.Options{Mode: mode, Now: func() time.Time { return now }})
			must(b, err)
			b.Run(mode.String()+"/"+f.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, failure := v.Check(&r); failure != nil {
						b.Fatal(failure)
					}
				}
			})
		}
	}
}
