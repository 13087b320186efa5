package auth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
)

const (
	hiddenKey   = "HIDDEN/key+1"
	hiddenToken = "HIDDEN/token+2"
)

// However a secret is printed, alone or in whatever holds it, it does not show.
func TestSecretsDoNotShow(t *testing.T) {
	secret := auth.NewSecret(hiddenKey).WithToken(hiddenToken, now).WithAccount("HIDDEN")
	options := auth.Options{Mode: auth.Verify, Credentials: map[string]auth.Secret{"AKID": secret.WithAccount("")}}
	v, err := auth.New(options)
	must(t, err)
	type holder struct {
		Exported   auth.Secret
		unexported auth.Secret
		m          map[string]auth.Secret
		p          *auth.Secret
	}
	for name, value := range map[string]any{
		"secret": secret, "pointer": &secret, "options": options, "verifier": v, "verifier's value": *v, "zero": auth.Secret{},
		"map": options.Credentials, "slice": []auth.Secret{secret}, "holder": holder{secret, secret, options.Credentials, &secret},
	} {
		var out bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p"} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
		fmt.Fprintln(&out, value, fmt.Sprint(value), fmt.Errorf("%v", value))
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("m", "v", value, slog.Any("group", []any{value}))
		}
		if text, err := json.Marshal(value); err == nil {
			out.Write(text)
		}
		func() {
			defer func() { recover() }() // yaml.v3 refuses a verifier's function by panic
			text, _ := yaml.Marshal(value)
			out.Write(text)
		}()
		// %x of a string would show it in another form.
		for _, form := range []string{"HIDDEN", fmt.Sprintf("%x", "HIDDEN"), fmt.Sprintf("%X", "HIDDEN"), "72 73 68 68 69 78"} {
			if strings.Contains(out.String(), form) {
				t.Errorf("%s shows: %s", name, out.String())
			}
		}
	}
	if got := fmt.Sprint(secret); got != "[secret]" {
		t.Errorf("got %s", got)
	}
}

func TestParseCredential(t *testing.T) {
	for _, tt := range []struct {
		text string
		key  string
		ok   bool
	}{
		{"AKID:" + hiddenKey, "AKID", true},
		{"AKID:" + hiddenKey + ":" + hiddenToken, "AKID", true},
		{"AKID:" + hiddenKey + "::210987654321", "AKID", true},
		{"AKID:" + hiddenKey + ":" + hiddenToken + ":210987654321", "AKID", true},
		{"", "", false},
		{"AKID", "", false},
		{"AKID:", "", false},
		{":" + hiddenKey, "", false},
		{"AKID:" + hiddenKey + "::HIDDEN", "", false},
		{"AKID:" + hiddenKey + ":a:210987654321:HIDDEN", "", false},
	} {
		key, secret, err := auth.ParseCredential(tt.text)
		if (err == nil) != tt.ok || tt.ok && key != tt.key {
			t.Errorf("%q: key %q, %v", tt.text, key, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), "HIDDEN") {
				t.Errorf("%q: it says %v", tt.text, err)
			}
			continue
		}
		s := signing{key: key, secret: hiddenKey}
		if strings.Contains(tt.text, hiddenToken) {
			s.token = hiddenToken
		}
		checkCredentials(t, map[string]auth.Secret{key: secret}, s, strings.HasSuffix(tt.text, "210987654321"))
	}
}

// checkCredentials proves that credentials verify what was signed with s.
func checkCredentials(t *testing.T, all map[string]auth.Secret, s signing, account bool) {
	t.Helper()
	for _, f := range forms() {
		r := f.signed(t, func(own *signing) { own.key, own.secret, own.token = s.key, s.secret, s.token })
		id, failure := verifier(t, now, all).Check(&r)
		if failure != nil || (id.Account == "210987654321") != account {
			t.Errorf("%s: %+v, %v", f.name, id, failure)
		}
	}
}

