package bench

import (
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	mctypes "github.com/aws/aws-sdk-go-v2/service/mediaconnect/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"

	"wireproof/codec/bench/payload"
)

const sdkDecoder = "aws-sdk-go-v2 deserializer"

// sdkRDS makes the contender out of the operation that call calls.
func sdkRDS(call func(*rds.Client) error) Contender {
	return Contender{Name: sdkDecoder, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		m, err := rdsMiddlewares(call)
		return sdkWork(m, http.StatusOK, doc), err
	}}
}

// sdkMC makes the contender out of the operation that call calls.
func sdkMC(status int, call func(*mediaconnect.Client) error) Contender {
	return Contender{Name: sdkDecoder, Allocs: NoPromise, New: func(doc payload.Document) (Work, error) {
		m, err := mcMiddlewares(call)
		return sdkWork(m, status, doc), err
	}}
}

func sdkWork(m middlewares, status int, doc payload.Document) Work {
	d := &sdkDeserializer{middleware: m.deserializer, bytes: []byte(doc.Text), status: status}
	var out any
	return Work{
		Run: func() (err error) { out, err = d.run(); return err },
		Got: func() (any, error) { return sdkGot(out), nil },
	}
}

// sdkGot puts the SDK's result in the terms of package payload.
func sdkGot(out any) any {
	switch out := out.(type) {
	case *rds.DescribeReservedDBInstancesOutput:
		page := payload.RDSPage{Marker: aws.ToString(out.Marker)}
		for i := range out.ReservedDBInstances {
			page.Instances = append(page.Instances, sdkInstance(&out.ReservedDBInstances[i]))
		}
		return page
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return payload.RDSPage{Instances: []payload.Instance{sdkInstance(out.ReservedDBInstance)}}
	case *mediaconnect.ListReservationsOutput:
		page := payload.MCPage{NextToken: aws.ToString(out.NextToken)}
		for i := range out.Reservations {
			page.Reservations = append(page.Reservations, sdkReservation(&out.Reservations[i]))
		}
		return page
	case *mediaconnect.PurchaseOfferingOutput:
		return payload.MCPage{Reservations: []payload.Reservation{sdkReservation(out.Reservation)}}
	}
	return out
}

func sdkInstance(in *rdstypes.ReservedDBInstance) payload.Instance {
	out := payload.Instance{
		ID:         aws.ToString(in.ReservedDBInstanceId),
		OfferingID: aws.ToString(in.ReservedDBInstancesOfferingId),
		Class:      aws.ToString(in.DBInstanceClass),
		StartMS:    aws.ToTime(in.StartTime).UnixMilli(),
		Duration:   int64(aws.ToInt32(in.Duration)),
		FixedPrice: aws.ToFloat64(in.FixedPrice),
		UsagePrice: aws.ToFloat64(in.UsagePrice),
		Currency:   aws.ToString(in.CurrencyCode),
		Count:      int64(aws.ToInt32(in.DBInstanceCount)),
		Product:    aws.ToString(in.ProductDescription),
		Type:       aws.ToString(in.OfferingType),
		MultiAZ:    aws.ToBool(in.MultiAZ),
		State:      aws.ToString(in.State),
		ARN:        aws.ToString(in.ReservedDBInstanceArn),
		LeaseID:    aws.ToString(in.LeaseId),
	}
	for _, c := range in.RecurringCharges {
		out.Charges = append(out.Charges, payload.Charge{
			Amount: aws.ToFloat64(c.RecurringChargeAmount), Frequency: aws.ToString(c.RecurringChargeFrequency),
		})
	}
	return out
}

func sdkReservation(in *mctypes.Reservation) payload.Reservation {
	out := payload.Reservation{
		CurrencyCode:        aws.ToString(in.CurrencyCode),
		Duration:            int64(aws.ToInt32(in.Duration)),
		DurationUnits:       string(in.DurationUnits),
		End:                 aws.ToString(in.End),
		OfferingArn:         aws.ToString(in.OfferingArn),
		OfferingDescription: aws.ToString(in.OfferingDescription),
		PricePerUnit:        aws.ToString(in.PricePerUnit),
		PriceUnits:          string(in.PriceUnits),
		ReservationArn:      aws.ToString(in.ReservationArn),
		ReservationName:     aws.ToString(in.ReservationName),
		ReservationState:    string(in.ReservationState),
		Start:               aws.ToString(in.Start),
	}
	if s := in.ResourceSpecification; s != nil {
		out.ReservedBitrate = int64(aws.ToInt32(s.ReservedBitrate))
		out.ResourceType = string(s.ResourceType)
	}
	return out
}
