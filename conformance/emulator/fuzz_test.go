package emulator_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/fixtures"
)

// FuzzServe: whatever is sent, the answer is of one of the services and reads
// strictly without findings, a body is well-formed for encoding/xml too, and a
// request that failed has bought nothing.
func FuzzServe(f *testing.F) {
	captures, err := fixtures.Captures()
	if err != nil {
		f.Fatal(err)
	}
	for i, c := range captures {
		if r, err := exchange.ParseRequest(string(c.Raw)); err == nil && i%5 == 0 {
			media, _ := r.Headers.Get("Content-Type")
			f.Add(r.Method, r.Path, r.Query, media, r.Body)
		}
	}
	f.Add("GET", "/", offerings+"&Marker=%00%ff", "", "")
	f.Add("POST", label, "a=%", "application/json", `{"reservationName":"\ud800"}`)
	f.Add("M\x01", "/x\x00", "Version=2099-01-01", "x", "y")
	f.Fuzz(func(t *testing.T, method, path, query, media, body string) {
		b := newBench(t)
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		req := wire.Request{Method: method, Path: path, Query: query, Body: body}
		if media != "" {
			req.Headers = wire.Headers{{Name: "Content-Type", Value: media}}
		}
		if !b.sendable(req) || path == "/_wireproof/health" {
			t.Skip()
		}
		resp := b.send(req)
		switch kind, _ := resp.Headers.MediaType(); kind {
		case "text/xml":
			var d rds.Decoder
			if resp.Status >= 400 {
				var e rds.Error
				if err := d.DecodeError(&resp, &e); err != nil || e.Shape() == nil || e.Shape().Status != resp.Status {
					t.Errorf("%v\n%s", err, resp.Body)
				}
			} else {
				op, _ := rds.ParseOperation(strings.TrimSuffix(resp.Body[1:strings.IndexByte(resp.Body, ' ')], "Response"))
				if err := d.DecodeResponse(&resp, op.NewOutput()); err != nil {
					t.Errorf("%v\n%s", err, resp.Body)
				}
			}
			b.noFindings(&resp, d.Findings())
			for x := xml.NewDecoder(strings.NewReader(resp.Body)); ; {
				if _, err := x.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%v\n%s", err, resp.Body)
				}
			}
		case "application/json":
			op := mediaconnect.PurchaseOffering
			if method == "GET" {
				return // which operation it was is told by the path alone
			}
			b.readMC(resp, op)
		default:
			t.Errorf("%d %v %q", resp.Status, resp.Headers, resp.Body)
		}
		if resp.Status >= 400 {
			if list := b.instancesOf("", rds.DescribeReservedDBInstancesInput{}, emulatorAccount); len(list) > 0 {
				t.Errorf("a request that failed has bought %v", list[0].ReservedDBInstanceId)
			}
		}
	})
}
