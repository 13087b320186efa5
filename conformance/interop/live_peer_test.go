package interop

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// The scripts in testdata that run whole clients over the network.
const (
	liveBotocoreScript     = "testdata/live_botocore.py"
	liveJavaScriptScript   = "testdata/live_js.cjs"
	liveJavaScriptV2Script = "testdata/live_jsv2.cjs"
)

// calls starts a script and gives the call of a [liveClient] that it makes.
func calls(t *testing.T, name string, args ...string) func(*testing.T, *stage, liveCall) liveReply {
	t.Helper()
	p := &peer{name: name}
	p.start(t, name, args...)
	return func(t *testing.T, _ *stage, c liveCall) (reply liveReply) {
		t.Helper()
		if err := json.NewEncoder(p.in).Encode(c); err != nil {
			t.Fatal(err)
		}
		if err := p.out.Decode(&reply); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return reply
	}
}

var bothServices = []string{"rds", "mediaconnect"}

// The story as boto3 plays it, in the newest version of RDS and in the one
// before, which boto3 has too, and with both versions of signatures.
func TestLiveBoto3(t *testing.T) {
	t.Parallel()
	python := os.Getenv("WIREPROOF_PYTHON")
	if python == "" {
		python = "python3"
	}
	release, err := exec.Command(python, liveBotocoreScript, "version").Output()
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		t.Skipf("not played with boto3: no %s", python)
	case errors.As(err, &exit) && strings.Contains(string(exit.Stderr), "No module named 'boto"):
		t.Skipf("not played with boto3: %s has no such module (Debian: python3-boto3)", python)
	case errors.As(err, &exit):
		t.Fatalf("%v\n%s", err, exit.Stderr)
	case err != nil:
		t.Fatal(err)
	}
	t.Logf("played with boto3 %s", release)
	for _, row := range []struct {
		version   rds.Version
		signature string
		services  []string
	}{
		{rds.Latest, "v4", bothServices},
		{rds.V20140901, "v4", []string{"rds"}},
		{rds.Latest, "v2", []string{"rds"}},
	} {
		t.Run(string(row.version)+" signed "+row.signature, func(t *testing.T) {
			t.Parallel()
			liveClient{
				name: "boto3", version: row.version, services: row.services, regionless: row.signature == "v2",
				value:   func(out any) any { return peerOutput(out) },
				failure: botocoreFailure,
				call:    calls(t, python, liveBotocoreScript, string(row.version), row.signature),
			}.play(t)
		})
	}
}

// javascriptFolder is where make js puts the SDKs for JavaScript.
func javascriptFolder(t *testing.T, script string) string {
	t.Helper()
	folder := os.Getenv("WIREPROOF_JS")
	if folder == "" {
		t.Skip("not played with the SDKs for JavaScript: WIREPROOF_JS is not set; see make js")
	}
	release, err := exec.Command("node", script, folder, "version").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, release)
	}
	t.Logf("played with %s", release)
	return folder
}

// The story as the AWS SDK for JavaScript v3 plays it.
func TestLiveJavaScript(t *testing.T) {
	t.Parallel()
	folder := javascriptFolder(t, liveJavaScriptScript)
	liveClient{
		name: javascript, version: rds.Latest, services: bothServices,
		value:   javascriptOutput,
		failure: javascriptFailure,
		call:    calls(t, "node", liveJavaScriptScript, folder),
	}.play(t)
}

// javascriptV2Retries: lib/service.js, retryableError and expiredCredentialsError.
var javascriptV2Retries = map[*wire.ErrorShape]string{
	rds.ExpiredToken:                   "it asks its provider for new credentials first",
	mediaconnect.ExpiredTokenException: "it asks its provider for new credentials first",
}

// The story as the AWS SDK for JavaScript v2 plays it, in every API version of
// RDS that it has. The one that it calls 2014-09-01 it sends as 2014-10-31.
// WIRE.md section C.
func TestLiveJavaScriptV2(t *testing.T) {
	t.Parallel()
	folder := javascriptFolder(t, liveJavaScriptV2Script)
	versions := []struct {
		asked    string
		sent     rds.Version
		services []string
	}{
		{"2013-01-10", rds.V20130110, []string{"rds"}},
		{"2013-02-12", rds.V20130212, []string{"rds"}},
		{"2013-09-09", rds.V20130909, []string{"rds"}},
		{"2014-09-01", rds.V20141031, []string{"rds"}},
		{"2014-10-31", rds.V20141031, bothServices},
	}
	for _, v := range versions {
		t.Run(v.asked, func(t *testing.T) {
			t.Parallel()
			liveClient{
				name: "JavaScript v2", version: v.sent, services: v.services,
				value: javascriptOutput,
				failure: func(_ operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError {
					retryable := "final"
					if shape.Retryable || shape.Status >= 500 || javascriptV2Retries[shape] != "" {
						retryable = "retryable"
					}
					return peerError{Code: shape.Code, Message: message.Value, Fault: &retryable, Status: shape.Status}
				},
				retries: javascriptV2Retries,
				call:    calls(t, "node", liveJavaScriptV2Script, folder, v.asked),
			}.play(t)
		})
	}
}
