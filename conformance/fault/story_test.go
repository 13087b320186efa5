package fault_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rawhttp"
)

const (
	alice = "111122223333"
	bob   = "444455556666"

	documented = "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	offeringOf = "/v1/offerings/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AMyOffering"
	formType   = "application/x-www-form-urlencoded"
)

// story plays requests of all operations, and mistakes of all kinds, against one
// address, over one connection for as long as that lasts.
type story struct {
	testing.TB
	addr    string
	timeout time.Duration
	// stop, where it is set, ends the story early.
	stop func() bool

	now func() time.Time
	// alone leaves out requests at the same time.
	alone bool

	conn *rawhttp.Conn
	all  []*exchange.Exchange
	over bool
}

func newStory(t testing.TB, addr string) *story {
	return &story{TB: t, addr: addr, timeout: 150 * time.Millisecond, now: time.Now}
}

func (s *story) dial() *rawhttp.Conn {
	s.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.Fatal(err)
	}
	return rawhttp.New(conn, rawhttp.Limits{Timeout: s.timeout, MaxResponse: 4 << 20}, time.Now)
}

// raw sends bytes and gives what came back, or nil once the story is over.
func (s *story) raw(r rawhttp.Request) *exchange.Exchange {
	s.Helper()
	if s.over {
		return nil
	}
	if s.conn == nil || !s.conn.Usable() {
		if s.conn != nil {
			s.conn.Finish(0)
		}
		s.conn = s.dial()
	}
	x := s.conn.Do(context.Background(), r)
	s.all = append(s.all, x)
	s.over = s.stop != nil && s.stop()
	return x
}

func (s *story) end() {
	if s.conn != nil {
		s.conn.Finish(0)
	}
}

func bytesOf(account, service string, r wire.Request) string {
	headers := wire.Headers{{Name: "Host", Value: "127.0.0.1"}}
	if account != "" {
		headers = append(headers, wire.HeaderField{Name: "Authorization",
			Value: "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/us-east-1/" + service + "/aws4_request, SignedHeaders=host, Signature=0"})
	}
	r.Headers = append(headers, r.Headers...)
	return string(exchange.AppendRequest(nil, &r))
}

func formRequest(form string) wire.Request {
	return wire.Request{Method: "POST", Path: "/", Headers: wire.Headers{{Name: "Content-Type", Value: formType}}, Body: form}
}

// rds sends a form of the latest version, or of the one that it names.
func (s *story) rds(account, form string) string {
	s.Helper()
	if !strings.Contains(form, "Version=") {
		form += "&Version=2014-10-31"
	}
	return bodyOf(s.raw(rawhttp.Request{Bytes: bytesOf(account, "rds", formRequest(form))}))
}

// get sends a request of MediaConnect.
func (s *story) get(account, target string) string {
	s.Helper()
	path, query, _ := strings.Cut(target, "?")
	return bodyOf(s.raw(rawhttp.Request{Bytes: bytesOf(account, "mediaconnect", wire.Request{Method: "GET", Path: path, Query: query})}))
}

func (s *story) post(account, path, contentType, body string) string {
	s.Helper()
	r := wire.Request{Method: "POST", Path: path, Body: body, Headers: wire.Headers{{Name: "Content-Type", Value: contentType}}}
	return bodyOf(s.raw(rawhttp.Request{Bytes: bytesOf(account, "mediaconnect", r)}))
}

func bodyOf(x *exchange.Exchange) string {
	if x == nil || x.Response == nil {
		return ""
	}
	return x.Response.Body
}

// atOnce sends a request over several connections at the same time.
func (s *story) atOnce(bytes string) {
	s.Helper()
	if s.over || s.alone {
		return
	}
	got := make([]*exchange.Exchange, 2)
	var group sync.WaitGroup
	for i := range got {
		conn := s.dial()
		group.Go(func() {
			got[i] = conn.Do(context.Background(), rawhttp.Request{Bytes: bytes})
			conn.Finish(0)
		})
	}
	group.Wait()
	s.all = append(s.all, got...)
	s.over = s.stop != nil && s.stop()
}

const (
	buy       = "Action=PurchaseReservedDBInstancesOffering&ReservedDBInstancesOfferingId="
	instances = "Action=DescribeReservedDBInstances"
	offerings = "Action=DescribeReservedDBInstancesOfferings"
)

// play is the story.
func (s *story) play() {
	s.Helper()
	for range 4 { // some faults leave the first answers alone
		s.get(alice, offeringOf)
	}
	s.playRDS()
	s.playMediaConnect()
	s.playHTTP()
	s.end()
}

