package bench

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// middlewares are what is taken out of a client's stack.
type middlewares struct {
	deserializer middleware.DeserializeMiddleware
	serializer   middleware.SerializeMiddleware
}

var errTaken = errors.New("taken")

// take is an APIOption that keeps the operation's own middlewares and ends the
// call before anything is sent.
func (m *middlewares) take(stack *middleware.Stack) error {
	m.deserializer, _ = stack.Deserialize.Get("OperationDeserializer")
	m.serializer, _ = stack.Serialize.Get("OperationSerializer")
	return errTaken
}

// rdsMiddlewares takes the middlewares of the operation that call calls.
func rdsMiddlewares(call func(*rds.Client) error) (middlewares, error) {
	var m middlewares
	err := call(rds.New(rds.Options{Region: "us-east-1", APIOptions: []func(*middleware.Stack) error{m.take}}))
	return m, m.missing(err)
}

// mcMiddlewares takes the middlewares of the operation that call calls.
func mcMiddlewares(call func(*mediaconnect.Client) error) (middlewares, error) {
	var m middlewares
	err := call(mediaconnect.New(mediaconnect.Options{Region: "us-east-1", APIOptions: []func(*middleware.Stack) error{m.take}}))
	return m, m.missing(err)
}

func (m *middlewares) missing(err error) error {
	if m.deserializer == nil || m.serializer == nil {
		return errors.Join(errors.New("the client's stack has no OperationSerializer or OperationDeserializer"), err)
	}
	return nil
}

// sdkDeserializer is the deserializer of one operation, called directly on a
// response with one body. The result is the operation's Output struct.
type sdkDeserializer struct {
	middleware middleware.DeserializeMiddleware
	body       bytes.Reader
	bytes      []byte
	status     int
}

// HandleDeserialize is the next handler: the transport.
func (d *sdkDeserializer) HandleDeserialize(context.Context, middleware.DeserializeInput) (
	out middleware.DeserializeOutput, _ middleware.Metadata, _ error,
) {
	d.body.Reset(d.bytes)
	out.RawResponse = &smithyhttp.Response{Response: &http.Response{
		StatusCode:    d.status,
		Header:        http.Header{},
		Body:          io.NopCloser(&d.body),
		ContentLength: int64(len(d.bytes)),
	}}
	return out, middleware.Metadata{}, nil
}

func (d *sdkDeserializer) run() (any, error) {
	out, _, err := d.middleware.HandleDeserialize(context.Background(), middleware.DeserializeInput{}, d)
	return out.Result, err
}

// sdkSerializer is the serializer of one operation, called directly on one
// input. Each call needs a request of its own, as each call of a client does.
type sdkSerializer struct {
	middleware middleware.SerializeMiddleware
	input      any
	request    *smithyhttp.Request
}

// HandleSerialize is the next handler: it keeps the request.
func (s *sdkSerializer) HandleSerialize(_ context.Context, in middleware.SerializeInput) (
	out middleware.SerializeOutput, _ middleware.Metadata, _ error,
) {
	s.request, _ = in.Request.(*smithyhttp.Request)
	return out, middleware.Metadata{}, nil
}

func (s *sdkSerializer) run() error {
	request := &smithyhttp.Request{Request: &http.Request{
		URL:    &url.URL{Scheme: "https", Host: "localhost"},
		Header: http.Header{},
	}}
	_, _, err := s.middleware.HandleSerialize(context.Background(), middleware.SerializeInput{Parameters: s.input, Request: request}, s)
	return err
}

// body is what the last run wrote.
func (s *sdkSerializer) body() (string, error) {
	body, err := io.ReadAll(s.request.GetStream())
	return string(body), err
}

// sdkDescribe decodes a page with the deserializer of DescribeReservedDBInstances.
var sdkDescribe = sdkRDS(func(c *rds.Client) error {
	_, err := c.DescribeReservedDBInstances(context.Background(), &rds.DescribeReservedDBInstancesInput{})
	return err
})

// sdkPurchase decodes with the deserializer of PurchaseReservedDBInstancesOffering.
var sdkPurchase = sdkRDS(func(c *rds.Client) error {
	_, err := c.PurchaseReservedDBInstancesOffering(context.Background(), &rds.PurchaseReservedDBInstancesOfferingInput{
		ReservedDBInstancesOfferingId: aws.String("x"),
	})
	return err
})

// sdkList decodes a page with the deserializer of ListReservations.
var sdkList = sdkMC(http.StatusOK, func(c *mediaconnect.Client) error {
	_, err := c.ListReservations(context.Background(), &mediaconnect.ListReservationsInput{})
	return err
})

// sdkBuy decodes with the deserializer of PurchaseOffering.
var sdkBuy = sdkMC(http.StatusCreated, func(c *mediaconnect.Client) error {
	_, err := c.PurchaseOffering(context.Background(), &mediaconnect.PurchaseOfferingInput{
		OfferingArn: aws.String("x"), ReservationName: aws.String("x"), Start: aws.String("x"),
	})
	return err
})
