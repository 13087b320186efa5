package fault_test

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/serve"
	"wireproof/conformance/fault"
)

var idForm = regexp.MustCompile(`^(rds|mediaconnect|http)(\.[a-z0-9]+(-[a-z0-9]+)*){2,}$`)

// Ids are unique, of one form, and say which service they are about; every row has
// what it is told by.
func TestCatalogue(t *testing.T) {
	if n := len(fault.Faults()); n < 150 {
		t.Errorf("%d faults", n)
	}
	if n := len(fault.Variations()); n < 40 {
		t.Errorf("%d variations", n)
	}
	seen, about := map[string]bool{}, map[string]string{}
	check := func(id, sentence, service string, sources []string) {
		if seen[id] {
			t.Errorf("%s comes twice", id)
		}
		seen[id] = true
		if other := about[sentence]; other != "" && (strings.HasPrefix(id, service)) && strings.Split(other, ".")[0] == strings.Split(id, ".")[0] {
			t.Errorf("%s and %s are about the same: %s", other, id, sentence)
		}
		about[sentence] = id
		if !strings.HasSuffix(sentence, ".") {
			t.Errorf("%s: %q is no sentence", id, sentence)
		}
		if len(sources) == 0 || slices.Contains(sources, "") {
			t.Errorf("%s has no source", id)
		}
	}
	for _, f := range fault.Faults() {
		check(f.ID, f.About, f.Service, f.Sources)
		prefix, _, _ := strings.Cut(f.ID, ".")
		if !idForm.MatchString(f.ID) || prefix != "http" && prefix != f.Service {
			t.Errorf("%s of service %q is no id", f.ID, f.Service)
		}
		if len(f.Checks) == 0 {
			t.Errorf("%s does not say what must notice it", f.ID)
		}
		if fault.ByID(f.ID) != f {
			t.Errorf("%s is not found", f.ID)
		}
	}
	for _, v := range fault.Variations() {
		check(v.ID, v.About, v.Service, v.Why)
		if !regexp.MustCompile(`^(http|xml|json|rds|mediaconnect)(\.[a-z0-9]+(-[a-z0-9]+)*)+$`).MatchString(v.ID) {
			t.Errorf("%s is no id", v.ID)
		}
		if fault.VariationByID(v.ID) != v {
			t.Errorf("%s is not found", v.ID)
		}
	}
	if fault.ByID("rds") != nil || fault.ByID("") != nil {
		t.Error("found what is not there")
	}
}

