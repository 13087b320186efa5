package interop

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// The story as the AWS CLI plays it: one process for each call, which prints
// what came. WIREPROOF_AWS names another aws than that of the path.
func TestLiveCLI(t *testing.T) {
	t.Parallel()
	aws := os.Getenv("WIREPROOF_AWS")
	if aws == "" {
		aws = "aws"
	}
	release, err := exec.Command(aws, "--version").CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skipf("not played with the AWS CLI: no %s (Debian: awscli)", aws)
	} else if err != nil {
		t.Fatalf("%v\n%s", err, release)
	}
	t.Logf("played with %s", release)
	for _, service := range bothServices {
		t.Run(service, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			liveClient{
				name: "AWS CLI", version: rds.Latest, services: []string{service}, merged: true, quiet: true,
				value: func(out any) any { return peerOutput(out) },
				failure: func(_ operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError {
					return peerError{Code: shape.Code, Message: message.Value}
				},
				call: func(t *testing.T, _ *stage, c liveCall) liveReply { return cli{aws, home}.call(t, c) },
			}.play(t)
		})
	}
}

type cli struct{ name, home string }

var commands = map[string]string{
	"DescribeReservedDBInstancesOfferings": "describe-reserved-db-instances-offerings",
	"PurchaseReservedDBInstancesOffering":  "purchase-reserved-db-instances-offering",
	"DescribeReservedDBInstances":          "describe-reserved-db-instances",
	"ListOfferings":                        "list-offerings",
	"DescribeOffering":                     "describe-offering",
	"PurchaseOffering":                     "purchase-offering",
	"ListReservations":                     "list-reservations",
	"DescribeReservation":                  "describe-reservation",
}

// failure is what the CLI prints of an error. It says where it has tried again.
var cliError = regexp.MustCompile(`(?s)An error occurred \((\S+)\) when calling the (\w+) operation(?: \(reached max retries: 1\))?: (.*)`)

func (c cli) call(t *testing.T, call liveCall) liveReply {
	t.Helper()
	args := []string{call.Service, commands[call.Operation], "--endpoint-url", call.Endpoint, "--region", call.Region, "--output", "json"}
	if call.Pages {
		for _, size := range []string{"MaxRecords", "MaxResults"} {
			if n, ok := call.Parameters[size]; ok {
				args = append(args, "--page-size", fmt.Sprint(n))
				delete(call.Parameters, size)
			}
		}
	} else {
		args = append(args, "--no-paginate")
	}
	parameters, err := json.Marshal(call.Parameters)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), c.name, append(args, "--cli-input-json", string(parameters))...)
	cmd.Env = append(os.Environ(), "HOME="+c.home, "AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull,
		"AWS_ACCESS_KEY_ID="+call.Caller.AccessKey, "AWS_SECRET_ACCESS_KEY="+call.Caller.SecretKey, "AWS_SESSION_TOKEN="+call.Caller.Token,
		"AWS_MAX_ATTEMPTS=2", "AWS_PAGER=", "AWS_EC2_METADATA_DISABLED=true", "LC_ALL=C.UTF-8", "PYTHONUTF8=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		m := cliError.FindStringSubmatch(stderr.String())
		if m == nil || m[2] != call.Operation {
			return liveReply{Failed: fmt.Sprintf("%v: %s", err, stderr.String())}
		}
		return liveReply{Error: &peerError{Code: m[1], Message: strings.TrimSuffix(m[3], "\n")}}
	}
	var value dict
	d := json.NewDecoder(&stdout)
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return liveReply{Failed: err.Error()}
	}
	if err := printed(value); err != nil {
		return liveReply{Failed: err.Error()}
	}
	return liveReply{Values: []any{value}}
}

// printed turns what the CLI prints as a JSON number or a string into what it is.
func printed(v any) (err error) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if err := printed(item); err != nil {
				return err
			}
		}
	case dict:
		for name, member := range v {
			switch name {
			case "FixedPrice", "UsagePrice", "RecurringChargeAmount":
				v[name], err = strconv.ParseFloat(string(member.(json.Number)), 64)
			case "StartTime":
				var at time.Time
				at, err = time.Parse(time.RFC3339Nano, member.(string))
				v[name] = at.UTC()
			default:
				err = printed(member)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
