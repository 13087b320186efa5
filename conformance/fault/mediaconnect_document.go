package fault

import "strings"

// The operations of MediaConnect.
const (
	listOfferings       = "ListOfferings"
	describeOffering    = "DescribeOffering"
	purchaseOffering    = "PurchaseOffering"
	listReservations    = "ListReservations"
	describeReservation = "DescribeReservation"
)

// mcDocumentFaults are about the document as a whole.
func mcDocumentFaults() []Fault {
	rfc := text("RFC 8259")
	single := on(mcSuccess, purchaseOffering, describeReservation, describeOffering)
	return []Fault{
		{ID: "mediaconnect.json.bom", About: "A byte order mark stands before the document.", Service: mcService,
			Sources: variant("mc-bom", "mcerr-bom"), start: change(mcAny, sub(`^`, "\ufeff"))},
		{ID: "mediaconnect.json.trailing-text", About: "Text follows the document.", Service: mcService,
			Sources: sources(thread("ministackorg/ministack#430"), variant("mc-trailing-garbage")), start: change(mcAny, sub(`$`, "OK"))},
		{ID: "mediaconnect.json.two-documents", About: "A second document follows the first.", Service: mcService,
			Sources: sources(thread("ministackorg/ministack#430"), variant("mc-two-docs")), start: change(mcSuccess, sub(`$`, "{}"))},
		{ID: "mediaconnect.json.trailing-comma", About: "A comma follows the last member.", Service: mcService,
			Sources: variant("mc-trailing-comma"), start: change(mcAny, sub(`}$`, ",}"))},
		{ID: "mediaconnect.json.truncated", About: "The document ends before its last brace.", Service: mcService,
			Sources: variant("mc-truncated"), start: change(mcAny, sub(`}$`, ""))},
		{ID: "mediaconnect.json.comment", About: "A comment stands before the document.", Service: mcService,
			Sources: variant("mc-comment"), start: change(mcSuccess, sub(`^`, "/*c*/"))},
		{ID: "mediaconnect.json.single-quotes", About: "Strings have single quotation marks, as Python prints them.", Service: mcService,
			Sources: sources(thread("temyers/serverless-localstack#24"), rfc), start: change(mcSuccess, replace(`"`, "'"))},
		{ID: "mediaconnect.json.nan", About: "duration is NaN.", Service: mcService,
			Sources: variant("mc-nan"), start: change(mcSuccess, setMember("duration", "NaN"))},
		{ID: "mediaconnect.json.python-none", About: "An absent member is None.", Service: mcService,
			Sources: sources(thread("getmoto/moto#7199"), rfc), start: change(mcSuccess, setMember("currencyCode", "None"))},
		{ID: "mediaconnect.json.leading-zero", About: "duration has a zero before it.", Service: mcService,
			Sources: variant("mc-int-leadzero"), start: change(mcSuccess, mapMember("duration", func(s string) string { return "0" + s }))},
		{ID: "mediaconnect.json.control-character", About: "A string has a raw tab in it.", Service: mcService,
			Sources: variant("mc-string-rawcontrol"), start: change(mcSuccess, replace("outbound ", "outbound\t"))},
		{ID: "mediaconnect.json.bad-utf-8", About: "A string has a byte that is not UTF-8.", Service: mcService,
			Sources: variant("mc-string-badutf8"), start: change(mcAny, sub(`("offeringDescription":"|"message":")`, "${1}\xff"))},
		{ID: "mediaconnect.json.utf-16", About: "The document is in UTF-16.", Service: mcService,
			Sources: variant("mc-ct-charset16"), start: change(mcSuccess, body(utf16LE), setHeader("Content-Type", "application/json; charset=utf-16"))},
		{ID: "mediaconnect.json.bad-escape", About: "A string has an escape that JSON does not have.", Service: mcService,
			Sources: rfc, start: change(mcSuccess, replace("outbound ", `outbound\'`))},
		{ID: "mediaconnect.json.lone-surrogate", About: "A string has the escape of half a character.", Service: mcService,
			Sources: variant("mc-string-lonesurrogate"), start: change(mcSuccess, sub(`"offeringDescription":"`, `${0}\ud83d`))},
		{ID: "mediaconnect.json.name-twice", About: "duration comes two times.", Service: mcService,
			Sources: variant("mc-dup-key"), start: change(mcSuccess, sub(`("duration":)`, `${1}11,${1}`))},
		{ID: "mediaconnect.json.outer-name-twice", About: "The member with the record comes two times.", Service: mcService,
			Sources: variant("mc-dup-outer"), start: change(single, sub(`(?s)^\{(.*)\}$`, "{${1},${1}}"))},
		{ID: "mediaconnect.document.array", About: "A success is an array.", Service: mcService,
			Sources: variant("mc-body-array"), start: change(mcSuccess, whole("[]"))},
		{ID: "mediaconnect.document.list-alone", About: "A list is an array without an object around it.", Service: mcService,
			Sources: variant("mc-body-array"), start: change(on(mcSuccess, listOfferings, listReservations), sub(`(?s)^.*?(\[.*\]).*$`, "${1}"))},
		{ID: "mediaconnect.document.string", About: "A success is a string.", Service: mcService,
			Sources: variant("mc-body-string"), start: change(mcSuccess, whole(`"OK"`))},
		{ID: "mediaconnect.document.number", About: "A success is a number.", Service: mcService,
			Sources: variant("mc-body-number"), start: change(mcSuccess, whole("3"))},
		{ID: "mediaconnect.document.null", About: "A success is null.", Service: mcService,
			Sources: variant("mc-body-null"), start: change(mcSuccess, whole("null"))},
		{ID: "mediaconnect.document.empty", About: "A success has no body.", Service: mcService,
			Sources: variant("mc-empty-body"), start: change(mcSuccess, whole(""))},
		{ID: "mediaconnect.document.blank", About: "A success is white space.", Service: mcService,
			Sources: variant("mc-ws-body"), start: change(mcSuccess, whole(" \n"))},
		{ID: "mediaconnect.document.empty-object", About: "A record is answered with {}.", Service: mcService,
			Sources: variant("mc-empty-object"), start: change(single, whole("{}"))},
		{ID: "mediaconnect.document.html", About: "A success is an HTML page.", Service: mcService,
			Sources: variant("mc-html-200"), start: change(mcSuccess, whole("<html><body>OK</body></html>"))},
		{ID: "mediaconnect.document.html-404", About: "Every request is answered 404 with an HTML page.", Service: mcService,
			Sources: text("seen in moto"), start: change(mcAny, document(404, "text/html; charset=utf-8", strings.ReplaceAll(htmlPage, "500 Internal Server Error", "404 Not Found")))},
		{ID: "mediaconnect.document.bucket", About: "Reads fall through to S3.", Service: mcService,
			Sources: sources(thread("floci-io/floci#1754"), text("seen in Overcast")),
			start:   change(func(c *call) bool { return mcAny(c) && get(c) }, document(404, "application/xml", noBucket))},
		{ID: "mediaconnect.document.xml", About: "A success is in XML.", Service: mcService,
			Sources: thread("softwaremill/elasticmq#812"), start: change(mcSuccess, whole("<PurchaseOfferingResponse><reservation/></PurchaseOfferingResponse>"))},
		{ID: "mediaconnect.document.other-operation", About: "DescribeReservation is answered with the document of ListReservations.", Service: mcService,
			Sources: text("README of emulators: 200 with another operation's document"),
			start:   rewriteRoute(describeReservation, "/v1/reservations")},
		{ID: "mediaconnect.document.no-content", About: "A purchase is answered 204 without a body.", Service: mcService,
			Sources: sources(thread("floci-io/floci#3908"), variant("mc-purchase-204-empty")), start: change(on(mcSuccess, purchaseOffering), setStatus(204), whole(""))},
		{ID: "mediaconnect.document.purchase-200", About: "A purchase is answered 200.", Service: mcService,
			Sources: sources(thread("getmoto/moto#3136"), text("seen in moto"), variant("mc-purchase-200")), start: change(on(mcSuccess, purchaseOffering), setStatus(200))},
		{ID: "mediaconnect.document.purchase-202", About: "A purchase is answered 202.", Service: mcService,
			Sources: variant("mc-purchase-202"), start: change(on(mcSuccess, purchaseOffering), setStatus(202))},
		{ID: "mediaconnect.document.read-201", About: "A description is answered 201.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14, responseCode"), start: change(on(mcSuccess, describeOffering, describeReservation, listOfferings, listReservations), setStatus(201))},
		{ID: "mediaconnect.document.extra-object", About: "The document stands in a member data.", Service: mcService,
			Sources: text("botocore mediaconnect/2018-11-14: the members of the output are the document's"), start: change(mcSuccess, sub(`(?s)^(.*)$`, `{"data":${1}}`))},
		{ID: "mediaconnect.document.no-outer-member", About: "The record's members are the document's, without offering or reservation around them.", Service: mcService,
			Sources: sources(thread("faiscadev/fakecloud#1949"), variant("mc-pascal-outer")), start: change(single, sub(`(?s)^\{"\w+":(.*)\}$`, "${1}"))},
	}
}
