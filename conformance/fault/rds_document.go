package fault

import "strings"

// genericResponse is what DevCloud answers whatever it does not know.
const genericResponse = "<GenericResponse><ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></GenericResponse>"

const (
	htmlPage   = "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server encountered an internal error and was unable to complete your request.</p>\n"
	bucketList = `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets></Buckets></ListAllMyBucketsResult>`
	noBucket   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>v1</BucketName></Error>`
)

// rdsDocumentFaults are about the document as a whole: another one than that of
// the operation, or one that is not well-formed.
func rdsDocumentFaults() []Fault {
	return append(rdsOtherDocumentFaults(), rdsIllFormedFaults()...)
}

func rdsOtherDocumentFaults() []Fault {
	return []Fault{
		{ID: "rds.document.other-operation", About: "DescribeReservedDBInstances is answered with the document of DescribeReservedDBInstancesOfferings.", Service: rdsService,
			Sources: text("README of emulators: 200 with another operation's document"),
			start: stateless(func(c *call) {
				if c.operation == describeInstances {
					c.changeRequest(dropParams(setParam(c.req, "Action", describeOfferings), "ReservedDBInstanceId", "ReservedDBInstancesOfferingId", "LeaseId"))
				}
				c.answer()
			})},
		{ID: "rds.document.generic", About: "A purchase is answered 200 with a GenericResponse.", Service: rdsService,
			Sources: text("seen in DevCloud"),
			start:   change(on(rdsAny, purchase), setStatus(200), whole(genericResponse))},
		{ID: "rds.document.generic-for-unknown", About: "An unknown Action, or none, is answered 200 with a GenericResponse.", Service: rdsService,
			Sources: text("seen in DevCloud"),
			start:   change(both(rdsError, code("InvalidAction", "MissingAction")), setStatus(200), whole(genericResponse))},
		{ID: "rds.document.bucket-list", About: "A request in the query string is answered 200 with a list of buckets.", Service: rdsService,
			Sources: text("seen in moto", "seen in gopherstack"),
			start:   change(both(rdsAny, get), document(200, "text/xml", bucketList))},
		{ID: "rds.document.html", About: "A success is an HTML page.", Service: rdsService,
			Sources: sources(thread("localstack/localstack#1819"), variant("rds-html-200")),
			start:   change(rdsSuccess, whole("<html><body>OK</body></html>"))},
		{ID: "rds.document.html-500", About: "Every request is answered 500 with an HTML page.", Service: rdsService,
			Sources: text("seen in moto"),
			start:   change(rdsAny, document(500, "text/html; charset=utf-8", htmlPage))},
		{ID: "rds.document.json", About: "A success is the same in JSON.", Service: rdsService,
			Sources: sources(thread("getmoto/moto#397"), variant("rds-json-200")),
			start:   change(rdsSuccess, whole(`{"PurchaseReservedDBInstancesOfferingResponse":{"PurchaseReservedDBInstancesOfferingResult":{}}}`))},
		{ID: "rds.document.empty-object", About: "A purchase is answered with {}.", Service: rdsService,
			Sources: thread("localstack/localstack#3386"),
			start:   change(on(rdsSuccess, purchase), whole("{}"))},
		{ID: "rds.document.empty", About: "A success has no body.", Service: rdsService,
			Sources: variant("rds-empty-body"),
			start:   change(rdsSuccess, whole(""))},
		{ID: "rds.document.root-alone", About: "A success is an empty root element.", Service: rdsService,
			Sources: variant("rds-root-empty"),
			start:   change(rdsSuccess, sub(`(?s)^(<\w+ [^>]*)>.*`, "${1}/>"))},
		{ID: "rds.document.echo", About: "A purchase is answered with the body of the request.", Service: rdsService,
			Sources: thread("ministackorg/ministack#324"),
			start:   change(on(rdsSuccess, purchase), func(c *call) { c.resp.Body = c.asked.Body + c.asked.Query })},
		{ID: "rds.document.not-implemented", About: "A purchase is answered 501, and not in a form that RDS has.", Service: rdsService,
			Sources: sources(thread("localstack/localstack#2782"), text("seen in Overcast")),
			start:   change(on(rdsAny, purchase), document(501, "text/plain", "The action PurchaseReservedDBInstancesOffering is not implemented"))},
	}
}

func rdsIllFormedFaults() []Fault {
	inMessage := func(markup string) edit { return subOnce(`(<ProductDescription>|<Message>)`, "${1}"+markup) }
	return []Fault{
		{ID: "rds.xml.doctype", About: "A document type declaration stands before the root.", Service: rdsService,
			Sources: variant("rds-doctype"),
			start:   change(rdsSuccess, sub(`^`, "<!DOCTYPE r>\n"))},
		{ID: "rds.xml.entity", About: "A document type declaration defines an entity, and a text uses it.", Service: rdsService,
			Sources: variant("rds-doctype-entity"),
			start:   change(rdsSuccess, sub(`^`, "<!DOCTYPE r [<!ENTITY e \"ent\">]>\n"), inMessage("&e;"))},
		{ID: "rds.xml.undefined-entity", About: "A text uses an entity that HTML has and XML has not.", Service: rdsService,
			Sources: variant("rds-undef-entity"),
			start:   change(rdsAny, inMessage("&nbsp;"))},
		{ID: "rds.xml.bom", About: "A byte order mark stands before the root.", Service: rdsService,
			Sources: variant("rds-bom", "rdserr-bom"),
			start:   change(rdsAny, sub(`^`, "\ufeff"))},
		{ID: "rds.xml.late-declaration", About: "The XML declaration comes after a line feed.", Service: rdsService,
			Sources: variant("rds-ws-decl", "rdserr-decl-ws"),
			start:   change(rdsAny, sub(`^`, "\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))},
		{ID: "rds.xml.two-declarations", About: "The XML declaration comes twice.", Service: rdsService,
			Sources: text("XML 1.0 section 2.8"),
			start:   change(rdsAny, sub(`^`, "<?xml version=\"1.0\"?>\n<?xml version=\"1.0\"?>\n"))},
		{ID: "rds.xml.latin-1", About: "The document is in ISO-8859-1 and says so.", Service: rdsService,
			Sources: variant("rds-latin1"),
			start:   change(rdsAny, sub(`^`, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"), inMessage("\xe9"))},
		{ID: "rds.xml.utf-16", About: "The document is in UTF-16, with a byte order mark.", Service: rdsService,
			Sources: variant("rds-utf16"),
			start:   change(rdsSuccess, body(utf16LE))},
		{ID: "rds.xml.bad-utf-8", About: "A text has a byte that is not UTF-8.", Service: rdsService,
			Sources: variant("rds-badutf8"),
			start:   change(rdsAny, inMessage("\xff"))},
		{ID: "rds.xml.comment-in-text", About: "A comment stands inside a text.", Service: rdsService,
			Sources: sources(thread("softwaremill/elasticmq#25"), variant("rds-comment")),
			start:   change(rdsSuccess, subOnce(`<ProductDescription>(.)`, "<ProductDescription>${1}<!-- TODO -->"))},
		{ID: "rds.xml.instruction-in-text", About: "A processing instruction stands inside a text.", Service: rdsService,
			Sources: variant("rds-comment"),
			start:   change(rdsSuccess, subOnce(`<ProductDescription>(.)`, "<ProductDescription>${1}<?todo?>"))},
		{ID: "rds.xml.raw-ampersand", About: "An ampersand in a text is not escaped.", Service: rdsService,
			Sources: sources(thread("getmoto/moto#3469", "localstack/localstack#5489"), text("seen in MiniStack")),
			start:   change(rdsAny, replace("&amp;", "&"))},
		{ID: "rds.xml.raw-less-than", About: "A less-than sign in a text is not escaped.", Service: rdsService,
			Sources: thread("localstack/localstack#3300"),
			start:   change(rdsAny, replace("&lt;", "<"))},
		{ID: "rds.xml.python-object", About: "A text is what Python prints of an object, angle brackets and all.", Service: rdsService,
			Sources: thread("temyers/serverless-localstack#24"),
			start:   change(rdsSuccess, setText("ProductDescription", "<moto.rds.models.Offering object at 0x7f3a>"))},
		{ID: "rds.xml.control-character", About: "A text has a control character.", Service: rdsService,
			Sources: text("seen in moto", "XML 1.0 section 2.2"),
			start:   change(rdsAny, inMessage("\x01"))},
		{ID: "rds.xml.control-reference", About: "A text refers to a control character by its number.", Service: rdsService,
			Sources: text("XML 1.0 section 4.1, Legal Character"),
			start:   change(rdsAny, inMessage("&#1;"))},
		{ID: "rds.xml.text-after-root", About: "Text follows the root.", Service: rdsService,
			Sources: variant("rds-trailing"),
			start:   change(rdsSuccess, sub(`$`, "OK"))},
		{ID: "rds.xml.second-root", About: "A second document follows the first.", Service: rdsService,
			Sources: sources(text("XML 1.0 section 2.1"), variant("rds-trailing")),
			start:   change(rdsSuccess, func(c *call) { c.resp.Body += c.resp.Body })},
		{ID: "rds.xml.truncated", About: "The last end tag is cut off.", Service: rdsService,
			Sources: variant("rds-truncated"),
			start:   change(rdsSuccess, sub(`(?s)Response>\s*$`, ""))},
		{ID: "rds.xml.truncated-within", About: "The document ends inside a member.", Service: rdsService,
			Sources: variant("rds-truncated-mid"),
			start:   change(rdsSuccess, body(func(s string) string { return s[:len(s)*2/3] }))},
		{ID: "rds.xml.wrong-end-tag", About: "An end tag does not belong to its start tag.", Service: rdsService,
			Sources: variant("rds-html-broken-200"),
			start:   change(rdsSuccess, subOnce(`</RequestId>`, "</RequestID>"))},
		{ID: "rds.xml.attribute-twice", About: "An element has an attribute two times.", Service: rdsService,
			Sources: text("XML 1.0 section 3.1, Unique Att Spec"),
			start:   change(rdsSuccess, subOnce(`<(\w+Result)>`, `<${1} a="1" a="2">`))},
		{ID: "rds.xml.attribute-without-quotes", About: "The value of an attribute has no quotation marks.", Service: rdsService,
			Sources: text("XML 1.0 section 3.1"),
			start:   change(rdsSuccess, subOnce(`<(\w+Result)>`, `<${1} a=1>`))},
		{ID: "rds.xml.attribute", About: "An element has an attribute that the model does not have.", Service: rdsService,
			Sources: variant("rds-attr"),
			start:   change(rdsSuccess, replace("<Duration>", `<Duration type="integer">`))},
		{ID: "rds.xml.nil", About: "An absent text is an empty element with xsi:nil.", Service: rdsService,
			Sources: variant("rds-xsi-nil"),
			start: change(rdsSuccess, sub(`<CurrencyCode>.*</CurrencyCode>`, `<CurrencyCode xsi:nil="true"/>`),
				subOnce(` xmlns=`, ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns=`))},
		{ID: "rds.xml.element-in-text", About: "A text has an element in it.", Service: rdsService,
			Sources: variant("rds-mixed"),
			start:   change(rdsSuccess, sub(`<DBInstanceClass>db\.`, "<DBInstanceClass>db.<b>x</b>"))},
		{ID: "rds.xml.text-between", About: "Text stands between the members of a structure.", Service: rdsService,
			Sources: variant("rds-rc-text"),
			start:   change(rdsSuccess, replace("<CurrencyCode>", ",<CurrencyCode>"))},
		{ID: "rds.xml.blank-text", About: "A text is white space with a line feed.", Service: rdsService,
			Sources: variant("rds-str-onlyws"),
			start:   change(rdsSuccess, setText("CurrencyCode", "\n        "))},
		{ID: "rds.xml.space-before-name", About: "A space stands between < and the element's name.", Service: rdsService,
			Sources: text("XML 1.0 section 3.1"),
			start:   change(rdsSuccess, replace("<RequestId>", "< RequestId>"))},
		{ID: "rds.xml.version-2", About: "The XML declaration says version 2.0.", Service: rdsService,
			Sources: text("XML 1.0 section 2.8"),
			start:   change(rdsSuccess, sub(`^`, "<?xml version=\"2.0\"?>\n"))},
	}
}

// get selects requests with the parameters in the query string.
func get(c *call) bool { return c.asked.Method == "GET" }

func utf16LE(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}
