package rule_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/emulatortest"
	"wireproof/conformance/rule"
	"wireproof/fixtures"
)

// What the reference emulator answers to the captured requests of real clients
// keeps every rule: the two were written after the same sources by different
// hands.
func TestEmulatorAnswers(t *testing.T) {
	captures, err := fixtures.Captures()
	if err != nil {
		t.Fatal(err)
	}
	b := book(t)
	now := time.Date(2020, 3, 6, 0, 0, 0, 0, time.UTC) // of the captured purchases
	server := emulatortest.NewServer(t, emulator.Options{Now: func() time.Time { return now }})
	var readings []*rule.Reading
	for _, c := range captures {
		request := string(c.Raw)
		r := read(t, request, exchangeOver(t, server.Addr(), c.Raw), rule.Hint{})
		readings = append(readings, r)
		checks := b.Judge(r)
		for _, check := range checks {
			if len(check.Differences) > 0 {
				t.Errorf("%s breaks %s: %+v\n%s", c.Name, check.ID, check.Differences, r.Exchange.Received)
			}
		}
		if len(checks) < 25 {
			t.Errorf("%s: only %d rules apply", c.Name, len(checks))
		}
	}
	if all := b.JudgeAll(readings); len(all) != 1 || all[0].Check.Verdict != rule.Pass || len(readings) < 170 {
		t.Errorf("%d readings: %+v", len(readings), all)
	}
}

// exchangeOver sends a request and gives the bytes of the response.
func exchangeOver(t *testing.T, addr string, request []byte) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write(request); err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	response, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &raw)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Fatal(err)
	}
	return raw.String()
}
