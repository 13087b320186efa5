// Package rds reads and writes the messages of Amazon RDS for the three
// operations on reserved DB instances: awsQuery requests, as a form or in a
// query string, and XML responses, in the API versions 2012-04-23 to 2014-10-31.
//
// A [Decoder] reads requests, responses and errors; an [Encoder] writes them.
// Operations are called with an [Input] and answer an [Output] or an [Error].
//
// # What reading finds
//
// A message that is well-formed but departs from the wire format is read, and
// every departure is a [wire.Finding]. The kinds are listed in this package and
// in package wire. Their levels follow what boto3, aws-sdk-go-v2 and
// aws-sdk-js-v3 were measured to do: see [wire.Level] and fixtures/reactions.
//
// # Decisions
//
// Values are read as they are: no white space is trimmed from a string, since no
// measured client trims it, and the documented sample of 2012 has a leading
// space in an id.
//
// A list item under another name than the model's is read as an item, as boto3
// does, with a finding; members of an item directly in the list are not.
//
// Integers are held in 64 bits, so that one that does not fit the model's 32 can
// be shown; doubles and timestamps keep what the wire said to the nanosecond.
//
// An error response with a status of success is an error, not an empty success:
// purchases cost money.
package rds
