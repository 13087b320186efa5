package rule

import (
	"strconv"
	"strings"
	"time"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/codec/xmlwire"
)

// rdsEnvelopeRules are about what is around the members of a success.
func rdsEnvelopeRules() []*Rule {
	return []*Rule{
		{
			ID: "rds.status.success", Level: Must,
			Sentence: "A success has the status 200.",
			Why:      "No SDK looks further than at 2xx; proxies and people do.",
			Evidence: []Evidence{model(modelRDS, "the operations have no status of their own, so it is 200"), recording(goldens+"/rds_describe_db_instances__ok.json", "200")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "HTTP/1.1 200 OK", Bad: "HTTP/1.1 201 Created",
			applies: func(r *Reading) bool { return rdsAnswer(r) && r.Error == nil && !r.Exchange.Response.IsError() },
		},
		{
			ID: "rds.envelope.error-as-success", Level: Must,
			Sentence: "An error does not come with a status of success.",
			Why:      "The SDK for JavaScript takes it for an empty success: the purchase seems to have worked.",
			Evidence: []Evidence{standard(queryStatus, "400, 500, or what the model says"), clients("rdserr-ok-200", "")},
			Kinds:    []wire.Kind{rds.KindErrorAsSuccess},
			Good:     `HTTP/1.1 404 Not Found ... <ErrorResponse>`, Bad: `HTTP/1.1 200 OK ... <ErrorResponse>`,
			applies: func(r *Reading) bool { return rdsAnswer(r) && r.Problem == nil && !r.Exchange.Response.IsError() },
		},
		{
			ID: "rds.envelope.document", Level: Must,
			Sentence: "A success is the operation's own document, not another one.",
			Why:      "boto3 and the SDK for Go fail on another document; the SDK for JavaScript hands over an empty success.",
			Evidence: []Evidence{standard(queryResponse, "the root and the result wrapper are named after the operation"), clients("rds-html-200", "")},
			Variants: []string{"rds-html-200"},
			Good:     "<PurchaseReservedDBInstancesOfferingResponse><PurchaseReservedDBInstancesOfferingResult>...", Bad: "<GenericResponse/>",
			applies: func(r *Reading) bool { return rdsAnswer(r) && r.Output != nil }, look: foreignSuccess,
		},
		{
			ID: "rds.envelope.root", Level: Must,
			Sentence: "The root is named after the operation, with Response behind it.",
			Why:      "SDKs do not look; readers that find their way by names do.",
			Evidence: []Evidence{standard(queryResponse, "the root's name ends in Response"), test("Smithy awsQuery QueryXmlLists and others", "it is the operation's name that precedes it")},
			Kinds:    []wire.Kind{rds.KindRoot},
			Good:     "<DescribeReservedDBInstancesResponse>", Bad: "<DescribeReservedDBInstancesOutput>",
			applies: rdsSuccess,
		},
		{
			ID: "rds.envelope.namespace", Level: Must,
			Sentence: "The root of a success is in the namespace http://rds.amazonaws.com/doc/VERSION/.",
			Why:      "SDKs do not look; readers that heed namespaces find nothing without it.",
			Evidence: []Evidence{standard(queryResponse, "the service's namespace is an xmlns attribute of the root"),
				model(modelRDS, "xmlNamespace"), recording(liveRDS, "")},
			Kinds: []wire.Kind{rds.KindNamespace},
			Good:  `<DescribeReservedDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">`, Bad: `<DescribeReservedDBInstancesResponse>`,
			applies: rdsSuccess, claims: func(_ *Reading, f wire.Finding) bool { return atRoot(f) },
		},
		{
			ID: "rds.envelope.namespace-version", Level: Should,
			Sentence: "The namespace is that of the version that was asked for, or of a later one.",
			Why:      "It says which members a reader can expect.",
			Evidence: []Evidence{model(modelRDS, "each version has its own namespace; one old model has that of its predecessor")},
			Good:     `Version=2014-10-31 ... xmlns="http://rds.amazonaws.com/doc/2014-10-31/"`, Bad: `Version=2014-10-31 ... xmlns="http://rds.amazonaws.com/doc/2012-04-23/"`,
			Variants: []string{"rds-old-xmlns"},
			applies:  func(r *Reading) bool { return rdsSuccess(r) && r.Version != "" }, look: olderNamespace,
		},
		{
			ID: "rds.envelope.result-wrapper", Level: Must,
			Sentence: "The members are in an element named after the operation, with Result behind it.",
			Why:      "Without it boto3 and the SDK for Go fail, and the SDK for JavaScript hands over an empty success.",
			Evidence: []Evidence{standard(queryResponse, "a nested element ending in Result contains the contents"), clients("rds-no-result, rds-wrong-result", "")},
			Kinds:    []wire.Kind{rds.KindResultWrapper},
			Good:     "<DescribeReservedDBInstancesResponse><DescribeReservedDBInstancesResult><ReservedDBInstances/>...", Bad: "<DescribeReservedDBInstancesResponse><ReservedDBInstances/>...",
			applies: rdsSuccess,
		},
		{
			ID: "rds.envelope.response-metadata", Level: Must,
			Sentence: "A success has the request id in ResponseMetadata, after the result wrapper or before it.",
			Why:      "boto3 and aws-cli read the request id nowhere else.",
			Evidence: []Evidence{standard(queryResponse, "ResponseMetadata holds RequestId, a unique identifier"),
				recording(goldens+"/rds_describe_db_instances__ok.json", ""), clients("rds-no-metadata", "the answer itself is read all the same")},
			Kinds:    []wire.Kind{rds.KindMetadata},
			Variants: []string{"rds-no-metadata", "rds-metadata-empty", "rds-rid-toplevel"},
			Good:     "<ResponseMetadata><RequestId>c695119b-2961-11e1-bd06-6fe008f046c3</RequestId></ResponseMetadata>", Bad: "<ResponseMetadata/>",
			applies: rdsSuccess, look: emptyMetadata,
		},
		{
			ID: "rds.envelope.request-id-agrees", Level: Must,
			Sentence: "The request id in the body is that of the header.",
			Why:      "boto3 reports the one and the SDKs for Go and JavaScript the other: two ids for one request.",
			Evidence: []Evidence{standard(queryResponse, "the id identifies the request, of which there is one"), recording(goldenRDS, "they are the same")},
			Good:     "x-amzn-RequestId: 1f2c ... <RequestId>1f2c</RequestId>", Bad: "x-amzn-RequestId: 1f2c ... <RequestId>9e0d</RequestId>",
			applies: rdsDocument, look: requestIDDiffers,
		},
	}
}

func foreignSuccess(r *Reading) []Difference {
	if !r.foreign() {
		return nil
	}
	for _, f := range r.Findings {
		if f.Kind == rds.KindRoot {
			d := r.difference(f)
			d.Want += " with <" + r.Operation + "Result>"
			return []Difference{d}
		}
	}
	return nil
}

// namespace gives the version that the root's namespace names.
func (r *Reading) namespace() (rds.Version, bool) {
	var x xmlwire.Reader
	x.Reset(r.Exchange.Response.Body)
	if !x.Root() || !x.Enter() {
		return "", false
	}
	v, ok := strings.CutPrefix(x.Namespace(), "http://rds.amazonaws.com/doc/")
	version := strings.TrimSuffix(v, "/")
	_, err := time.Parse(time.DateOnly, version)
	return rds.Version(version), ok && err == nil
}

func olderNamespace(r *Reading) []Difference {
	got, ok := r.namespace()
	if !ok || got >= r.Version && got.Known() {
		return nil
	}
	return []Difference{r.at("/"+r.Operation+"Response", r.Version.Namespace()+", or a later version's", strconv.Quote(got.Namespace()))}
}

// bodyRequestID gives the request id in the body of a success or an error.
func (r *Reading) bodyRequestID() wire.Opt[string] {
	switch out := r.Output.(type) {
	case *rds.DescribeReservedDBInstancesOfferingsOutput:
		return out.RequestID
	case *rds.PurchaseReservedDBInstancesOfferingOutput:
		return out.RequestID
	case *rds.DescribeReservedDBInstancesOutput:
		return out.RequestID
	}
	if r.Error != nil {
		return r.Error.RequestID
	}
	return wire.Opt[string]{}
}

func emptyMetadata(r *Reading) []Difference {
	if id, ok := r.bodyRequestID().Get(); !ok || id != "" {
		return nil
	}
	return []Difference{r.at("/"+r.Operation+"Response/ResponseMetadata/RequestId", "a request id", `""`)}
}

func requestIDDiffers(r *Reading) []Difference {
	inHeader, _ := r.Exchange.Response.Headers.Get("x-amzn-RequestId")
	inBody := r.bodyRequestID().Or("")
	if inHeader == "" || inBody == "" || inHeader == inBody {
		return nil
	}
	path := "/ErrorResponse/RequestId"
	if r.Output != nil {
		path = "/" + r.Operation + "Response/ResponseMetadata/RequestId"
	}
	return []Difference{r.at(path, wire.Quote(inHeader)+", as in the header", wire.Quote(inBody))}
}
