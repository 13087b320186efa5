package payload

import (
	"fmt"
	"strings"
)

// Parameter is one decoded pair of a query string.
type Parameter struct{ Name, Value string }

// Request is the documented purchase as a GET with Signature Version 2, with
// the Version that the printed sample leaves out, placeholders filled in and a
// tag: 12 parameters, 504 bytes, 4 values with escapes.
func Request() Document {
	var pairs []string
	for _, p := range request {
		pairs = append(pairs, p.Name+"="+percent(p.Value))
	}
	return Document{strings.Join(pairs, "&"), func() any { return request }}
}

var request = []Parameter{
	{"Action", "PurchaseReservedDBInstancesOffering"},
	{"ReservedDBInstanceId", "myreservationID"},
	{"ReservedDBInstancesOfferingId", "438012d3-4052-4cc7-b2e3-8d3372e0e706"},
	{"DBInstanceCount", "1"},
	{"Tags.Tag.1.Key", "team/cost-center"},
	{"Tags.Tag.1.Value", "platform-engineering/databases-and-storage reserved-for-2014-to-2017 by-order-0815-4711-AB"},
	{"Version", "2014-10-31"},
	{"SignatureVersion", "2"},
	{"SignatureMethod", "HmacSHA256"},
	{"Timestamp", "2011-05-10T18:31:36.118Z"},
	{"AWSAccessKeyId", "AKIDEXAMPLE"},
	{"Signature", "gA+Yz1CmH6rQ/4nJ0pXv7eKdT2sLwUo8fBiRcEhZ9Mk="},
}

// percent escapes all but RFC 3986's unreserved characters, as Signature
// Version 2 asks for.
func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
