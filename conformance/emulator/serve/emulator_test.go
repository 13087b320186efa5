package serve_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/serve"
)

// What is well-formed HTTP and hostile all the same gets a 4xx that the codec
// reads strictly, or an answer; never a 5xx, and never net/http's own words.
func TestEmulatorBehindServe(t *testing.T) {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	s := serve.Test(t, e)
	const buy = "Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=649fd0c8-cf6d-47a0-bfa6-060f8e75e95f"
	const offering = "/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AMyOffering"
	for _, tt := range []struct {
		method, target, body string
		status               int // 0: any 4xx
		reason               string
	}{
		{"POST", "/", buy + strings.Repeat("&a=b", 10_000), 0, "10,000 parameters more"},
		{"POST", "/", buy + strings.Repeat("&", 100_000), 200, "empty pairs: nothing says no"},
		{"POST", "/", buy + "&Tags.Tag.999999999.Key=k&Tags.Tag.999999999.Value=v", 200, "an index only orders"},
		{"POST", "/", buy + "&Tags.Tag.99999999999999999999.Key=k", 0, "an index that fits no integer"},
		{"POST", "/", buy + "&Action=DescribeReservedDBInstances", 0, "Action twice"},
		{"POST", "/?Action=DescribeReservedDBInstances", buy, 0, "Action in query and body"},
		{"POST", "/", buy + "&ReservedDBInstanceId=a%00b", 0, "NUL"},
		{"POST", "/", buy + "&ReservedDBInstanceId=a%ffb", 0, "no UTF-8, escaped"},
		{"POST", "/", buy + "&ReservedDBInstanceId=\xff\xfe", 0, "no UTF-8"},
		{"POST", "/", "\x00\x00\x00", 0, "NULs alone"},
		{"POST", "/", strings.Repeat("%", 1<<20), 0, "a MiB of percent signs"},
		{"POST", "/", strings.Repeat("<a>", 300_000), 0, "XML"},
		{"GET", "/", "", 0, "nothing"},
		{"POST", offering, strings.Repeat("[", 1<<20), 0, "a depth bomb"},
		{"POST", offering, strings.Repeat(`{"a":`, 200_000), 0, "another"},
		{"POST", offering, `{"reservationName":"a\u0000","start":"x"}`, 0, "NUL, and a start that is none"},
		{"POST", offering, "{\"reservationName\":\"\xff\"}", 0, "no UTF-8"},
		{"POST", offering, `{"reservationName":"a","start":` + strings.Repeat("9", 100_000) + "}", 0, "a long number"},
		{"POST", offering, "", 0, "no body"},
		{"GET", "/v1/offerings?maxResults=999999999999999999999", "", 0, "a page that fits no integer"},
		{"GET", "/v1/offerings?nextToken=" + strings.Repeat("A", 60_000), "", 0, "a long token"},
		{"GET", "/v1/offerings/" + strings.Repeat("%2F", 20_000), "", 0, "a long label"},
		{"GET", "/v1/offerings/..%2f..%2f..%2fetc%2fpasswd", "", 0, "dots in a label"},
		{"DELETE", "/v1/offerings", "", 0, "a method that there is not"},
		{"OPTIONS", "*", "", 0, "no path"},
	} {
		status, header, body := ask(t, s.Addr(), tt.method, tt.target, tt.body)
		if tt.status != 0 && status != tt.status || tt.status == 0 && (status < 400 || status > 499) {
			t.Errorf("%s: got %d %.300q", tt.reason, status, body)
			continue
		}
		if status == 200 {
			continue
		}
		resp := wire.Response{Status: status, Body: body}
		for name, values := range header {
			resp.Headers = append(resp.Headers, wire.HeaderField{Name: name, Value: values[0]})
		}
		var m mediaconnect.Decoder
		var r rds.Decoder
		if header.Get("X-Amzn-ErrorType") != "" {
			err = m.DecodeError(&resp, new(mediaconnect.Error))
		} else {
			err = r.DecodeError(&resp, new(rds.Error))
		}
		if err != nil || len(m.Findings())+len(r.Findings()) > 0 || header.Get("Server") == "" {
			t.Errorf("%s: %v, %v, %v: %v %.300q", tt.reason, err, m.Findings(), r.Findings(), header, body)
		}
	}
}

func ask(t *testing.T, addr, method, target, body string) (int, http.Header, string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	contentType := "application/json"
	if !strings.HasPrefix(target, "/v1") {
		contentType = "application/x-www-form-urlencoded"
	}
	fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: h\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", method, target, contentType, len(body), body)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%s %.100s: %v", method, target, err)
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}
