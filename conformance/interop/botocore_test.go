package interop

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

const botocoreScript = "testdata/botocore_client.py"

// newBotocore starts the clients of botocore, which are those of boto3 and
// aws-cli, or skips the test where Python or botocore is not installed.
// WIREPROOF_PYTHON names another Python than python3.
func newBotocore(t *testing.T) *peer {
	t.Helper()
	python := os.Getenv("WIREPROOF_PYTHON")
	if python == "" {
		python = "python3"
	}
	version, err := exec.Command(python, botocoreScript, "version").Output()
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		t.Skipf("not compared with botocore: no %s", python)
	case errors.As(err, &exit) && strings.Contains(string(exit.Stderr), "No module named 'botocore'"):
		t.Skipf("not compared with botocore: %s has no such module (Debian: python3-boto3)", python)
	case errors.As(err, &exit):
		t.Fatalf("%v\n%s", err, exit.Stderr)
	case err != nil:
		t.Fatal(err)
	}
	t.Logf("compared with botocore %s", version)
	p := &peer{name: botocore, value: func(out any) any { return peerOutput(out) }, failure: botocoreFailure}
	p.start(t, python, botocoreScript)
	return p
}

// botocoreFailure is what our error is to botocore, which knows the modeled
// errors of a service in all its operations.
func botocoreFailure(op operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError {
	id := errorID
	e := peerError{Type: shape.Name, Code: shape.Code, Message: message.Or(""), RequestID: &id, Status: shape.Status}
	if _, ok := op.output.(rds.Output); ok {
		fault := "Receiver"
		if shape.Sender {
			fault = "Sender"
		}
		e.Fault = &fault
	}
	return e
}

func TestBotocoreResponses(t *testing.T) { newBotocore(t).testResponses(t) }

func TestBotocoreErrors(t *testing.T) { newBotocore(t).testErrors(t) }

func TestBotocoreRequests(t *testing.T) { newBotocore(t).testRequests(t) }
