package main

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"wireproof/conformance/emulator"
)

// fake is a server for the scripts: fake KIND prints its URL and serves until it is
// killed.
//
//	html     answers everything as a web server does that knows none of it
//	silent   takes connections and says nothing
//	broken   the emulator, without result wrappers and without any Date
//	typed    the emulator, calling XML plain text, and without any Date
//	prefix   the emulator below /aws
//	tls      the emulator behind https; its certificate goes into ca.pem
//	rds      the emulator, without MediaConnect
func fake() {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		panic(err)
	}
	var h http.Handler = e
	switch os.Args[1] {
	case "html":
		h = http.NotFoundHandler()
	case "silent":
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		fmt.Println("http://" + l.Addr().String())
		select {} // connections wait in the kernel
	case "broken":
		h = unwrapping(e)
	case "typed":
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil
			e.ServeHTTP(&untyped{w}, r)
		})
	case "prefix":
		h = http.StripPrefix("/aws", e)
	case "tls":
		s := httptest.NewTLSServer(e)
		ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
		if err := os.WriteFile("ca.pem", ca, 0o600); err != nil {
			panic(err)
		}
		fmt.Println(s.URL)
		select {}
	case "rds":
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/v1/") {
				http.NotFound(w, r)
				return
			}
			e.ServeHTTP(w, r)
		})
	default:
		panic("fake: no " + os.Args[1])
	}
	fmt.Println(httptest.NewServer(h).URL)
	select {}
}

// unwrapping takes the result wrappers out of what h answers, and the Date.
func unwrapping(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var answer httptest.ResponseRecorder
		var body strings.Builder
		answer.Body = nil
		h.ServeHTTP(&capture{ResponseWriter: &answer, body: &body}, r)
		text := body.String()
		for _, operation := range []string{"DescribeReservedDBInstancesOfferings", "PurchaseReservedDBInstancesOffering", "DescribeReservedDBInstances"} {
			text = strings.NewReplacer("<"+operation+"Result>", "", "</"+operation+"Result>", "", "<"+operation+"Result/>", "").Replace(text)
		}
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header()["Date"] = nil
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		_, _ = w.Write([]byte(text))
	})
}

// capture keeps a body apart.
type capture struct {
	http.ResponseWriter
	body *strings.Builder
}

func (c *capture) Write(b []byte) (int, error) { return c.body.Write(b) }

// untyped calls XML plain text.
type untyped struct{ http.ResponseWriter }

func (u *untyped) WriteHeader(status int) {
	if h := u.Header(); strings.HasPrefix(h.Get("Content-Type"), "text/xml") {
		h.Set("Content-Type", "text/plain")
	}
	u.ResponseWriter.WriteHeader(status)
}
