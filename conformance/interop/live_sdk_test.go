package interop

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	sdkcredentials "github.com/aws/aws-sdk-go-v2/credentials"
	sdkmc "github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	sdkrds "github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/smithy-go/middleware"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// The story as aws-sdk-go-v2 plays it, with the SDK's own signer, retryer and
// paginators.
func TestLiveSDK(t *testing.T) {
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	liveClient{
		name: "aws-sdk-go-v2", version: rds.Latest, services: []string{"rds", "mediaconnect"},
		value:   func(out any) any { return peerOutput(out) },
		failure: sdkPeerError,
		call: func(t *testing.T, s *stage, c liveCall) liveReply {
			return liveSDK{wholeBody{client}, c}.call(t)
		},
	}.play(t)
}

// wholeBody reads a response to its end before the SDK does. aws-sdk-go-v2 1.47.7
// now and then closes a connection while it still decodes what came over it: of
// some hundred answers of 64 KB, by any server, one fails with "use of closed
// network connection" and is asked for again, and requests could not be counted.
// net/http alone does no such thing.
type wholeBody struct{ client *http.Client }

func (w wholeBody) Do(req *http.Request) (*http.Response, error) {
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

type liveSDK struct {
	http wholeBody
	liveCall
}

func (c liveSDK) call(t *testing.T) (reply liveReply) {
	t.Helper()
	pair := sdkcredentials.NewStaticCredentialsProvider(c.Caller.AccessKey, c.Caller.SecretKey, c.Caller.Token)
	retryer := func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts = 2
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
		})
	}
	clients := sdkClients{
		rds: sdkrds.New(sdkrds.Options{Region: c.Region, HTTPClient: c.http, Credentials: pair, Retryer: retryer(), BaseEndpoint: &c.Endpoint}),
		mc:  sdkmc.New(sdkmc.Options{Region: c.Region, HTTPClient: c.http, Credentials: pair, Retryer: retryer(), BaseEndpoint: &c.Endpoint}),
	}
	outs, metas, err := clients.send(t.Context(), inputToSDK(c.in), c.Pages)
	for i, out := range outs {
		reply.Values = append(reply.Values, peerOutput(outputFromSDK(out, operationOf(c.in).output)))
		id, _ := awsmiddleware.GetRequestIDMetadata(metas[i])
		reply.RequestIDs = append(reply.RequestIDs, id)
	}
	if err != nil {
		e := liveSDKError(t, err)
		reply.Error = &e
	}
	return reply
}

// send makes one call, or all that the paginator makes.
func (s sdkClients) send(ctx context.Context, in any, pages bool) (outs []any, metas []middleware.Metadata, err error) {
	add := func(out any, meta middleware.Metadata, err error) error {
		if err == nil {
			outs, metas = append(outs, out), append(metas, meta)
		}
		return err
	}
	switch in := in.(type) {
	case *sdkrds.DescribeReservedDBInstancesOfferingsInput:
		p := sdkrds.NewDescribeReservedDBInstancesOfferingsPaginator(s.rds, in)
		for more := true; more && err == nil; more = pages && p.HasMorePages() {
			err = add(result(p.NextPage(ctx)))
		}
	case *sdkrds.PurchaseReservedDBInstancesOfferingInput:
		err = add(result(s.rds.PurchaseReservedDBInstancesOffering(ctx, in)))
	case *sdkrds.DescribeReservedDBInstancesInput:
		p := sdkrds.NewDescribeReservedDBInstancesPaginator(s.rds, in)
		for more := true; more && err == nil; more = pages && p.HasMorePages() {
			err = add(result(p.NextPage(ctx)))
		}
	case *sdkmc.ListOfferingsInput:
		p := sdkmc.NewListOfferingsPaginator(s.mc, in)
		for more := true; more && err == nil; more = pages && p.HasMorePages() {
			err = add(result(p.NextPage(ctx)))
		}
	case *sdkmc.DescribeOfferingInput:
		err = add(result(s.mc.DescribeOffering(ctx, in)))
	case *sdkmc.PurchaseOfferingInput:
		err = add(result(s.mc.PurchaseOffering(ctx, in)))
	case *sdkmc.ListReservationsInput:
		p := sdkmc.NewListReservationsPaginator(s.mc, in)
		for more := true; more && err == nil; more = pages && p.HasMorePages() {
			err = add(result(p.NextPage(ctx)))
		}
	case *sdkmc.DescribeReservationInput:
		err = add(result(s.mc.DescribeReservation(ctx, in)))
	}
	return outs, metas, err
}

// liveSDKError is an error of the SDK in the form that all clients have here.
func liveSDKError(t *testing.T, err error) peerError {
	t.Helper()
	f := failureOf(t, err, "")
	var response *awshttp.ResponseError
	if !errors.As(err, &response) {
		t.Fatalf("no response: %v", err)
	}
	id, fault := response.ServiceRequestID(), f.Fault.String()
	return peerError{Type: f.Type, Code: f.Code, Message: f.Message, Fault: &fault, RequestID: &id, Status: response.HTTPStatusCode()}
}

func sdkPeerError(op operation, shape *wire.ErrorShape, message wire.Opt[string]) peerError {
	f := sdkFailure(shape, slices.Contains(op.modeled, shape), message)
	fault := f.Fault.String()
	return peerError{Type: f.Type, Code: f.Code, Message: f.Message, Fault: &fault, Status: shape.Status}
}
