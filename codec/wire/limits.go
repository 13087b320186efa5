package wire

// Limits on what is read. A document past a limit is refused with
// [ErrTooLarge], [ErrDepth] or [ErrTooMany], whether or not it is well-formed.
const (
	// MaxDocument is the largest document in bytes. A page of 100 records is
	// about 0.13 MB; the largest recording seen is 20 MB.
	MaxDocument = 256 << 20
	// MaxDepth is how deep elements, objects and arrays may nest. RFC 8259
	// section 9 leaves it to the reader; 10,000 is what encoding/json allows.
	MaxDepth = 10_000
	// MaxAttributes is how many attributes one XML element may have. Our
	// messages have one; the check for duplicates has to stay affordable.
	MaxAttributes = 10_000
	// MaxNamespaces is how many namespace declarations may be in scope at once.
	// Our messages have one. A prefix is looked up among all of them, so that many
	// declarations would make every element behind them slow.
	MaxNamespaces = 1_000
	// MaxMembers is how many members one JSON object may have. Our largest has
	// 13; the names of one object are all held while it is read strictly.
	MaxMembers = 1_000_000
	// MaxParameters is how many pairs a query string may have. The same limit as
	// Go's net/url since 1.26; the longest request of a client has about 20.
	MaxParameters = 10_000
	// MaxListIndex is the largest N in Name.N. An index only orders items, so a
	// large one costs nothing; past this it no longer fits a 32-bit integer.
	MaxListIndex = 1<<31 - 1
	// MaxPath is about how many bytes the path of an error or a finding has at
	// most; what goes past it is left out, for three dots. Our deepest path has
	// 130; a hostile document could otherwise make each finding as long as itself.
	MaxPath = 1000
)
