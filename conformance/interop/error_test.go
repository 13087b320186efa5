package interop

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	mctypes "github.com/aws/aws-sdk-go-v2/service/mediaconnect/types"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// failure is an error response as a client shows it.
type failure struct {
	Type      string // the modeled exception, or "" for a generic error
	Code      string
	Message   string
	Fault     smithy.ErrorFault
	RequestID string
}

// failureOf gives what the SDK made of an error response.
func failureOf(t *testing.T, err error, requestID string) failure {
	t.Helper()
	var api smithy.APIError
	if !errors.As(err, &api) {
		t.Errorf("the SDK has no API error: %v", err)
		return failure{}
	}
	f := failure{Code: api.ErrorCode(), Message: api.ErrorMessage(), Fault: api.ErrorFault(), RequestID: requestID}
	switch api.(type) {
	case *smithy.GenericAPIError:
	case *rdstypes.ReservedDBInstancesOfferingNotFoundFault:
		f.Type = "ReservedDBInstancesOfferingNotFoundFault"
	case *rdstypes.ReservedDBInstanceAlreadyExistsFault:
		f.Type = "ReservedDBInstanceAlreadyExistsFault"
	case *rdstypes.ReservedDBInstanceQuotaExceededFault:
		f.Type = "ReservedDBInstanceQuotaExceededFault"
	case *rdstypes.ReservedDBInstanceNotFoundFault:
		f.Type = "ReservedDBInstanceNotFoundFault"
	case *mctypes.BadRequestException:
		f.Type = "BadRequestException"
	case *mctypes.ForbiddenException:
		f.Type = "ForbiddenException"
	case *mctypes.NotFoundException:
		f.Type = "NotFoundException"
	case *mctypes.TooManyRequestsException:
		f.Type = "TooManyRequestsException"
	case *mctypes.InternalServerErrorException:
		f.Type = "InternalServerErrorException"
	case *mctypes.ServiceUnavailableException:
		f.Type = "ServiceUnavailableException"
	default:
		t.Errorf("unexpected exception %T", api)
	}
	return f
}

// operation is what a test of errors needs of an operation of either service.
type operation struct {
	name    string
	output  any // names the operation to minimalInput
	modeled []*wire.ErrorShape
	others  []*wire.ErrorShape // errors that are generic ones here
	// respond makes the response of an error with this shape, without a message
	// where message is absent.
	respond func(shape *wire.ErrorShape, message wire.Opt[string]) (wire.Response, error)
}

const errorID = "the-error-id"

func operations() (all []operation) {
	var faults []*wire.ErrorShape
	for _, o := range rds.Operations() {
		faults = append(faults, o.Errors()...)
	}
	for _, o := range rds.Operations() {
		all = append(all, operation{o.String(), o.NewOutput(), o.Errors(), rest(slices.Concat(faults, rds.CommonErrors()), o.Errors()),
			func(shape *wire.ErrorShape, message wire.Opt[string]) (wire.Response, error) {
				e := rds.NewError(shape, "", errorID)
				e.Message = message
				return rds.Encoder{}.EncodeError(e)
			}})
	}
	for _, o := range mediaconnect.Operations() {
		all = append(all, operation{o.String(), o.NewOutput(), o.Errors(), rest(slices.Concat(mediaconnect.ModeledErrors(), mediaconnect.CommonErrors()), o.Errors()),
			func(shape *wire.ErrorShape, message wire.Opt[string]) (wire.Response, error) {
				e := mediaconnect.NewError(shape, "", errorID)
				e.Message = message
				return mediaconnect.Encoder{}.EncodeError(e)
			}})
	}
	return all
}

func rest(all, without []*wire.ErrorShape) (others []*wire.ErrorShape) {
	for _, s := range all {
		if !slices.Contains(without, s) && !slices.Contains(others, s) {
			others = append(others, s)
		}
	}
	return others
}

