// Package bench measures the codec beside what a user would otherwise have.
//
// A [Contender] does one job on one document: decode it, encode it. Contenders
// that do the same job on the same document form a [Group]; a [Row] names two
// of a group and says how many times faster the first has to be. [Measure]
// runs everything side by side in one interleaved run, and only the ratios
// taken within a round count: absolute times move from machine to machine and
// from hour to hour.
//
//	go run ./cmd/table          # the table, in about a minute and a half
//	go test -bench . -cpu 1     # the same contenders, for benchstat
//	go test .                   # each contender once, and the promises about allocations
//
// # How aws-sdk-go-v2 is isolated
//
// A call of its client also signs, retries and sends. The operation's own
// deserializer or serializer middleware is therefore taken out of the real
// client's stack by its id and called directly, with a next handler that hands
// over the response; see [sdkDeserializer]. The context carries no metrics, which
// makes it a little faster than in a client.
//
// # What is measured
//
// CPU time, user and system, of the whole process, garbage collection included,
// at GOMAXPROCS=1. Reuse means a decoder, destination or buffer that were used
// before; fresh means a new destination, all of it owned by the result. The
// system's own count of CPU time is read, so this package is for Unix.
//
// # What is compared on equal terms, and what is not
//
// Our reuse rows hand out pieces of the document, as sonic's does; the SDK and
// encoding/xml cannot. The fresh rows are like for like: bytes in, a result that
// owns all it holds. Encoders of others return a new slice, since they have no
// way to append to one that was used before, fasthttp's excepted. Our pair reader
// also notes what is odd and what comes twice.
package bench
