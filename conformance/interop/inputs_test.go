package interop

import (
	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// inputsOf gives an input of every operation that has all its strings from text.
func inputsOf(text texter) []any {
	filters := wire.Some([]rds.Filter{
		{Name: text("filter"), Values: wire.Some([]string{text("value").Value, text("other value").Value})},
		{Name: text("second filter"), Values: wire.Some([]string{text("third value").Value})},
	})
	return []any{
		&rds.DescribeReservedDBInstancesOfferingsInput{
			ReservedDBInstancesOfferingId: text("offering"),
			DBInstanceClass:               text("class"),
			Duration:                      text("duration"),
			ProductDescription:            text("product"),
			OfferingType:                  text("type"),
			MultiAZ:                       wire.Some(true),
			Filters:                       filters,
			MaxRecords:                    wire.Some[int64](20),
			Marker:                        text("marker"),
		},
		&rds.PurchaseReservedDBInstancesOfferingInput{
			ReservedDBInstancesOfferingId: text("offering"),
			ReservedDBInstanceId:          text("id"),
			DBInstanceCount:               wire.Some[int64](3),
			Tags:                          wire.Some([]rds.Tag{{Key: text("key"), Value: text("value")}, {Key: text("second key")}, {Value: text("third value")}}),
		},
		&rds.DescribeReservedDBInstancesInput{
			ReservedDBInstanceId:          text("id"),
			ReservedDBInstancesOfferingId: text("offering"),
			DBInstanceClass:               text("class"),
			Duration:                      text("duration"),
			ProductDescription:            text("product"),
			OfferingType:                  text("type"),
			MultiAZ:                       wire.Some(true),
			LeaseId:                       text("lease"),
			Filters:                       filters,
			MaxRecords:                    wire.Some[int64](100),
			Marker:                        text("marker"),
		},
		&mediaconnect.ListOfferingsInput{MaxResults: wire.Some[int64](5), NextToken: text("token")},
		&mediaconnect.DescribeOfferingInput{OfferingArn: text("offering")},
		&mediaconnect.PurchaseOfferingInput{OfferingArn: text("offering"), ReservationName: text("name"), Start: text("start")},
		&mediaconnect.ListReservationsInput{MaxResults: wire.Some[int64](1000), NextToken: text("token")},
		&mediaconnect.DescribeReservationInput{ReservationArn: text("reservation")},
	}
}

func fullInputs() []any { return inputsOf(named) }

// minimalInput gives the input with the required members of the operation whose
// output out is.
func minimalInput(out any) any {
	switch out.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		return &rds.DescribeReservedDBInstancesOfferingsInput{}
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return &rds.PurchaseReservedDBInstancesOfferingInput{ReservedDBInstancesOfferingId: wire.Some("o")}
	case *rds.DescribeReservedDBInstancesOutput:
		return &rds.DescribeReservedDBInstancesInput{}
	case *mediaconnect.ListOfferingsOutput:
		return &mediaconnect.ListOfferingsInput{}
	case *mediaconnect.DescribeOfferingOutput:
		return &mediaconnect.DescribeOfferingInput{OfferingArn: wire.Some("o")}
	case *mediaconnect.PurchaseOfferingOutput:
		return &mediaconnect.PurchaseOfferingInput{OfferingArn: wire.Some("o"), ReservationName: wire.Some("n"), Start: wire.Some("s")}
	case *mediaconnect.ListReservationsOutput:
		return &mediaconnect.ListReservationsInput{}
	case *mediaconnect.DescribeReservationOutput:
		return &mediaconnect.DescribeReservationInput{ReservationArn: wire.Some("r")}
	}
	panic("no such output")
}
