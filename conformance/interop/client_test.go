package interop

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	sdkmc "github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	sdkrds "github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/smithy-go/middleware"

	"wireproof/codec/nethttp"
	"wireproof/codec/wire"
)

// transport stands in for the network. Both messages pass through net/http's
// own reader and writer, as they would on a connection: that is where header
// names get their case and header values lose their spaces.
type transport struct {
	answer wire.Response
	sent   *wire.Request // the request of the last call; nil where none was sent
}

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	sent, err := received(req)
	if err != nil {
		return nil, err
	}
	t.sent = &sent
	return answered(t.answer, req)
}

// received is what a server gets of a client's request.
func received(req *http.Request) (wire.Request, error) {
	var raw bytes.Buffer
	if err := req.Write(&raw); err != nil {
		return wire.Request{}, err
	}
	in, err := http.ReadRequest(bufio.NewReader(&raw))
	if err != nil {
		return wire.Request{}, err
	}
	return nethttp.FromRequest(in, wire.MaxDocument)
}

// answered is what a client gets of a server's response.
func answered(resp wire.Response, req *http.Request) (*http.Response, error) {
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "HTTP/1.1 %d %s\r\n", resp.Status, http.StatusText(resp.Status))
	for _, h := range resp.Headers {
		fmt.Fprintf(&raw, "%s: %s\r\n", h.Name, h.Value)
	}
	fmt.Fprintf(&raw, "Content-Length: %d\r\n\r\n%s", len(resp.Body), resp.Body)
	return http.ReadResponse(bufio.NewReader(&raw), req)
}

// sdkClients are the two clients of aws-sdk-go-v2 over one transport.
type sdkClients struct {
	*transport
	rds *sdkrds.Client
	mc  *sdkmc.Client
}

func newSDK() sdkClients {
	t := &transport{}
	client := &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	credentials := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "secret"}, nil
	})
	return sdkClients{
		transport: t,
		rds:       sdkrds.New(sdkrds.Options{Region: "us-east-1", HTTPClient: client, Credentials: credentials, Retryer: aws.NopRetryer{}}),
		mc:        sdkmc.New(sdkmc.Options{Region: "us-east-1", HTTPClient: client, Credentials: credentials, Retryer: aws.NopRetryer{}}),
	}
}

// call calls the operation that in, a pointer to one of the SDK's input structs,
// belongs to, and has it answered with resp. out is a pointer to the SDK's
// output struct. requestID is the one that the SDK shows its caller.
func (s sdkClients) call(ctx context.Context, in any, resp wire.Response) (out any, requestID string, err error) {
	s.sent, s.answer = nil, resp
	var meta middleware.Metadata
	switch in := in.(type) {
	case *sdkrds.DescribeReservedDBInstancesOfferingsInput:
		out, meta, err = result(s.rds.DescribeReservedDBInstancesOfferings(ctx, in))
	case *sdkrds.PurchaseReservedDBInstancesOfferingInput:
		out, meta, err = result(s.rds.PurchaseReservedDBInstancesOffering(ctx, in))
	case *sdkrds.DescribeReservedDBInstancesInput:
		out, meta, err = result(s.rds.DescribeReservedDBInstances(ctx, in))
	case *sdkmc.ListOfferingsInput:
		out, meta, err = result(s.mc.ListOfferings(ctx, in))
	case *sdkmc.DescribeOfferingInput:
		out, meta, err = result(s.mc.DescribeOffering(ctx, in))
	case *sdkmc.PurchaseOfferingInput:
		out, meta, err = result(s.mc.PurchaseOffering(ctx, in))
	case *sdkmc.ListReservationsInput:
		out, meta, err = result(s.mc.ListReservations(ctx, in))
	case *sdkmc.DescribeReservationInput:
		out, meta, err = result(s.mc.DescribeReservation(ctx, in))
	default:
		panic(fmt.Sprintf("no operation takes %T", in))
	}
	requestID, _ = awsmiddleware.GetRequestIDMetadata(meta)
	var withID interface{ ServiceRequestID() string }
	if errors.As(err, &withID) {
		requestID = withID.ServiceRequestID()
	}
	return out, requestID, err
}

// result takes the metadata out of what a method of a client returned.
func result[T any](out *T, err error) (any, middleware.Metadata, error) {
	if err != nil {
		return nil, middleware.Metadata{}, err
	}
	switch out := any(out).(type) {
	case *sdkrds.DescribeReservedDBInstancesOfferingsOutput:
		return out, out.ResultMetadata, nil
	case *sdkrds.PurchaseReservedDBInstancesOfferingOutput:
		return out, out.ResultMetadata, nil
	case *sdkrds.DescribeReservedDBInstancesOutput:
		return out, out.ResultMetadata, nil
	case *sdkmc.ListOfferingsOutput:
		return out, out.ResultMetadata, nil
	case *sdkmc.DescribeOfferingOutput:
		return out, out.ResultMetadata, nil
	case *sdkmc.PurchaseOfferingOutput:
		return out, out.ResultMetadata, nil
	case *sdkmc.ListReservationsOutput:
		return out, out.ResultMetadata, nil
	case *sdkmc.DescribeReservationOutput:
		return out, out.ResultMetadata, nil
	}
	panic("no such output: " + strconv.Quote(fmt.Sprintf("%T", out)))
}
