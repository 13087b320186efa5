// Package schemas holds JSON Schemas (2020-12) of the documents that this module
// deals with, and a loader for them. It knows nothing of the rest.
//
// A schema is named as its file without .json: mediaconnect/PurchaseOfferingOutput.
// Those named shapes hold what the others of their folder share.
//
//	mediaconnect/XOutput                      body of a response, as it travels
//	mediaconnect/Error                        body of an error response, as it travels
//	mediaconnect/PurchaseOfferingRequestBody  body of the request, as it travels
//	mediaconnect/XInput                       label, query and body of a request together
//	rds/XInput, rds/XOutput, rds/Error        the decoded form, which never travels
//	emulator/Catalogue                        what the emulator sells, as a user writes it in YAML
//	Cases                                     a file of cases of the conformance suite, in YAML
//	Config                                    what a target of the suite has, as its author says it in YAML
//	ExpectedFailures                          its failures that are known, in YAML
//	Report                                    a line of the suite's report in JSON Lines
//
// JUnit.xsd, beside them and not embedded, is the XML Schema of the suite's report for
// readers of JUnit's results.
//
// The decoded form of RDS is what encoding/json makes of the structs of
// codec/rds: members by their names, integers, doubles and booleans as JSON has
// them (NaN, Infinity and -Infinity as strings), timestamps as strings, lists as
// arrays, absent members absent.
//
// # How strict they are
//
// Types, required members, enums and ranges are those of the service models. What
// only the documentation says (MaxRecords from 20 to 100, the form of start, the
// values of OfferingType) stands in descriptions and examples and refuses
// nothing. An enum that a model lists is closed, although clients pass on values
// that they do not know: a document with another value departs from the wire
// format. null is no value of any member: by Smithy's restJson1 a server leaves
// the member out.
//
// Requests are closed: a member that the model does not have is an error. So are
// the decoded documents of RDS, since the decoder keeps unknown elements apart.
// Bodies of MediaConnect's responses are open: a service adds members without a
// new version, and every measured client passes over them. A member in the
// spelling of the SDKs (Reservation for reservation) is no such addition, and
// refused: clients would read the document as empty.
package schemas
