// Package jsonwire reads and writes JSON documents held in memory.
//
// # What is accepted
//
// Exactly the documents of RFC 8259, within the limits of package wire: every
// well-formed document in UTF-8 is accepted and every other one refused. Where
// RFC 8259 leaves a choice to the reader:
//
//   - A byte order mark is refused ([ErrBOM]). Section 8.1 lets a reader ignore
//     it, and the measured clients do not: none of them reads such a document.
//   - A \u escape of a lone surrogate is well-formed by the grammar. It is read
//     as U+FFFD, and [Reader.LoneSurrogates] tells where.
//   - Two members with one name are well-formed (section 4). [Reader.Duplicates]
//     tells where, since RFC 7493 section 2.3 forbids them.
//   - Numbers are text: their size and precision are up to the caller.
//
// # Two ways to read
//
// [Reader.Next] gives one token after another, for any document. Decoders that
// know the members of their objects use [Reader.Open], [Reader.Member],
// [Reader.String] and so on, which find a known member with one comparison
// where the order of members is that of the object before ([Order]). Both ways
// refuse the same documents with the same error: the fast way, when it meets
// anything it cannot go on with, leaves the verdict to the slow one.
//
// # Why values are checked for UTF-8 before anything else
//
// [Reader.Reset] looks for the first invalid byte once, at about 30 GB/s, so
// that no later scan has to. The document then ends there for the scanners, and
// running into that end is [wire.ErrInvalidUTF8] and not [wire.ErrTruncated].
package jsonwire
