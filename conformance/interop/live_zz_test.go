package interop

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdkrds "github.com/aws/aws-sdk-go-v2/service/rds"
)

type whole struct {
	c   *http.Client
	bad *int
}

func (w whole) Do(r *http.Request) (*http.Response, error) {
	resp, err := w.c.Do(r)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		*w.bad++
	}
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return resp, nil
}
func TestZZ(t *testing.T) {
	body := `<DescribeReservedDBInstancesOfferingsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeReservedDBInstancesOfferingsResult><ReservedDBInstancesOfferings>` + strings.Repeat("<ReservedDBInstancesOffering><DBInstanceClass>db.m1.small</DBInstanceClass></ReservedDBInstancesOffering>\n", 700) + `</ReservedDBInstancesOfferings></DescribeReservedDBInstancesOfferingsResult></DescribeReservedDBInstancesOfferingsResponse>`
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); w.Header().Set("Content-Type", "text/xml"); w.Write([]byte(body)) }))
	defer s.Close()
	bad, errs := 0, 0
	for range 1500 {
		h := whole{&http.Client{Transport: &http.Transport{}}, &bad}
		c := sdkrds.New(sdkrds.Options{Region: "us-east-1", HTTPClient: h, Retryer: aws.NopRetryer{}, BaseEndpoint: &s.URL,
			Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{AccessKeyID: "a", SecretAccessKey: "b"}, nil })})
		if _, err := c.DescribeReservedDBInstancesOfferings(t.Context(), &sdkrds.DescribeReservedDBInstancesOfferingsInput{}); err != nil {
			errs++
		}
	}
	t.Log("whole", bad, errs)
	bad = 0
	for range 3000 {
		c := &http.Client{Transport: &http.Transport{}}
		resp, err := c.Post(s.URL, "text/plain", strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); err != nil {
			bad++
		}
		resp.Body.Close()
		c.CloseIdleConnections()
	}
	t.Log("net/http alone", bad)
}
