package rule_test

import (
	"strings"
	"testing"

	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

func TestJudgeAll(t *testing.T) {
	b := book(t)
	with := func(id string) *rule.Reading {
		return read(t, good["mc-error"].request, strings.Replace(good["mc-error"].response, "rid-1", id, 1), rule.Hint{})
	}
	silent := rule.Read(&exchange.Exchange{}, rule.Hint{})
	if got := b.JudgeAll([]*rule.Reading{silent}); got != nil {
		t.Errorf("nothing was read, and %+v", got)
	}
	got := b.JudgeAll([]*rule.Reading{with("a"), silent, with("b"), with("c")})
	if len(got) != 1 || got[0].Check.Verdict != rule.Pass || got[0].Reading != -1 || got[0].Repeats != -1 {
		t.Errorf("distinct ids: %+v", got)
	}
	got = b.JudgeAll([]*rule.Reading{with("a"), with("b"), with("a"), with("b"), with("a")})
	want := [][2]int{{2, 0}, {3, 1}, {4, 0}}
	if len(got) != len(want) {
		t.Fatalf("%d checks: %+v", len(got), got)
	}
	for i, c := range got {
		d := c.Check.Differences[0]
		if c.Check.ID != "http.request-id-unique" || c.Check.Verdict != rule.Fail || c.Reading != want[i][0] || c.Repeats != want[i][1] || d.Offset < 0 || d.Path != "x-amzn-RequestId" {
			t.Errorf("%d: %+v", i, c)
		}
	}
}

// Whether a body was waited for is no matter of the response's bytes.
func TestExpectContinue(t *testing.T) {
	book, err := rule.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		expect string
		waited bool
		want   rule.Verdict
	}{
		{"Expect: 100-continue\r\n", true, rule.Fail},
		{"Expect: 100-continue\r\n", false, rule.Pass},
		{"", true, ""},
	} {
		request := "POST / HTTP/1.1\r\nHost: h\r\n" + tt.expect + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nAction=X"
		response := "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
		x := &exchange.Exchange{Sent: request, Received: response, Waited: tt.waited}
		if x.Request, err = exchange.ParseRequest(request); err != nil {
			t.Fatal(err)
		}
		if x.Response, err = exchange.ParseResponse(response); err != nil {
			t.Fatal(err)
		}
		var got rule.Verdict
		for _, c := range book.Judge(rule.Read(x, rule.Hint{})) {
			if c.ID == "http.expect-continue" {
				got = c.Verdict
			}
		}
		if got != tt.want {
			t.Errorf("%q, waited %v: %q, want %q", tt.expect, tt.waited, got, tt.want)
		}
	}
}
