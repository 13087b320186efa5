package emulator_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
)

// BenchmarkLoopback is the emulator over a connection, side by side with a bare
// server that reads nothing and answers a constant body of the same size.
func BenchmarkLoopback(b *testing.B) {
	e := real(b)
	fill(b, e, 1000)
	who := scope(alice, "us-east-1", "rds")
	date := wire.HeaderField{Name: "X-Amz-Date", Value: "20200315T120000Z"}
	for _, row := range []struct {
		name string
		req  wire.Request
	}{
		{"purchase", form(buyOne, scope(bob, "us-east-1", "rds"))},
		{"describe-1", form(instances+"&ReservedDBInstanceId=reservation-500", who)},
		{"describe-100", form(instances, who)},
		{"describe-offering", list(label, "")},
		{"list-offerings", list("/v1/offerings", "")},
	} {
		s := aim(b, row.req)
		s.sink = sink{header: http.Header{}}
		s.r.Body = io.NopCloser(strings.NewReader(s.body))
		e.ServeHTTP(&s.sink, s.r)
		constant := []byte(strings.Repeat("x", s.sink.n))
		bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			w.Header().Set("Content-Length", strconv.Itoa(len(constant)))
			_, _ = w.Write(constant)
		})
		row.req.Headers = append(wire.Headers{{Name: "Host", Value: "x"}, date}, row.req.Headers...)
		raw := exchange.AppendRequest(nil, &row.req)
		for _, side := range []struct {
			name string
			h    http.Handler
		}{{"bare", bare}, {"emulator", e}, {"bare-again", bare}, {"emulator-again", e}} {
			b.Run(row.name+"/"+side.name, func(b *testing.B) { loopback(b, side.h, raw) })
		}
	}
}

func loopback(b *testing.B, h http.Handler, raw []byte) {
	server := httptest.NewServer(h)
	defer server.Close()
	b.ResetTimer()
	before := processorTime()
	defer func() { b.ReportMetric(float64(processorTime()-before)/float64(b.N), "cpu-ns/op") }()
	b.RunParallel(func(pb *testing.PB) {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			b.Error(err)
			return
		}
		defer conn.Close()
		in := bufio.NewReaderSize(conn, 64<<10)
		for pb.Next() {
			if _, err := conn.Write(raw); err != nil {
				b.Error(err)
				return
			}
			if err := skipResponse(in); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// processorTime is what this process has used up, client and server together: on a
// machine with others on it a steadier measure than the clock.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// skipResponse reads a response with as little work as can be.
func skipResponse(in *bufio.Reader) error {
	length := 0
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if first && string(line[9:11]) != "20" {
			return &net.ParseError{Type: "status", Text: string(line)}
		}
		if len(line) == 2 {
			break
		}
		if value, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		}
	}
	_, err := in.Discard(length)
	return err
}
