package interop

import (
	sdk "github.com/aws/aws-sdk-go-v2/service/mediaconnect"
	"github.com/aws/aws-sdk-go-v2/service/mediaconnect/types"

	"wireproof/codec/mediaconnect"
)

// The functions below say, member by member, what a value of the codec is in
// the SDK, and back.

func mcInputToSDK(in mediaconnect.Input) any {
	switch in := in.(type) {
	case *mediaconnect.ListOfferingsInput:
		return &sdk.ListOfferingsInput{MaxResults: integerToSDK(in.MaxResults), NextToken: pointer(in.NextToken)}
	case *mediaconnect.DescribeOfferingInput:
		return &sdk.DescribeOfferingInput{OfferingArn: pointer(in.OfferingArn)}
	case *mediaconnect.PurchaseOfferingInput:
		return &sdk.PurchaseOfferingInput{
			OfferingArn:     pointer(in.OfferingArn),
			ReservationName: pointer(in.ReservationName),
			Start:           pointer(in.Start),
		}
	case *mediaconnect.ListReservationsInput:
		return &sdk.ListReservationsInput{MaxResults: integerToSDK(in.MaxResults), NextToken: pointer(in.NextToken)}
	case *mediaconnect.DescribeReservationInput:
		return &sdk.DescribeReservationInput{ReservationArn: pointer(in.ReservationArn)}
	}
	panic("no such input")
}

func mcOutputToSDK(out mediaconnect.Output) any {
	switch out := out.(type) {
	case *mediaconnect.ListOfferingsOutput:
		return &sdk.ListOfferingsOutput{NextToken: pointer(out.NextToken), Offerings: listToSDK(out.Offerings, offeringToSDK)}
	case *mediaconnect.DescribeOfferingOutput:
		return &sdk.DescribeOfferingOutput{Offering: structToSDK(out.Offering, offeringToSDK)}
	case *mediaconnect.PurchaseOfferingOutput:
		return &sdk.PurchaseOfferingOutput{Reservation: structToSDK(out.Reservation, reservationToSDK)}
	case *mediaconnect.ListReservationsOutput:
		return &sdk.ListReservationsOutput{NextToken: pointer(out.NextToken), Reservations: listToSDK(out.Reservations, reservationToSDK)}
	case *mediaconnect.DescribeReservationOutput:
		return &sdk.DescribeReservationOutput{Reservation: structToSDK(out.Reservation, reservationToSDK)}
	}
	panic("no such output")
}

// The SDK's enumerations have no absent: "" stands for absent, null and empty.

func offeringToSDK(o mediaconnect.Offering) types.Offering {
	return types.Offering{
		CurrencyCode:          pointer(o.CurrencyCode),
		Duration:              integerToSDK(o.Duration),
		DurationUnits:         types.DurationUnits(o.DurationUnits.Or("")),
		OfferingArn:           pointer(o.OfferingArn),
		OfferingDescription:   pointer(o.OfferingDescription),
		PricePerUnit:          pointer(o.PricePerUnit),
		PriceUnits:            types.PriceUnits(o.PriceUnits.Or("")),
		ResourceSpecification: structToSDK(o.ResourceSpecification, specToSDK),
	}
}

func reservationToSDK(r mediaconnect.Reservation) types.Reservation {
	return types.Reservation{
		CurrencyCode:          pointer(r.CurrencyCode),
		Duration:              integerToSDK(r.Duration),
		DurationUnits:         types.DurationUnits(r.DurationUnits.Or("")),
		End:                   pointer(r.End),
		OfferingArn:           pointer(r.OfferingArn),
		OfferingDescription:   pointer(r.OfferingDescription),
		PricePerUnit:          pointer(r.PricePerUnit),
		PriceUnits:            types.PriceUnits(r.PriceUnits.Or("")),
		ReservationArn:        pointer(r.ReservationArn),
		ReservationName:       pointer(r.ReservationName),
		ReservationState:      types.ReservationState(r.ReservationState.Or("")),
		ResourceSpecification: structToSDK(r.ResourceSpecification, specToSDK),
		Start:                 pointer(r.Start),
	}
}

func specToSDK(s mediaconnect.ResourceSpecification) types.ResourceSpecification {
	return types.ResourceSpecification{
		ReservedBitrate: integerToSDK(s.ReservedBitrate),
		ResourceType:    types.ResourceType(s.ResourceType.Or("")),
	}
}

func mcOutputFromSDK(out any) mediaconnect.Output {
	switch out := out.(type) {
	case *sdk.ListOfferingsOutput:
		return &mediaconnect.ListOfferingsOutput{NextToken: option(out.NextToken), Offerings: listFromSDK(out.Offerings, offeringFromSDK)}
	case *sdk.DescribeOfferingOutput:
		return &mediaconnect.DescribeOfferingOutput{Offering: structFromSDK(out.Offering, offeringFromSDK)}
	case *sdk.PurchaseOfferingOutput:
		return &mediaconnect.PurchaseOfferingOutput{Reservation: structFromSDK(out.Reservation, reservationFromSDK)}
	case *sdk.ListReservationsOutput:
		return &mediaconnect.ListReservationsOutput{NextToken: option(out.NextToken), Reservations: listFromSDK(out.Reservations, reservationFromSDK)}
	case *sdk.DescribeReservationOutput:
		return &mediaconnect.DescribeReservationOutput{Reservation: structFromSDK(out.Reservation, reservationFromSDK)}
	}
	panic("no such output")
}

func offeringFromSDK(o types.Offering) mediaconnect.Offering {
	return mediaconnect.Offering{
		CurrencyCode:          option(o.CurrencyCode),
		Duration:              integerFromSDK(o.Duration),
		DurationUnits:         enumFromSDK(mediaconnect.DurationUnits(o.DurationUnits)),
		OfferingArn:           option(o.OfferingArn),
		OfferingDescription:   option(o.OfferingDescription),
		PricePerUnit:          option(o.PricePerUnit),
		PriceUnits:            enumFromSDK(mediaconnect.PriceUnits(o.PriceUnits)),
		ResourceSpecification: structFromSDK(o.ResourceSpecification, specFromSDK),
	}
}

func reservationFromSDK(r types.Reservation) mediaconnect.Reservation {
	return mediaconnect.Reservation{
		CurrencyCode:          option(r.CurrencyCode),
		Duration:              integerFromSDK(r.Duration),
		DurationUnits:         enumFromSDK(mediaconnect.DurationUnits(r.DurationUnits)),
		End:                   option(r.End),
		OfferingArn:           option(r.OfferingArn),
		OfferingDescription:   option(r.OfferingDescription),
		PricePerUnit:          option(r.PricePerUnit),
		PriceUnits:            enumFromSDK(mediaconnect.PriceUnits(r.PriceUnits)),
		ReservationArn:        option(r.ReservationArn),
		ReservationName:       option(r.ReservationName),
		ReservationState:      enumFromSDK(mediaconnect.ReservationState(r.ReservationState)),
		ResourceSpecification: structFromSDK(r.ResourceSpecification, specFromSDK),
		Start:                 option(r.Start),
	}
}

func specFromSDK(s types.ResourceSpecification) mediaconnect.ResourceSpecification {
	return mediaconnect.ResourceSpecification{
		ReservedBitrate: integerFromSDK(s.ReservedBitrate),
		ResourceType:    enumFromSDK(mediaconnect.ResourceType(s.ResourceType)),
	}
}
