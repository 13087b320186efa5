// Package xmlwire reads and writes XML documents held in memory: XML 1.0 (fifth
// edition) with Namespaces in XML 1.0 (third edition), in UTF-8.
//
// # What is refused
//
// Everything that the two standards call ill-formed is a [wire.SyntaxError],
// and so is every document type declaration, at once and whatever it says: no
// entity is ever expanded but the five predefined ones. Encodings other than
// UTF-8 are refused too.
//
// # Two ways to read
//
// [Reader.Next] gives the tokens of any document one after the other. A typed
// decoder uses [Reader.Root], [Reader.Child], [Reader.Enter], [Reader.Text] and
// [Reader.Skip] instead, which know the names that may come and try first the
// one that came here last time. Both ways go through the same grammar and
// refuse the same documents.
//
// # How the files divide
//
// chars.go, tag.go, namespace.go, chardata.go and misc.go hold the grammar, a
// method for each production; token.go and member.go are the two ways to read;
// path.go finds paths of offsets; writer.go writes.
package xmlwire