// playSingle is the story without what depends on the clock or on which of two
// requests comes first.
func (s *story) playSingle() {
	s.Helper()
	s.alone = true
	s.play()
}

func (s *story) playRDS() {
	special := url.QueryEscape(`wp-a&<b>"'é 日本 %41-and-longer`)
	tags := ""
	for i := 1; i <= 10; i++ {
		tags += fmt.Sprintf("&Tags.Tag.%d.Key=k%d&Tags.Tag.%d.Value=two+words", i, i, i)
	}
	hourly := between(s.rds(alice, offerings+"&OfferingType=No+Upfront"), "<ReservedDBInstancesOfferingId>", "<")
	s.rds(alice, buy+documented+"&ReservedDBInstanceId="+special+"&DBInstanceCount=3"+tags)
	s.rds(alice, buy+documented)
	s.rds(alice, buy+hourly+"&ReservedDBInstanceId=hourly")
	s.rds(alice, buy+documented+"&ReservedDBInstanceId=hourly") // there already
	s.rds(alice, buy+documented+"&ReservedDBInstanceId=hourly")
	s.rds(alice, buy+"no-such")
	s.rds(alice, "Action=PurchaseReservedDBInstancesOffering")
	s.rds(alice, buy+documented+"&Tags=")
	s.rds(alice, buy+documented+"&Tags.member.1.Key=k&Tags.member.1.Value=v")
	s.rds(alice, buy+documented+"&DBInstanceCount=x")
	s.rds(alice, buy+documented+"&ReservedDBInstanceId=two+words")
	s.rds(alice, buy+documented+"&ReservedDBInstanceId=old&Version=2012-04-23")
	s.rds(bob, buy+documented+"&ReservedDBInstanceId=of-bob")
	s.rds(alice, instances)
	s.rds(alice, instances)
	s.rds(alice, instances+"&Version=2012-04-23")
	s.rds(alice, instances+"&ReservedDBInstanceId=hourly")
	s.rds(alice, instances+"&ReservedDBInstanceId=no-such")
	s.rds(alice, instances+"&ReservedDBInstanceId=no-such") // every second answer differs
	for _, filter := range []string{"DBInstanceClass=none", "Duration=1", "Duration=3", "ProductDescription=none", "OfferingType=none", "MultiAZ=false",
		"ReservedDBInstancesOfferingId=" + hourly, "LeaseId=none", "DBInstanceClass=db.m1.small&Duration=3", "MultiAZ=maybe", "Filters="} {
		s.rds(alice, instances+"&"+filter)
	}
	for i := range 20 {
		s.rds(alice, fmt.Sprintf("%s%s&ReservedDBInstanceId=more-%d", buy, documented, i))
	}
	marker := ""
	for _, form := range []string{instances + "&MaxRecords=20", offerings + "&MaxRecords=100"} {
		marker = ""
		for range 7 {
			page := form
			if marker != "" {
				page += "&Marker=" + url.QueryEscape(marker)
			}
			if marker = between(s.rds(alice, page), "<Marker>", "<"); marker == "" {
				break
			}
		}
	}
	s.rds(alice, offerings+"&MaxRecords=20")
	s.rds(alice, offerings+"&ReservedDBInstancesOfferingId="+documented)
	s.rds(alice, offerings+"&ReservedDBInstancesOfferingId=no-such")
	for _, filter := range []string{"DBInstanceClass=db.m1.small", "Duration=1", "Duration=3", "ProductDescription=mysql", "OfferingType=All+Upfront", "MultiAZ=true",
		"DBInstanceClass=db.m1.small&Duration=94608000", "MaxRecords=19", "MaxRecords=101", "MaxRecords=x", "Marker=altered", "DBInstanceClass=none"} {
		s.rds(alice, offerings+"&"+filter)
	}
	s.rds(alice, "Action=NoSuchAction")
	s.rds(alice, "NoAction=1")
	s.rds(alice, instances+"&ReservedDBInstanceId=%zz")
	s.rds(alice, instances+"&ReservedDBInstanceId=%ff")
	query := wire.Request{Method: "GET", Path: "/", Query: instances + "&Version=2014-10-31"}
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", query)})
	charset := formRequest(instances + "&Version=2014-10-31")
	charset.Headers[0].Value += "; charset=utf-8"
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", charset)})
	s.atOnce(bytesOf(alice, "rds", formRequest(buy+documented+"&Version=2014-10-31&ReservedDBInstanceId=at-once")))
	s.atOnce(bytesOf(alice, "rds", formRequest(buy+documented+"&Version=2014-10-31")))
}

