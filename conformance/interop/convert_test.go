package interop

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

func inputToSDK(in any) any {
	if in, ok := in.(rds.Input); ok {
		return rdsInputToSDK(in)
	}
	return mcInputToSDK(in.(mediaconnect.Input))
}

func outputToSDK(out any) any {
	if out, ok := out.(rds.Output); ok {
		return rdsOutputToSDK(out)
	}
	return mcOutputToSDK(out.(mediaconnect.Output))
}

// outputFromSDK gives an output of the same service as like.
func outputFromSDK(out, like any) any {
	if _, ok := like.(rds.Output); ok {
		return rdsOutputFromSDK(out)
	}
	return mcOutputFromSDK(out)
}

func pointer[T any](o wire.Opt[T]) *T {
	if v, ok := o.Get(); ok {
		return &v
	}
	return nil
}

func option[T any](p *T) (o wire.Opt[T]) {
	if p != nil {
		o.Set(*p)
	}
	return o
}

func integerToSDK(o wire.Opt[int64]) *int32 {
	v, ok := o.Get()
	if !ok {
		return nil
	}
	small := int32(v)
	if int64(small) != v {
		panic(fmt.Sprintf("%d: the encoder refuses it", v))
	}
	return &small
}

func integerFromSDK(p *int32) (o wire.Opt[int64]) {
	if p != nil {
		o.Set(int64(*p))
	}
	return o
}

// timeToSDK and timeFromSDK lose how many digits the fraction had.
func timeToSDK(o wire.Opt[wire.Timestamp]) *time.Time {
	v, ok := o.Get()
	if !ok {
		return nil
	}
	t := v.Time()
	return &t
}

func timeFromSDK(p *time.Time) (o wire.Opt[wire.Timestamp]) {
	if p != nil {
		o.Set(wire.Timestamp{Unix: p.Unix(), Nano: int32(p.Nanosecond())})
	}
	return o
}

func enumFromSDK[T ~string](v T) (o wire.Opt[T]) {
	if v != "" {
		o.Set(v)
	}
	return o
}

func structToSDK[A, B any](o wire.Opt[A], convert func(A) B) *B {
	v, ok := o.Get()
	if !ok {
		return nil
	}
	b := convert(v)
	return &b
}

func structFromSDK[A, B any](p *A, convert func(A) B) (o wire.Opt[B]) {
	if p != nil {
		o.Set(convert(*p))
	}
	return o
}

// listToSDK keeps an absent list (nil) apart from an empty one.
func listToSDK[A, B any](o wire.Opt[[]A], convert func(A) B) []B {
	v, ok := o.Get()
	if !ok {
		return nil
	}
	list := make([]B, 0, len(v))
	for _, item := range v {
		list = append(list, convert(item))
	}
	return list
}

func listFromSDK[A, B any](s []A, convert func(A) B) (o wire.Opt[[]B]) {
	if s == nil {
		return o
	}
	list := make([]B, 0, len(s))
	for _, item := range s {
		list = append(list, convert(item))
	}
	o.Set(list)
	return o
}

func same[T any](v T) T { return v }

// sdkValues compares two values of the SDK, all exported members of them but the
// metadata, which holds the request id and is asked for it.
var sdkValues = cmp.Options{doubles, cmp.FilterPath(func(p cmp.Path) bool {
	field, ok := p.Last().(cmp.StructField)
	return ok && (field.Name() == "noSmithyDocumentSerde" || field.Name() == "ResultMetadata")
}, cmp.Ignore())}

// ourValues compares two values of the codec by what a client can know of them:
// null is absent, an absent enumeration is empty, a timestamp is an instant.
var ourValues = cmp.Options{
	doubles, cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b wire.Timestamp) bool { return a.Time().Equal(b.Time()) }),
	cmpopts.IgnoreTypes([]wire.Unknown{}, rds.Metadata{}, mediaconnect.Metadata{}),
	cmpopts.IgnoreFields(mediaconnect.Offering{}, "Null"), cmpopts.IgnoreFields(mediaconnect.Reservation{}, "Null"),
	present[string](), present[int64](), present[float64](), present[bool](), present[wire.Timestamp](),
	present[rds.ReservedDBInstance](), present[[]rds.ReservedDBInstance](), present[[]rds.ReservedDBInstancesOffering](),
	present[[]rds.RecurringCharge](), present[mediaconnect.ResourceSpecification](),
	present[mediaconnect.Offering](), present[[]mediaconnect.Offering](),
	present[mediaconnect.Reservation](), present[[]mediaconnect.Reservation](),
	enum[mediaconnect.DurationUnits](), enum[mediaconnect.PriceUnits](),
	enum[mediaconnect.ReservationState](), enum[mediaconnect.ResourceType](),
}

var doubles = cmp.Comparer(func(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
})

func present[T any]() cmp.Option { return cmp.Transformer("present", pointer[T]) }

func enum[T ~string]() cmp.Option {
	return cmp.Transformer("enum", func(o wire.Opt[T]) string { return string(o.Or("")) })
}

// A member that the SDK has and we do not is found here: where each of our
// members has a value, so does each of the SDK's.
func TestEveryMemberOfTheSDK(t *testing.T) {
	for _, full := range fullInputs() {
		everyMember(t, reflect.ValueOf(inputToSDK(full)), fmt.Sprintf("%T", full))
	}
	for _, full := range fullOutputs() {
		everyMember(t, reflect.ValueOf(outputToSDK(full)), fmt.Sprintf("%T", full))
		back := outputFromSDK(outputToSDK(full), full)
		if diff := cmp.Diff(full, back, ourValues); diff != "" {
			t.Errorf("%T there and back (-want +got):\n%s", full, diff)
		}
	}
}

func everyMember(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			t.Errorf("%s is nil", path)
			return
		}
		everyMember(t, v.Elem(), path)
	case reflect.Slice:
		if v.Len() == 0 {
			t.Errorf("%s is empty", path)
			return
		}
		everyMember(t, v.Index(0), path+"[0]")
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" {
				everyMember(t, v.Field(i), path+"."+f.Name)
			}
		}
	default:
		if v.IsZero() {
			t.Errorf("%s is zero", path)
		}
	}
}
