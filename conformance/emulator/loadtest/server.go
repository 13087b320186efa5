package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/serve"
)

// handler is a server that is not yet listening.
type handler struct {
	http.Handler
	bare bool
}

// running is one that is.
type running struct {
	addr  string
	close func()
}

// emulatorHandler is the emulator as wireproof serve runs it, with the log off.
func emulatorHandler(verify bool) (handler, error) {
	mode := auth.Off
	if verify {
		mode = auth.Verify
	}
	v, err := auth.New(auth.Options{Mode: mode})
	if err != nil {
		return handler{}, err
	}
	e, err := emulator.New(emulator.Options{Auth: v, ActiveAfter: -1, RDSQuota: 1 << 40})
	return handler{Handler: e}, err
}

// readAnswer reads what a bare server is to answer.
func readAnswer(in *bufio.Reader) (handler, error) {
	var n int
	if _, err := fmt.Fscanf(in, "%d\n", &n); err != nil {
		return handler{}, err
	}
	raw := make([]byte, n)
	_, err := io.ReadFull(in, raw)
	return bareAnswer(raw), err
}

// bareAnswer answers everything with the headers and the body of one answer.
func bareAnswer(raw []byte) handler {
	head, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	header := http.Header{}
	for _, line := range strings.Split(string(head), "\r\n")[1:] {
		if name, value, ok := strings.Cut(line, ": "); ok && name != "Date" {
			header[name] = []string{value}
		}
	}
	return handler{bare: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for name, values := range header {
			h[name] = values
		}
		w.Write(body) // a string would be copied in small pieces
	})}
}

// listen starts the server: wireproof's own around the emulator, net/http's with
// its defaults around the bare handler.
func (h handler) listen() (running, error) {
	if !h.bare {
		s, err := serve.Listen(serve.Options{Handler: h, Addr: ":0", Limits: serve.Limits{Connections: 1 << 12}})
		if err != nil {
			return running{}, err
		}
		go s.Serve(context.Background())
		return running{s.Addr(), func() { s.Close() }}, nil
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return running{}, err
	}
	s := &http.Server{Handler: h}
	go s.Serve(ln)
	return running{ln.Addr().String(), func() { s.Close() }}, nil
}
