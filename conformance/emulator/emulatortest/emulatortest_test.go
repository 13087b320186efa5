package emulatortest_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/emulatortest"
	"wireproof/conformance/emulator/journal"
	"wireproof/conformance/emulator/serve"
)

// kept is a journal that tells whether it is closed, and what the server answered
// at that moment.
type kept struct {
	loadError error
	addr      string
	closed    int
	served    bool // the server still answered when the journal was closed
}

func (k *kept) Load(func(journal.Record) error) error        { return k.loadError }
func (k *kept) Append(context.Context, journal.Record) error { return nil }
func (k *kept) Close() error {
	k.closed++
	if c, err := net.Dial("tcp", k.addr); err == nil {
		c.Close()
		k.served = true
	}
	return nil
}

// The server lives as long as its test, and ends before its journal does.
func TestLifetime(t *testing.T) {
	var k kept
	t.Run("test", func(t *testing.T) {
		s := emulatortest.NewServer(t, emulator.Options{Journal: &k})
		k.addr = s.Addr()
		host, _, err := net.SplitHostPort(s.Addr())
		if err != nil || host != "127.0.0.1" || !s.Loopback() || s.URL() != "http://"+s.Addr() {
			t.Errorf("address %s, URL %s", s.Addr(), s.URL())
		}
		resp, err := http.Post(s.URL(), "application/x-www-form-urlencoded", strings.NewReader("Action=DescribeReservedDBInstances&Version=2014-10-31"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != 200 || !strings.Contains(string(body), "<DescribeReservedDBInstancesResponse ") {
			t.Errorf("%d %s, %v", resp.StatusCode, body, err)
		}
		if k.closed != 0 {
			t.Error("the journal is closed during the test")
		}
	})
	if k.closed != 1 || k.served {
		t.Errorf("the journal was closed %d times; the server answered then: %v", k.closed, k.served)
	}
	if c, err := net.Dial("tcp", k.addr); err == nil {
		c.Close()
		t.Error("the server outlives its test")
	}
}

// It is the hardened server, not net/http's: what net/http would repair in silence
// is refused. Options of serve hold.
func TestHardened(t *testing.T) {
	s := emulatortest.NewServer(t, emulator.Options{}, serve.Options{Name: "Mine/1"})
	c, err := net.Dial("tcp", s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != 400 || !resp.Close || resp.Header.Get("Server") != "Mine/1" {
		t.Errorf("%d, close %v, %v", resp.StatusCode, resp.Close, resp.Header)
	}
}

// fatal is what a test that ended at once said.
type fatal string

type fakeT struct{ exampleT }

func (*fakeT) Fatalf(format string, args ...any) { panic(fatal(fmt.Sprintf(format, args...))) }

// Options that make no emulator end the test, with the reason.
func TestNoEmulator(t *testing.T) {
	defer func() {
		if said, ok := recover().(fatal); !ok || !strings.Contains(string(said), "torn") {
			t.Errorf("got %v", said)
		}
	}()
	emulatortest.NewServer(new(fakeT), emulator.Options{Journal: &kept{loadError: errors.New("torn")}})
	t.Error("it goes on")
}
