package emulator

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Every answer says how long it is, whoever writes that.
func TestContentLength(t *testing.T) {
	for _, n := range []int{0, 1, small, small + 1, 2048, 2049, 100_000} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			(&reply{status: 200, mediaType: "text/xml", body: bytes.Repeat([]byte("x"), n)}).write(w)
		}))
		resp, err := http.Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.ContentLength != int64(n) {
			t.Errorf("a body of %d bytes has Content-Length %d", n, resp.ContentLength)
		}
		s.Close()
	}
}
