package journal

import (
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
)

// Record is a purchase: everything to make the reservation again, without the
// catalogue. It is kept as JSON.
type Record struct {
	// Sequence numbers the purchases of all accounts and regions from 1 on; gaps
	// do no harm. The caller gives it, since the caller knows in which order
	// purchases were made that are written at once.
	Sequence uint64 `json:"sequence"`
	// Service is rds or mediaconnect; Account and Region are whose it is.
	Service string `json:"service"`
	Account string `json:"account"`
	Region  string `json:"region"`
	// Purchased is when, kept to the nanosecond, in UTC.
	Purchased time.Time `json:"purchased"`
	// ID is the reservation's: ReservedDBInstanceId, or the reservation's ARN.
	ID string `json:"id"`
	// OfferingID is ReservedDBInstancesOfferingId, or the offering's ARN.
	OfferingID string `json:"offeringId"`

	// Count is DBInstanceCount; of RDS.
	Count int64 `json:"count,omitzero"`
	// Name and Start are reservationName and start as they were sent; of
	// MediaConnect.
	Name  string `json:"name,omitzero"`
	Start string `json:"start,omitzero"`
	// Tags are of RDS.
	Tags []Tag `json:"tags,omitempty"`

	// The offering as it was when it was purchased, one of both: what has been
	// paid does not change with the catalogue.
	RDSOffering          *rds.ReservedDBInstancesOffering `json:"rdsOffering,omitempty"`
	MediaConnectOffering *mediaconnect.Offering           `json:"mediaConnectOffering,omitempty"`
}

// Tag is a tag of a reservation.
type Tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}
