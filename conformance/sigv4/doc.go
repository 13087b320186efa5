// Package sigv4 signs requests with Signature Version 4 and verifies them, in the
// Authorization header and presigned in the query string. It stands outside the
// codec so that the codec has no dependency; Signature Version 2, which no SDK
// signs with any more, is codec/sigv2.
//
// [Sign] is the signer of aws-sdk-go-v2. [Presign] and all that verifies is our
// own code, since the SDK's signer decides by itself which headers to sign and
// leaves some out that others sign: a verifier has to go by what the request
// says. WIRE.md section B.10 is what a signature has to be; the captured requests
// of every client, botocore and the SDK's signer hold it.
//
// Credentials come from the caller alone: no AWS_* variable and no profile is
// read.
package sigv4