// What `wireproof faults` prints.
func TestJSON(t *testing.T) {
	for _, f := range fault.Faults() {
		b, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range []string{`"id":"`, `"about":"`, `"sources":["`, `"checks":["`} {
			if !strings.Contains(string(b), member) {
				t.Errorf("%s lacks %s", b, member)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, caseID, id string
		want                bool
	}{
		{"rds.members.integer", "rds.purchase.minimal", "rds.members.integer", true},
		{"rds.members.*", "", "rds.members.integer", true},
		{"rds.*", "", "rds.members.integer", false},
		{"rds.**", "", "rds.members.integer", true},
		{"rds.**:expect.*", "rds.purchase.minimal", "expect.answer", true},
		{"rds.*:expect.*", "rds.purchase.minimal", "expect.answer", false},
		{"rds.**:expect.*", "mediaconnect.purchase.minimal", "expect.answer", false},
		{"rds.**:expect.*", "rds.purchase.minimal", "rds.members.integer", false},
		{"**", "x.y", "z", true},
		{"a*c", "", "abbc", true},
		{"a*c", "", "abb", false},
		{"", "", "a", false},
	} {
		if got := fault.Match([]string{tt.pattern}, tt.caseID, tt.id); got != tt.want {
			t.Errorf("%q on %s:%s is %v", tt.pattern, tt.caseID, tt.id, got)
		}
	}
}

// Every fault takes effect on the story, behind a plain server of net/http.
func TestFaultsTakeEffect(t *testing.T) {
	fault.Each(t, fault.Faults(), emulator.Options{}, func(t *testing.T, f *fault.Fault, h *fault.Injector) {
		t.Parallel()
		playUntilEffect(t, plain(t, h), h)
	})
}

func TestVariationsTakeEffect(t *testing.T) {
	fault.EachVariation(t, fault.Variations(), emulator.Options{}, func(t *testing.T, v *fault.Variation, h *fault.Injector) {
		t.Parallel()
		playUntilEffect(t, plain(t, h), h)
	})
}

// The same behind package serve, for those that take connections over.
func TestFaultsBehindServe(t *testing.T) {
	var some []*fault.Fault
	for _, f := range fault.Faults() {
		if strings.HasPrefix(f.ID, "http.") {
			some = append(some, f)
		}
	}
	fault.Each(t, some, emulator.Options{}, func(t *testing.T, f *fault.Fault, h *fault.Injector) {
		t.Parallel()
		playUntilEffect(t, serve.Test(t, h).Addr(), h)
	})
}

func plain(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func playUntilEffect(t *testing.T, addr string, h *fault.Injector) {
	t.Helper()
	s := newStory(t, addr)
	s.stop = func() bool { return h.Effects() > 0 }
	s.play()
	// What a client has done, the server may still be counting.
	for range 100 {
		if h.Effects() > 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// Without a fault, what goes over the connection is what the emulator alone would
// have sent but for the order of headers, through net/http and as bytes.
func TestNoFaultChangesNothing(t *testing.T) {
	now := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	options := func() emulator.Options {
		n := 0
		return emulator.Options{TokenKey: []byte("key"), Now: func() time.Time { return now }, NewID: func() string {
			n++
			return "request-" + string(rune('a'+n%26)) + strings.Repeat("x", n/26)
		}}
	}
	play := func(with func(*emulator.Emulator) http.Handler) []string {
		e, err := emulator.New(options())
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		h := with(e)
		if i, ok := h.(*fault.Injector); ok {
			defer i.Close()
		}
		s := newStory(t, plain(t, h))
		s.timeout, s.now = 5*time.Second, func() time.Time { return now }
		s.playSingle()
		var out []string
		for _, x := range s.all {
			if x.Err != nil {
				t.Errorf("%q: %v", x.Sent, x.Err)
			}
			out = append(out, normal(x.Received))
		}
		return out
	}
	want := play(func(e *emulator.Emulator) http.Handler { return e })
	if len(want) < 100 {
		t.Fatalf("%d exchanges", len(want))
	}
	for name, with := range map[string]func(e *emulator.Emulator) http.Handler{
		"net/http": func(e *emulator.Emulator) http.Handler { return fault.Handler(e, nil) },
		"bytes":    func(e *emulator.Emulator) http.Handler { return fault.Plain(e) },
	} {
		got := play(with)
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s, exchange %d:\n%s\nwant\n%s", name, i, got[i], want[i])
				break
			}
		}
	}
}

var dateLine = regexp.MustCompile(`Date: [^\r]*`)

// normal gives an answer with its headers sorted and without the time. net/http
// writes a Content-Length that it has counted itself behind the others, and none in
// the answer to HEAD.
func normal(answer string) string {
	answer = strings.TrimPrefix(answer, "HTTP/1.1 100 Continue\r\n\r\n")
	head, body, _ := strings.Cut(answer, "\r\n\r\n")
	lines := strings.Split(dateLine.ReplaceAllString(head, "Date: now"), "\r\n")
	slices.Sort(lines[1:])
	if body == "" {
		lines = slices.DeleteFunc(lines, func(s string) bool { return strings.HasPrefix(s, "Content-Length: ") })
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + body
}

// A connection that was taken over and given back carries requests that were sent
// without waiting for the answers.
func TestPipelining(t *testing.T) {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	h := fault.Plain(e)
	defer h.Close()
	conn, err := net.Dial("tcp", plain(t, h))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const many = 20
	request := "GET /v1/reservations HTTP/1.1\r\nHost: x\r\n\r\n"
	if _, err := conn.Write([]byte(strings.Repeat(request, many))); err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	var got strings.Builder
	buf := make([]byte, 4096)
	for strings.Count(got.String(), `{"reservations":[]}`) < many {
		n, err := conn.Read(buf)
		got.Write(buf[:n])
		if err != nil {
			t.Fatalf("%v after %q", err, got.String())
		}
	}
}
