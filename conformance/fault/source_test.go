package fault_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireproof/conformance/emulator"
	"wireproof/conformance/fault"
	"wireproof/conformance/rawhttp"
	"wireproof/fixtures"
)

var threadForm = regexp.MustCompile(`^https://github\.com/[\w.-]+/[\w.-]+/issues/\d+$`)

// A variant that is named as a source was recorded; a thread is an address.
func TestSources(t *testing.T) {
	variants, err := fixtures.Variants()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, v := range variants {
		known[v.Name] = true
	}
	check := func(id string, sources []string) {
		for _, s := range sources {
			if name, ok := strings.CutPrefix(s, "variant "); ok && !known[name] {
				t.Errorf("%s: no variant %s was recorded", id, name)
			}
			if strings.HasPrefix(s, "https:") && !threadForm.MatchString(s) {
				t.Errorf("%s: %s is no thread", id, s)
			}
		}
	}
	for _, f := range fault.Faults() {
		check(f.ID, f.Sources)
	}
	for _, v := range fault.Variations() {
		check(v.ID, v.Why)
	}
}

// Variations leave a connection open, unless closing it is what they are about.
func TestVariationsKeepTheConnection(t *testing.T) {
	closing := map[string]bool{"http.until-close": true, "http.connection-close": true}
	request := bytesOf(alice, "rds", formRequest(instances+"&Version=2014-10-31"))
	for _, v := range fault.Variations() {
		e, err := emulator.New(emulator.Options{})
		if err != nil {
			t.Fatal(err)
		}
		h := v.Handler(e)
		s := newStory(t, plain(t, h))
		conn := s.dial()
		for i := range 3 {
			x := conn.Do(context.Background(), rawhttp.Request{Bytes: request})
			if x.Err != nil || x.Response == nil || x.Response.Status != 200 || len(x.Response.Findings) > 0 {
				t.Fatalf("%s: %v in %q", v.ID, x.Err, x.Received)
			}
			if !conn.Usable() != closing[v.ID] {
				t.Errorf("%s: the connection can be used: %v, after exchange %d", v.ID, conn.Usable(), i+1)
			}
			if !conn.Usable() {
				break
			}
		}
		conn.Finish(0)
		h.Close()
		e.Close()
	}
}

// Two handlers of one fault remember nothing of each other, and count apart.
func TestHandlersAreApart(t *testing.T) {
	f := fault.ByID("http.answer.of-before")
	play := func() int64 {
		e, err := emulator.New(emulator.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		h := fault.Handler(e, f)
		defer h.Close()
		s := newStory(t, plain(t, h))
		s.timeout = time.Second
		s.get(alice, "/v1/offerings?maxResults=1")
		s.get(alice, "/v1/offerings?maxResults=2")
		s.end()
		return h.Effects()
	}
	if first, second := play(), play(); first != 1 || second != 1 {
		t.Errorf("%d and %d effects, want 1 each: the first answer has none before it", first, second)
	}
}
