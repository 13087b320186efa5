package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// client is a connection that is kept alive.
type client struct {
	net.Conn
	r *bufio.Reader
}

func connect(addr string) (*client, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &client{c, bufio.NewReaderSize(c, 64<<10)}, nil
}

// request is what is asked, for an account.
type request struct {
	method, target, service, body string
}

const (
	form     = "/" // the target of RDS
	offering = "649fd0c8-cf6d-47a0-bfa6-060f8e75e95f"
	purchase = "Action=PurchaseReservedDBInstancesOffering&Version=2014-10-31&ReservedDBInstancesOfferingId=" + offering
	describe = "Action=DescribeReservedDBInstances&Version=2014-10-31"

	offerings    = "/v1/offerings"
	reservations = "/v1/reservations"
	buyable      = offerings + "/arn%3Aaws%3Amediaconnect%3Aus-east-1%3A123456789012%3Aoffering%3A1-23aBC45dEF67hiJ8%3AMyOffering"
)

// ask sends a request and reads the whole answer. The scope is there for the
// account; nothing is signed.
func (c *client) ask(account int, q request, readBody bool) (status int, body string, err error) {
	c.SetDeadline(time.Now().Add(30 * time.Second))
	media := "application/json"
	if q.service == "rds" {
		media = "application/x-www-form-urlencoded"
	}
	_, err = fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: soak\r\nContent-Type: %s\r\nAuthorization: AWS4-HMAC-SHA256 "+
		"Credential=%012d/20200315/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0\r\nContent-Length: %d\r\n\r\n%s",
		q.method, q.target, media, account, q.service, len(q.body), q.body)
	if err != nil {
		return 0, "", err
	}
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil {
		return 0, "", err
	}
	var text strings.Builder
	var to io.Writer = io.Discard
	if readBody {
		to = &text
	}
	_, err = io.Copy(to, resp.Body) // as long as Content-Length says, or it is an error
	return resp.StatusCode, text.String(), err
}
