// Package interop holds the codec and the emulator against real SDKs, without a
// network but the loopback address. It is a module of its own, so that nobody who
// imports wireproof imports SDKs.
//
// # What is proved
//
// Against aws-sdk-go-v2, whole clients over a transport that answers what our
// encoders wrote and keeps what the clients sent:
//
//   - The SDK hands over the value that we encoded, member by member, for all
//     eight operations: every member, none, empty, zero, null, unknown values and
//     members, special doubles, timestamps of 0 to 9 digits, all of XML's and
//     JSON's special characters, every API version of RDS, compact and indented,
//     and random values. A member that the SDK has and the codec lacks fails
//     TestEveryMemberOfTheSDK, one that a converter leaves out fails the
//     comparison.
//   - Every modeled error is the operation's exception, every other one is a
//     generic error; code, message, fault and request id are ours.
//   - Our requests equal the SDK's in method, escaped path, media type, and in the
//     decoded pairs or JSON values.
//   - Our decoder reads the SDK's request as the input that it was called with,
//     and finds nothing but what expectedFindings explains.
//   - The SDK still takes the 322 recorded variants as recorded. What it takes
//     otherwise stands, with its reason, in testdata/drift.json.
//
// Against botocore (boto3, aws-cli) where Python has it, and against the SDK for
// JavaScript where WIREPROOF_JS names a folder that has it (make js): the same
// responses, errors and requests, again through whole clients. botocore's own
// model is asked for members that we do not write. Where Python or botocore is
// missing, those tests are skipped and say so.
//
// Against whole clients over loopback, with signatures verified: one story of
// lists, purchases, paginators and every modeled error, told to the emulator by
// aws-sdk-go-v2, boto3, the AWS CLI and both generations of the SDK for
// JavaScript, and the captured requests byte by byte (live_*_test.go).
//
// Against jsontext: which damaged documents are still well-formed JSON.
//
// # What is not proved
//
//   - That the live service does the same. The SDKs are made from its model.
//   - Signatures: see codec/sigv2 and conformance/sigv4.
//   - How clients and codec read what our encoders never write: see the variants
//     in fixtures and the tests of codec/rds and codec/mediaconnect.
//   - botocore's and JavaScript's reactions to the variants, which are as
//     recorded in fixtures.
//   - Integers past 32 bits, text that is not UTF-8, characters that XML does not
//     have: our encoders refuse them.
//   - The client of MediaConnect for JavaScript newer than the version that npm
//     gives here; WIRE.md section H.
//
// # Running it
//
// make test downloads Go modules the first time and nothing after. The flags
// -rounds and -seed after -args choose the random values:
//
//	go test . -args -seed 7 -rounds 5000
package interop
