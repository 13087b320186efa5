package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/sigv4"
)

// workload is one kind of request.
type workload struct {
	name   string
	target float64 // the ratio that is asked for
	// records are bought before, one for each.
	records int
	request wire.Request
	service string
}

const (
	form     = "application/x-www-form-urlencoded; charset=utf-8"
	version  = "&Version=2014-10-31"
	offering = "649fd0c8-cf6d-47a0-bfa6-060f8e75e95f"
)

func rdsRequest(body string) wire.Request {
	return wire.Request{Method: "POST", Path: "/", Body: body, Headers: wire.Headers{
		{Name: "Host", Value: "127.0.0.1:4599"},
		{Name: "User-Agent", Value: "aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25 md/GOOS#linux md/GOARCH#amd64 api/rds#1.107.0"},
		{Name: "Content-Type", Value: form},
		{Name: "Amz-Sdk-Invocation-Id", Value: "0c0e2f4c-2d4c-4c0b-9c39-3a3f6f2c6a1e"},
		{Name: "Amz-Sdk-Request", Value: "attempt=1; max=3"},
		{Name: "Accept-Encoding", Value: "gzip"},
	}}
}

func mediaConnectRequest(path string) wire.Request {
	r := rdsRequest("")
	r.Method, r.Path = "GET", path
	r.Headers = append(r.Headers[:2:2], r.Headers[3:]...)
	return r
}

// workloads are those that the issue names, and MediaConnect's beside them. A
// MediaConnect purchase is refused while a reservation is active, so it cannot be
// repeated; its describe can. A page has the target of the other one.
func workloads() []workload {
	const offerings = "/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AMyOffering"
	return []workload{
		{"rds purchase", 0.8, 0, rdsRequest("Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=" + offering + version), "rds"},
		{"rds describe", 0.8, 1, rdsRequest("Action=DescribeReservedDBInstances&ReservedDBInstanceId=bought-1" + version), "rds"},
		{"rds describe 100", 0.6, 100, rdsRequest("Action=DescribeReservedDBInstances&MaxRecords=100" + version), "rds"},
		{"mediaconnect describe", 0.8, 0, mediaConnectRequest(offerings), "mediaconnect"},
		{"mediaconnect list", 0.6, 0, mediaConnectRequest("/v1/offerings?maxResults=10"), "mediaconnect"},
	}
}

// message is a request as bytes. Its credential is always there, so that its
// head is as long as that of a client; it is good for an hour or so.
func message(r wire.Request, service string) ([]byte, error) {
	r.Headers = append(wire.Headers(nil), r.Headers...)
	if path, query, ok := strings.Cut(r.Path, "?"); ok {
		r.Path, r.Query = path, query
	}
	credentials := sigv4.Credentials{AccessKey: "AKIDEXAMPLE", SecretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
	err := sigv4.Sign(context.Background(), &r, credentials, sigv4.Scope{Region: "us-east-1", Service: service}, time.Now())
	return exchange.AppendRequest(nil, &r), err
}

// load sends one request over and over.
type load struct {
	addr        string
	workload    workload
	connections int
	request     []byte
}

// prepare buys what the workload wants to be there, and gives one raw answer to
// its request.
func (l *load) prepare(addr string) (answer []byte, err error) {
	c, err := connect(addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	for i := range l.workload.records {
		buy, err := message(rdsRequest(fmt.Sprintf("Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId=%s&ReservedDBInstanceId=bought-%d%s", offering, i+1, version)), "rds")
		if err != nil {
			return nil, err
		}
		if _, err := c.ask(buy); err != nil {
			return nil, err
		}
	}
	if l.request, err = message(l.workload.request, l.workload.service); err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	c.r.Reset(io.TeeReader(c.Conn, &raw))
	_, err = c.ask(l.request)
	return raw.Bytes(), err
}

// run sends at most count requests for at most limit.
func (l *load) run(count int, limit time.Duration) (n int, took time.Duration, err error) {
	var sent atomic.Int64
	var wait sync.WaitGroup
	errs := make([]error, l.connections)
	clients := make([]*client, l.connections)
	for i := range clients {
		if clients[i], err = connect(l.addr); err != nil {
			return 0, 0, err
		}
		defer clients[i].Close()
	}
	begin := time.Now()
	end := begin.Add(limit)
	for i, c := range clients {
		wait.Go(func() {
			for k := 0; k%64 != 0 || time.Now().Before(end); k++ {
				if sent.Add(1) > int64(count) {
					sent.Add(-1)
					return
				}
				if _, errs[i] = c.ask(l.request); errs[i] != nil {
					return
				}
			}
		})
	}
	wait.Wait()
	return int(sent.Load()), time.Since(begin), errors.Join(errs...)
}

// client is a connection that does as little as possible.
type client struct {
	net.Conn
	r *bufio.Reader
}

func connect(addr string) (*client, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c.SetDeadline(time.Now().Add(5 * time.Minute))
	return &client{c, bufio.NewReaderSize(c, 64<<10)}, nil
}

var (
	lengthName = []byte("Content-Length: ")
	okStatus   = []byte("HTTP/1.1 200 ")
)

// ask sends a request, reads the answer and gives the length of its body.
func (c *client) ask(request []byte) (length int, err error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	length = -1
	for first := true; ; first = false {
		line, err := c.r.ReadSlice('\n')
		switch {
		case err != nil:
			return 0, err
		case first && !bytes.HasPrefix(line, okStatus):
			rest, _ := c.r.Peek(c.r.Buffered())
			return 0, fmt.Errorf("answered %q %q", line, rest)
		case bytes.HasPrefix(line, lengthName):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthName):]))); err != nil {
				return 0, err
			}
		case len(line) == 2 && length < 0:
			return 0, errors.New("an answer without Content-Length")
		case len(line) == 2:
			_, err := c.r.Discard(length)
			return length, err
		}
	}
}
