// Package payload makes the documents that the benchmarks read and write.
//
// They are printed with fmt, from records computed here, and owe nothing to the
// encoders under test: a decoder's result is compared with the records, an
// encoder's output is read back by encoding/xml or encoding/json and compared
// with them. Everything is deterministic.
package payload

// Document is one document and what is in it.
type Document struct {
	Text string
	// Want computes the records of the document, an RDSPage, an MCPage or a
	// []Parameter. They are not kept, so that they do not weigh on the heap that
	// is being measured.
	Want func() any
}
