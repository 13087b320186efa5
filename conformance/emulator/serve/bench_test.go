package serve

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

const clientHead = "POST / HTTP/1.1\r\nHost: 127.0.0.1:4599\r\n" +
	"User-Agent: aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25 md/GOOS#linux md/GOARCH#amd64 api/rds#1.107.0\r\n" +
	"Content-Length: 12\r\nAmz-Sdk-Invocation-Id: 0c0e2f4c-2d4c-4c0b-9c39-3a3f6f2c6a1e\r\nAmz-Sdk-Request: attempt=1; max=3\r\n" +
	"Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20200305/us-east-1/rds/aws4_request, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b\r\n" +
	"Content-Type: application/x-www-form-urlencoded\r\nX-Amz-Date: 20200305T233000Z\r\nAccept-Encoding: gzip\r\n\r\n"

// What judging the head of a request costs, without a connection.
func BenchmarkHead(b *testing.B) {
	l := Limits{}.withDefaults()
	raw := []byte(clientHead)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		h := head{limits: &l}
		if end, f := h.scan(raw); end != len(raw) || f != nil {
			b.Fatal(end, f)
		}
	}
}

// The same handler behind net/http alone and behind this package.
func BenchmarkConstant(b *testing.B) {
	text := strings.Repeat("x", 1400)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = []string{"text/xml"} // a header of its own, as every real handler sets
		io.WriteString(w, text)
	})
	for _, s := range []struct{ name, addr string }{{"net-http", plain(b, h)}, {"serve", Test(b, h).Addr()}} {
		b.Run(s.name, func(b *testing.B) {
			c := dial(b, s.addr)
			c.SetDeadline(time.Time{})
			request := []byte(clientHead + "Action=Hello")
			answer := make([]byte, 4096)
			b.ReportAllocs()
			for b.Loop() {
				c.Write(request)
				for n := 0; n < 1400; {
					k, err := c.Read(answer)
					if err != nil {
						b.Fatal(err)
					}
					n += k
				}
			}
		})
	}
}