func TestReadCredentials(t *testing.T) {
	for _, text := range []string{
		"credentials:\n  - access_key: AKID\n    secret_key: " + hiddenKey + "\n    session_token: " + hiddenToken + "\n    expires: 2026-11-21T22:00:00Z\n    account: 210987654321\n  - {access_key: B, secret_key: c, session_token: null}\n",
		`{"credentials": [{"access_key": "AKID", "secret_key": "` + hiddenKey + `", "session_token": "` + hiddenToken + `", "account": "210987654321"}]}`,
	} {
		all, err := auth.ReadCredentials(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		checkCredentials(t, all, signing{key: "AKID", secret: hiddenKey, token: hiddenToken}, true)
	}
	for reason, text := range map[string]string{
		"empty":                    "",
		"a comment alone":          "# nothing\n",
		"no list":                  "credentials: HIDDEN\n",
		"an empty list":            "credentials: []\n",
		"another member":           "credentials:\n  - {access_key: A, secret_key: HIDDEN}\nHIDDEN: 1\n",
		"another name":             "keys:\n  - {access_key: A, secret_key: HIDDEN}\n",
		"a string for a mapping":   "credentials:\n  - HIDDEN\n",
		"a misspelt member":        "credentials:\n  - {access_key: A, HIDDEN: HIDDEN}\n",
		"a member twice":           "credentials:\n  - {access_key: A, secret_key: HIDDEN, secret_key: HIDDEN}\n",
		"a list for a secret":      "credentials:\n  - {access_key: A, secret_key: [HIDDEN]}\n",
		"an anchor that is none":   "credentials:\n  - {access_key: A, secret_key: *HIDDEN}\n",
		"an alias for a secret":    "credentials:\n  - &HIDDEN {access_key: A, secret_key: HIDDEN}\n  - *HIDDEN\n",
		"no YAML":                  "credentials:\n  - {access_key: A, secret_key: \"HIDDEN\n",
		"a tab":                    "credentials:\n\t- HIDDEN\n",
		"no secret key":            "credentials:\n  - {access_key: A}\n",
		"no access key":            "credentials:\n  - {secret_key: HIDDEN}\n",
		"an access key twice":      "credentials:\n  - {access_key: A, secret_key: HIDDEN}\n  - {access_key: A, secret_key: HIDDEN}\n",
		"a short account":          "credentials:\n  - {access_key: A, secret_key: HIDDEN, account: 1}\n",
		"an account with a letter": "credentials:\n  - {access_key: A, secret_key: HIDDEN, account: HIDDEN}\n",
		"a time that is none":      "credentials:\n  - {access_key: A, secret_key: HIDDEN, expires: HIDDEN}\n",
		"too large":                "# " + strings.Repeat("HIDDEN", 1<<18),
	} {
		all, err := auth.ReadCredentials(strings.NewReader(text))
		if err == nil || all != nil {
			t.Errorf("%s: read as %v", reason, all)
		} else if strings.Contains(err.Error(), "HIDDEN") {
			t.Errorf("%s: it says %v", reason, err)
		}
	}
}

func TestLoadCredentials(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials.yaml")
	if _, err := auth.LoadCredentials(path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Errorf("no file: %v", err)
	}
	must(t, os.WriteFile(path, []byte("credentials:\n- {access_key: A, secret_key: b}\n"), 0o600))
	if all, err := auth.LoadCredentials(path); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	must(t, os.WriteFile(path, []byte("HIDDEN"), 0o600))
	if _, err := auth.LoadCredentials(path); err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "HIDDEN") {
		t.Errorf("no credentials: %v", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for reason, o := range map[string]auth.Options{
		"no such mode":       {Mode: 7},
		"a negative skew":    {Skew: -time.Second},
		"no access key":      {Credentials: map[string]auth.Secret{"": auth.NewSecret("a")}},
		"no secret":          {Credentials: map[string]auth.Secret{"A": {}}},
		"an empty secret":    {Credentials: map[string]auth.Secret{"A": auth.NewSecret("")}},
		"an account of none": {Credentials: map[string]auth.Secret{"A": auth.NewSecret("b").WithAccount("1")}},
	} {
		if _, err := auth.New(o); err == nil {
			t.Errorf("%s is taken", reason)
		}
	}
	for _, m := range []auth.Mode{auth.Off, auth.Verify} {
		if got, err := auth.ParseMode(m.String()); got != m || err != nil {
			t.Errorf("%v: %v, %v", m, got, err)
		}
	}
	if _, err := auth.ParseMode("on"); err == nil {
		t.Error("on is taken")
	}
}

// In mode off a request says of itself what it likes, and gets what is usual
// where it says nothing, or nothing that makes sense.
func TestOff(t *testing.T) {
	off, err := auth.New(auth.Options{})
	must(t, err)
	usual := auth.Identity{Account: auth.DefaultAccount, Region: auth.DefaultRegion}
	authorization := func(credential string) wire.Request {
		return wire.Request{Method: "GET", Path: "/", Headers: wire.Headers{{Name: "authorization", Value: "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=x, Signature=y"}}}
	}
	for _, tt := range []struct {
		reason string
		r      wire.Request
		want   auth.Identity
	}{
		{"nothing at all", wire.Request{}, usual},
		{"another scheme", wire.Request{Headers: wire.Headers{{Name: "Authorization", Value: "Basic x"}}}, usual},
		{"no date, no signature to speak of", authorization("210987654321/x/eu-west-1/rds/aws4_request"),
			auth.Identity{AccessKey: "210987654321", Account: "210987654321", Region: "eu-west-1", Service: auth.RDS, Version: auth.Version4}},
		{"a service of others", authorization("A/20260101/eu-west-1/sso/aws4_request"),
			auth.Identity{AccessKey: "A", Account: auth.DefaultAccount, Region: "eu-west-1", Version: auth.Version4}},
		{"a region that is none", authorization("A/20260101/<&>/mediaconnect/aws4_request"),
			auth.Identity{AccessKey: "A", Account: auth.DefaultAccount, Region: auth.DefaultRegion, Service: auth.MediaConnect, Version: auth.Version4}},
		{"a key alone", authorization("A"), auth.Identity{AccessKey: "A", Account: auth.DefaultAccount, Region: auth.DefaultRegion, Version: auth.Version4}},
		{"a presigned credential and no more", wire.Request{Method: "GET", Query: "X-Amz-Credential=210987654321/x/eu-west-1/rds/y"},
			auth.Identity{AccessKey: "210987654321", Account: "210987654321", Region: "eu-west-1", Service: auth.RDS, Version: auth.Version4}},
		{"the key of Version 2", wire.Request{Method: "GET", Query: "AWSAccessKeyId=210987654321"},
			auth.Identity{AccessKey: "210987654321", Account: "210987654321", Region: auth.DefaultRegion, Service: auth.RDS, Version: auth.Version2}},
		{"in a form", wire.Request{Method: "POST", Path: "/", Body: "Action=A&AWSAccessKeyId=210987654321"},
			auth.Identity{AccessKey: "210987654321", Account: "210987654321", Region: auth.DefaultRegion, Service: auth.RDS, Version: auth.Version2}},
		{"in the body of MediaConnect, which is no form", wire.Request{Method: "POST", Path: "/v1/offerings", Body: "&AWSAccessKeyId=210987654321"}, usual},
		{"in the header and in the query, the header", func() wire.Request {
			r := authorization("210987654321/20260101/eu-west-1/rds/aws4_request")
			r.Query = "X-Amz-Credential=111111111111/20260101/us-west-1/rds/aws4_request"
			return r
		}(), auth.Identity{AccessKey: "210987654321", Account: "210987654321", Region: "eu-west-1", Service: auth.RDS, Version: auth.Version4}},
	} {
		if got, failure := off.Check(&tt.r); got != tt.want || failure != nil {
			t.Errorf("%s: got %+v, %v, want %+v", tt.reason, got, failure, tt.want)
		}
	}
}

func TestServiceOfPath(t *testing.T) {
	for path, want := range map[string]string{
		"": auth.RDS, "/": auth.RDS, "/v1": auth.MediaConnect, "/v1/": auth.MediaConnect, "/v1/offerings/a%2Fb": auth.MediaConnect,
		"//": "", "/v1x": "", "/v2/": "", "/%761/": "", "/health": "",
	} {
		if got := auth.ServiceOfPath(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}