func (s *story) playMediaConnect() {
	start := s.now().UTC().Format("2006-01-02T15:04:05Z")
	named := func(name string) string { return `{"reservationName":` + name + `,"start":"` + start + `"}` }
	const label = "/v1/offerings/"
	s.get(alice, "/v1/reservations")
	for range 2 {
		s.get(alice, "/v1/offerings?maxResults=1000")
	}
	s.get(alice, "/v1/offerings")
	token := ""
	for range 7 {
		target := "/v1/offerings?maxResults=20"
		if token != "" {
			target += "&nextToken=" + url.QueryEscape(token)
		}
		if token = between(s.get(alice, target), `"nextToken":"`, `"`); token == "" {
			break
		}
	}
	for _, query := range []string{"maxResults=0", "maxResults=1001", "maxResults=x", "nextToken=altered", "maxResults=2&maxResults=3", "maxResults=2"} {
		s.get(alice, "/v1/offerings?"+query)
	}
	s.get(alice, offeringOf)
	accept := wire.Request{Method: "GET", Path: offeringOf, Headers: wire.Headers{{Name: "Accept", Value: "*/*"}}}
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "mediaconnect", accept)})
	for _, path := range []string{label + "no-such", label + "a%2Bb%2Fc%2541", label, label + "..%2Freservations", "/v1/reservations/no-such", "/v1/no-such"} {
		s.get(alice, path)
	}
	const mediaType = "application/json"
	for _, body := range []string{"", "{", "{}", named(`"x"`) + "x", strings.Replace(named(`"x"`), "}", ",}", 1), named("1"), named("null"), named(`["x"]`),
		`{"reservationName":"x"}`, `{"reservationName":"x","start":"2001-01-01T00:00:00Z"}`, `{"reservationName":"x","start":"today"}`,
		`{"ReservationName":"x","Start":"` + start + `"}`} {
		s.post(alice, offeringOf, mediaType, body)
	}
	s.post(alice, label+"no-such", mediaType, named(`"x"`))
	arn := arnIn(s.post(alice, offeringOf, mediaType, named(`"A\u0042 & \"é\" 日本"`)))
	s.post(alice, offeringOf, mediaType, named(`"second"`))
	s.post(bob, offeringOf, mediaType+"; charset=utf-8", named(`"of bob"`))
	at := "/v1/reservations/" + url.PathEscape(arn)
	for range 4 {
		s.get(alice, at)
		s.get(alice, "/v1/reservations")
	}
	s.atOnce(bytesOf("777788889999", "mediaconnect", wire.Request{Method: "POST", Path: offeringOf, Body: named(`"at once"`),
		Headers: wire.Headers{{Name: "Content-Type", Value: mediaType}}}))
}

// playHTTP sends requests in other forms of HTTP.
func (s *story) playHTTP() {
	plain := bytesOf(alice, "rds", formRequest(instances+"&Version=2014-10-31&DBInstanceClass=none"))
	s.raw(rawhttp.Request{Bytes: strings.Replace(plain, "HTTP/1.1", "HTTP/1.0", 1)})
	chunked := formRequest(instances + "&Version=2014-10-31&DBInstanceClass=none")
	chunked.Headers = append(chunked.Headers, wire.HeaderField{Name: "Transfer-Encoding", Value: "chunked"})
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", chunked)})
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "mediaconnect", wire.Request{Method: "HEAD", Path: "/v1/offerings"})})
	expecting := formRequest(instances + "&Version=2014-10-31&DBInstanceClass=none")
	expecting.Headers = append(expecting.Headers, wire.HeaderField{Name: "Expect", Value: "100-continue"})
	s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", expecting), Continue: true})
	s.raw(rawhttp.Request{Bytes: plain})
	for i := range 4 { // an account has one reservation
		at := fmt.Sprint(200_000_000_000 + i)
		s.post(at, offeringOf, "application/json", `{"reservationName":"x","start":"`+s.now().UTC().Format("2006-01-02T15:04:05Z")+`"}`)
	}
	head := bytesOf(alice, "mediaconnect", wire.Request{Method: "HEAD", Path: "/v1/offerings"})
	for range 4 {
		s.raw(rawhttp.Request{Bytes: head})
		s.raw(rawhttp.Request{Bytes: strings.Replace(plain, "HTTP/1.1", "HTTP/1.0", 1)})
		s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", chunked)})
		s.raw(rawhttp.Request{Bytes: bytesOf(alice, "rds", expecting), Continue: true})
	}
}

// arnIn finds the ARN of a reservation, where there is one.
func arnIn(body string) string {
	var document struct {
		Reservation struct{ ReservationArn string }
	}
	_ = json.Unmarshal([]byte(body), &document)
	return document.Reservation.ReservationArn
}

func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}
