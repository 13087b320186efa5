// Package querywire reads and writes awsQuery parameters: pairs of a name and a
// value in a query string or in a body of type application/x-www-form-urlencoded.
//
// # Reading
//
// [Reader] follows WHATWG URL, "application/x-www-form-urlencoded parsing": `&`
// alone separates pairs, the first `=` ends a name, `+` is a space, and a
// percent sign without two hexadecimal digits stays as it is. By that rule every
// text has a reading, so nothing but a passed limit is a [wire.SyntaxError].
// What Smithy's "awsQuery protocol" would not have written, or what another
// reader takes otherwise (net/url drops a pair with a bad escape or a raw
// semicolon, others split at the semicolon), is a [wire.Finding].
//
// A value without escapes is a substring of what is read. Others come from the
// Reader's [wire.Arena]; both stay valid after the Reader has gone on.
//
// # Numbered lists
//
// A list travels as Name.Item.N, N from 1, or as `Name=` where it is empty.
// [CutItem] takes such names apart and [SortItems] puts what was collected in
// the order of its numbers, in which 10 comes after 2. A number only orders
// items: 999999999 costs what 1 costs. Gaps, zero and leading zeros are
// findings, and the items are handed over: what the service does with them is
// not known. WIRE.md sections B.4 and H.
//
// # Writing
//
// [Writer] escapes as RFC 3986 asks, so a space becomes %20 and never a plus.
// WIRE.md section F, row 9.
package querywire
