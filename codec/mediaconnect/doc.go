// Package mediaconnect reads and writes the messages of the five reservation
// operations of AWS Elemental MediaConnect, API version 2018-11-14, protocol
// restJson1: requests, successful responses and errors, each in both directions.
//
// [Decoder] reads, [Encoder] writes. Both know HTTP only as [wire.Request] and
// [wire.Response], so that a server, a client, a proxy and a test use them alike.
//
// # Strict and lenient
//
// Both readings hand over the same value. Strict reading reports everything that
// departs from the wire format; lenient reading only what real clients disagree
// about or cannot read. The levels follow from what boto3, aws-sdk-go-v2 and
// aws-sdk-js-v3 were seen to do with 133 responses (fixtures/reactions); a test
// holds each of them against this package. A document that is not JSON, or of
// which no client reads anything (an array as the body), is an error in both.
//
// For requests nobody could be measured. There, lenient reading reports what
// leaves a server without a value that it needs or with one it had to choose.
//
// # Why some members look odd
//
// Names are camelCase on the wire; the documentation's PascalCase is how boto3
// spells them, and every client silently ignores a member in PascalCase.
// pricePerUnit is a number in a string. start and end are strings without a type
// in the model; [ParseStart] checks the documented form. WIRE.md sections A.5 to
// A.7.
package mediaconnect
