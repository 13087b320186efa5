package emulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wireproof/codec/nethttp"
	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/emulatortest"
	"wireproof/conformance/emulator/serve"
	"wireproof/conformance/sigv4"
	"wireproof/fixtures"
)

// lines collects a log.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// take waits for the line of a request, which is written after its answer, and
// removes it.
func (l *lines) take(t *testing.T) (line string, members map[string]any) {
	t.Helper()
	for range 500 {
		l.mu.Lock()
		line, _ = l.b.ReadString('\n')
		l.mu.Unlock()
		if line != "" {
			if err := json.Unmarshal([]byte(line), &members); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
			return line, members
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("no line")
	return "", nil
}

// At level debug the line of a request says who was calling, what came of the
// signature, what was read, what was answered and why; at level info none of it.
// No secret is in either.
func TestDebugLog(t *testing.T) {
	const token = "T0KEN/of+temporary=="
	credentials := sigv4.Credentials{AccessKey: "AKIDEXAMPLE", SecretKey: fixtures.SecretKey, SessionToken: token}
	v4 := func(service string, change func(*wire.Request)) func(*testing.T, *wire.Request) {
		return func(t *testing.T, r *wire.Request) {
			if err := sigv4.Sign(t.Context(), r, credentials, sigv4.Scope{Region: "eu-west-1", Service: service}, noon); err != nil {
				t.Fatal(err)
			}
			if change != nil {
				change(r)
			}
		}
	}
	post := form(buyOne+"&ReservedDBInstanceId=mine", wire.HeaderField{Name: "X-Amz-Meta", Value: "s3cr3t"}, wire.HeaderField{Name: "Cookie", Value: "s3cr3t"})
	for _, tt := range []struct {
		reason string
		req    wire.Request
		sign   func(*testing.T, *wire.Request)
		want   map[string]any
	}{
		{"verified", post, v4("rds", nil), map[string]any{
			"auth": "verified", "signature": "4", "accessKey": "AKIDEXAMPLE", "account": "123456789012", "region": "eu-west-1", "scope": "rds",
			"operation": "PurchaseReservedDBInstancesOffering", "status": 200.0, "bytesIn": float64(len(post.Body)),
			"input": `{"ReservedDBInstancesOfferingId":"` + documented + `","ReservedDBInstanceId":"mine"}`,
		}},
		{"another secret", post, v4("rds", func(r *wire.Request) { r.Body += "&x=y" }), map[string]any{
			"auth": "bad signature: signature does not match", "error": "SignatureDoesNotMatch", "status": 403.0,
		}},
		{"refused by the service", list("/v1/offerings/none", ""), v4("mediaconnect", nil), map[string]any{
			"auth": "verified", "operation": "DescribeOffering", "error": "NotFoundException", "why": "There is no offering \"none\" in \"eu-west-1\".", "bytesIn": 0.0,
		}},
		{"not signed", list("/v1/offerings", ""), func(*testing.T, *wire.Request) {}, map[string]any{
			"error": "MissingAuthenticationTokenException", "accessKey": "", "scope": "",
		}},
		{"Version 2, in the query string", wire.Request{Method: "GET", Path: "/", Query: instances}, func(t *testing.T, r *wire.Request) {
			s := sigv2.Signer{AccessKeyID: credentials.AccessKey, SecretAccessKey: credentials.SecretKey, SecurityToken: token}
			if err := s.Sign(r, noon); err != nil {
				t.Fatal(err)
			}
		}, map[string]any{"auth": "verified", "signature": "2", "operation": "DescribeReservedDBInstances", "status": 200.0}},
		{"presigned, with another token", list("/v1/offerings", ""), func(t *testing.T, r *wire.Request) {
			other := credentials
			other.SessionToken = "0ther" + token
			if err := sigv4.Presign(r, other, sigv4.Scope{Region: "eu-west-1", Service: "mediaconnect"}, noon, time.Minute); err != nil {
				t.Fatal(err)
			}
		}, map[string]any{"auth": "bad token: the session token is not that of the access key", "error": "UnrecognizedClientException"}},
	} {
		for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo} {
			t.Run(fmt.Sprint(tt.reason, " ", level), func(t *testing.T) {
				verifier, err := auth.New(auth.Options{Mode: auth.Verify, Now: func() time.Time { return noon },
					Credentials: map[string]auth.Secret{"AKIDEXAMPLE": auth.NewSecret(fixtures.SecretKey).WithToken(token, time.Time{})}})
				if err != nil {
					t.Fatal(err)
				}
				var log lines
				s := emulatortest.NewServer(t, emulator.Options{Auth: verifier},
					serve.Options{Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: level}))})
				r := tt.req
				r.Headers = append(wire.Headers{{Name: "Host", Value: s.Addr()}, {Name: "User-Agent", Value: "mine/1"}}, r.Headers...)
				tt.sign(t, &r)
				signature := ""
				for _, part := range []string{r.Query, fmt.Sprint(r.Headers)} {
					if _, after, ok := strings.Cut(part, "Signature="); ok {
						signature = after[:20]
					}
				}
				deliver(t, s.URL(), r)
				line, got := log.take(t)
				for name, want := range tt.want {
					if level == slog.LevelInfo && name != "operation" && name != "status" {
						want = nil
					}
					if got[name] != want {
						t.Errorf("%s: got %v, want %v", name, got[name], want)
					}
				}
				for _, secret := range []string{fixtures.SecretKey, "T0KEN", "s3cr3t", "0ther", signature} {
					if secret != "" && strings.Contains(line, secret) {
						t.Errorf("%q is in %s", secret, line)
					}
				}
				headers, _ := got["headers"].(map[string]any)
				if level == slog.LevelInfo {
					if headers != nil {
						t.Error(line)
					}
					return
				}
				if headers["User-Agent"] != "mine/1" || headers["Host"] != s.Addr() {
					t.Errorf("headers %v", headers)
				}
				for _, h := range r.Headers {
					switch h.Name {
					case "Authorization", "X-Amz-Security-Token", "X-Amz-Meta", "Cookie":
						if headers[h.Name] != "[hidden]" {
							t.Errorf("%s: %v", h.Name, headers[h.Name])
						}
					}
				}
			})
		}
	}
}

func deliver(t *testing.T, url string, r wire.Request) {
	t.Helper()
	req, err := nethttp.NewRequest(context.Background(), url, r)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
}

// A line stays short, and one line, whatever comes.
func TestDebugLogIsBounded(t *testing.T) {
	var log lines
	s := emulatortest.NewServer(t, emulator.Options{}, serve.Options{Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	r := form(buyOne + "&ReservedDBInstanceId=" + strings.Repeat("%0A", 100_000))
	r.Headers.Set("User-Agent", strings.Repeat("x", 10_000))
	deliver(t, s.URL(), r)
	line, got := log.take(t)
	if len(line) > 6000 || got["bytesIn"] != float64(len(r.Body)) || got["error"] != "InvalidParameterValue" {
		t.Errorf("%d bytes: %.300s", len(line), line)
	}
}
