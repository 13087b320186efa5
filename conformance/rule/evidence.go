package rule

// What evidence the rows quote. Each names a place that a reader can look up.

func standard(source, says string) Evidence { return Evidence{Standard, source, says} }
func model(source, says string) Evidence    { return Evidence{Model, source, says} }
func document(source, says string) Evidence { return Evidence{Document, source, says} }
func test(source, says string) Evidence     { return Evidence{ProtocolTest, source, says} }
func recording(source, says string) Evidence {
	return Evidence{Recording, source, says}
}

// clients quotes measured reactions: the names of variants in
// fixtures/reactions/client-reactions.json.
func clients(variants, says string) Evidence {
	return Evidence{Clients, "fixtures/reactions: " + variants, says}
}

// Sources that many rows name.
const (
	queryResponse = `Smithy 2.0, AWS query protocol, "Response serialization"`
	queryXML      = `Smithy 2.0, AWS query protocol, "XML shape serialization"`
	queryError    = `Smithy 2.0, AWS query protocol, "Operation error serialization"`
	queryStatus   = `Smithy 2.0, AWS query protocol, "Error HTTP response status code resolution"`
	queryCode     = `Smithy 2.0, AWS query protocol, "Error Code resolution"`
	restError     = `Smithy 2.0, AWS restJson1 protocol, "Operation error serialization"`
	restJSON      = `Smithy 2.0, AWS restJson1 protocol, "JSON shape serialization"`
	restType      = `Smithy 2.0, AWS restJson1 protocol, "Content-Type"`

	modelRDS = "botocore rds/2014-10-31 service-2.json"
	modelMC  = "botocore mediaconnect/2018-11-14 service-2.json"
	smithyMC = "Smithy model of mediaconnect (awslabs/aws-sdk-kotlin, mediaconnect.json)"

	docPurchaseRDS  = "RDS API Reference, PurchaseReservedDBInstancesOffering"
	docInstances    = "RDS API Reference, DescribeReservedDBInstances"
	docOfferings    = "RDS API Reference, DescribeReservedDBInstancesOfferings"
	docCommonErrors = "AWS query APIs, Common Errors (Redshift, ElastiCache and Neptune print the lists)"
	docPurchaseMC   = "MediaConnect API Reference, PurchaseOffering"
	docListMC       = "MediaConnect API Reference, ListReservations"
	docCommonNew    = "AWS Common Errors, today's template"

	goldenRDS = "fixtures/goldens/rds_describe_db_instances.json"
	goldens   = "fixtures/goldens"
	liveRDS   = "github.com/aws/aws-cli issue 6392 (wire log)"
)