var messages = map[string]wire.Opt[string]{
	"plain":         wire.Some("What went wrong."),
	"entities":      wire.Some(`<a> & "b" 'c' ]]>`),
	"white space":   wire.Some("  two\n lines\t "),
	"beyond ASCII":  wire.Some("é 😀 \u2028"),
	"empty":         wire.Some(""),
	"no message":    {},
	"not an object": wire.Some("[]"),
}

// Every error that a service can answer comes out of the SDK as the exception
// that the model has for the operation, and any other as a generic error with
// its code.
func TestErrors(t *testing.T) {
	client := newSDK()
	for _, op := range operations() {
		t.Run(op.name, func(t *testing.T) {
			if len(op.modeled) == 0 || len(op.others) == 0 {
				t.Fatalf("%d modeled errors, %d others", len(op.modeled), len(op.others))
			}
			for _, shape := range slices.Concat(op.modeled, op.others) {
				for reason, message := range messages {
					resp, err := op.respond(shape, message)
					if err != nil {
						t.Fatal(err)
					}
					if resp.Status != shape.Status {
						t.Errorf("%s: status %d, want %d", shape.Code, resp.Status, shape.Status)
					}
					want := sdkFailure(shape, slices.Contains(op.modeled, shape), message)
					_, id, err := client.call(t.Context(), inputToSDK(minimalInput(op.output)), resp)
					if diff := cmp.Diff(want, failureOf(t, err, id)); diff != "" {
						t.Errorf("%s, %s (-ours +SDK's):\n%s\n%+v", shape.Code, reason, diff, resp)
					}
				}
			}
		})
	}
}

// sdkFailure is what our error is to the SDK.
func sdkFailure(shape *wire.ErrorShape, modeled bool, message wire.Opt[string]) failure {
	f := failure{Code: shape.Code, Message: message.Or(""), RequestID: errorID}
	switch {
	case !modeled && f.Message == "":
		// A generic error without a message gets this one from the SDK.
		f.Message = "UnknownError"
	case modeled:
		f.Type = shape.Name
		f.Fault = smithy.FaultServer
		if shape.Sender {
			f.Fault = smithy.FaultClient
		}
	}
	return f
}

// TestErrors tries every error of our tables on every operation; an error that
// the tables lack is found by counting. WIRE.md sections A.8 and B.15.
func TestErrorTables(t *testing.T) {
	want := map[string]int{
		"DescribeReservedDBInstancesOfferings": 1, "PurchaseReservedDBInstancesOffering": 3, "DescribeReservedDBInstances": 1,
		"ListOfferings": 4, "DescribeOffering": 5, "PurchaseOffering": 6, "ListReservations": 4, "DescribeReservation": 5,
	}
	got := map[string]int{}
	for _, op := range operations() {
		got[op.name] = len(op.modeled)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("modeled errors by operation (-want +got):\n%s", diff)
	}
}

// An error that has no request id says so to the SDK.
func TestErrorWithoutRequestID(t *testing.T) {
	client := newSDK()
	responses := map[string]func() (wire.Response, error){
		"rds": func() (wire.Response, error) {
			e := rds.NewError(rds.ReservedDBInstanceNotFoundFault, "m", "")
			e.RequestID = wire.Opt[string]{}
			return rds.Encoder{}.EncodeError(e)
		},
		"mediaconnect": func() (wire.Response, error) {
			e := mediaconnect.NewError(mediaconnect.NotFoundException, "m", "")
			e.RequestID = wire.Opt[string]{}
			return mediaconnect.Encoder{}.EncodeError(e)
		},
	}
	outputs := map[string]any{"rds": &rds.DescribeReservedDBInstancesOutput{}, "mediaconnect": &mediaconnect.DescribeOfferingOutput{}}
	for service, respond := range responses {
		resp, err := respond()
		if err != nil {
			t.Fatal(err)
		}
		_, id, err := client.call(t.Context(), inputToSDK(minimalInput(outputs[service])), resp)
		if f := failureOf(t, err, id); f.Type == "" || f.RequestID != "" {
			t.Errorf("%s: got %+v", service, f)
		}
	}
}

func (f failure) String() string {
	return fmt.Sprintf("%s %q %q (%s)", f.Type, f.Code, f.Message, f.RequestID)
}
