package rule

import (
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// rdsErrorRules are about errors: their envelope, what it holds, and the status.
func rdsErrorRules() []*Rule {
	const good = "<ErrorResponse><Error><Type>Sender</Type><Code>ReservedDBInstanceNotFound</Code><Message>...</Message></Error><RequestId>...</RequestId></ErrorResponse>"
	return []*Rule{
		{
			ID: "rds.errors.envelope", Level: Must,
			Sentence: "An error is an Error directly in an ErrorResponse.",
			Why:      "The SDK for Go finds the code nowhere else; the others know some other envelopes and make up a code for the rest.",
			Evidence: []Evidence{standard(queryError, "the root is ErrorResponse, Error is nested in it"), recording(goldenRDS, "")},
			Kinds:    []wire.Kind{rds.KindErrorEnvelope},
			Variants: []string{"rdserr-ec2-style", "rdserr-bare-error", "rdserr-html-503"},
			Good:     good, Bad: "<Response><Errors><Error>...</Error></Errors></Response>",
			applies: func(r *Reading) bool { return rdsAnswer(r) && r.Error != nil && !r.has(wire.KindEmptyBody) },
		},
		{
			ID: "rds.errors.namespace", Level: Should,
			Sentence: "The root of an error is in the namespace http://rds.amazonaws.com/doc/VERSION/.",
			Why:      "SDKs do not look; readers that heed namespaces find nothing without it.",
			Evidence: []Evidence{recording(goldenRDS, "the specification's own samples have none")},
			Kinds:    []wire.Kind{rds.KindNamespace},
			Good:     `<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">`, Bad: "<ErrorResponse>",
			applies: rdsError, claims: foreignErrorNamespace,
		},
		{
			ID: "rds.errors.code", Level: Must,
			Sentence: "An error has a Code, with no white space around it.",
			Why:      "Clients compare it as it is; without one each makes up another.",
			Evidence: []Evidence{standard(queryError, "Code tells which error it is"), clients("rdserr-absent-code, rdserr-empty-code, rdserr-ws-code", "")},
			Kinds:    []wire.Kind{rds.KindErrorCode},
			Good:     good, Bad: "<Error><Type>Sender</Type><Message>...</Message></Error>",
			applies: rdsError,
		},
		{
			ID: "rds.errors.code-name", Level: Must,
			Sentence: "A modeled error's Code is the one that the model gives it, not the name of its shape.",
			Why:      "boto3 and the SDK for Go do not recognise the shape's name.",
			Evidence: []Evidence{standard(queryCode, "the code of the awsQueryError trait goes before the shape's name"), model(modelRDS, "error.code"), clients("rdserr-fault-code", "")},
			Kinds:    []wire.Kind{rds.KindErrorShapeName},
			Good:     "<Code>ReservedDBInstanceNotFound</Code>", Bad: "<Code>ReservedDBInstanceNotFoundFault</Code>",
			applies: rdsError,
		},
		{
			ID: "rds.errors.known", Level: Should,
			Sentence: "The Code is one that the operation's model or the common errors of query services have.",
			Why:      "A program that handles what is documented does not handle it. The live service does answer other codes now and then, so that this only warns.",
			Evidence: []Evidence{model(modelRDS, "operations' errors")},
			Good:     "PurchaseReservedDBInstancesOffering: <Code>ReservedDBInstanceAlreadyExists</Code>", Bad: "PurchaseReservedDBInstancesOffering: <Code>ReservedDBInstanceNotFound</Code>",
			Variants: []string{"rdserr-unmodeled-throttle"},
			applies:  rdsError, look: rdsCodeUnknown,
		},
		{
			ID: "rds.errors.type", Level: Must,
			Sentence: "An error has a Type: Sender where the caller is at fault, Receiver where the service is.",
			Why:      "It tells whether to try again; boto3 hands it over.",
			Evidence: []Evidence{standard(queryError, "one of Sender and Receiver"), recording(goldenRDS, "Sender"), document(docCommonErrors, "which of the common errors are whose")},
			Kinds:    []wire.Kind{rds.KindErrorType},
			Good:     good, Bad: "<Error><Code>ReservedDBInstanceNotFound</Code><Message>...</Message></Error>",
			applies: rdsError,
		},
		{
			ID: "rds.errors.type-status", Level: Must,
			Sentence: "A Sender's error has a status of 4xx, a Receiver's one of 5xx.",
			Why:      "SDKs retry by the status, programs by the type; they must not contradict each other.",
			Evidence: []Evidence{standard(queryStatus, "400 for client, 500 for server"), standard("RFC 9110 sections 15.5 and 15.6", "")},
			Good:     "404 ... <Type>Sender</Type>", Bad: "500 ... <Type>Sender</Type>",
			applies: func(r *Reading) bool { return rdsError(r) && r.Error.Shape == nil }, look: typeAgainstStatus,
		},
		{
			ID: "rds.errors.message", Level: Must,
			Sentence: "An error has a Message with a text.",
			Why:      "It is what people are shown: without it boto3 says None and the SDK for JavaScript Unknown.",
			Evidence: []Evidence{recording(goldenRDS, ""), clients("rdserr-no-message, rdserr-empty-message", "")},
			Kinds:    []wire.Kind{rds.KindErrorMessage},
			Good:     good, Bad: "<Error><Type>Sender</Type><Code>ReservedDBInstanceNotFound</Code></Error>",
			applies: rdsError,
		},
		{
			ID: "rds.errors.request-id", Level: Must,
			Sentence: "An error has its RequestId directly in the ErrorResponse, behind or before the Error.",
			Why:      "boto3 and aws-cli report that one.",
			Evidence: []Evidence{standard(queryError, "RequestId is beside Error"), recording(goldenRDS, "")},
			Kinds:    []wire.Kind{rds.KindErrorRequestID},
			Good:     good, Bad: "<ErrorResponse><Error>...<RequestId>...</RequestId></Error></ErrorResponse>",
			applies: rdsError,
		},
		{
			ID: "rds.errors.status", Level: Must,
			Sentence: "A modeled error has the status that the model gives it.",
			Why:      "SDKs do not look, programs that speak HTTP themselves do. AlreadyExists really is a 404.",
			Evidence: []Evidence{model(modelRDS, "error.httpStatusCode"), document(docPurchaseRDS+", Errors", "")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "404 ... <Code>ReservedDBInstanceAlreadyExists</Code>", Bad: "409 ... <Code>ReservedDBInstanceAlreadyExists</Code>",
			applies: rdsError, claims: modeledStatus,
		},
		{
			ID: "rds.errors.common-status", Level: Should,
			Sentence: "A common error has one of the statuses that the published lists give it.",
			Why:      "SDKs tell a request that is worth another try by it.",
			Evidence: []Evidence{document(docCommonErrors, "the lists differ on some codes; what one of them says is right")},
			Kinds:    []wire.Kind{wire.KindStatus},
			Good:     "400 ... <Code>InvalidParameterValue</Code>", Bad: "500 ... <Code>InvalidParameterValue</Code>",
			applies: rdsError, claims: commonStatus,
		},
	}
}

// faultNamespace is where query services answer what reaches no service.
const faultNamespace = "http://webservices.amazon.com/AWSFault/"

func foreignErrorNamespace(r *Reading, f wire.Finding) bool {
	return atRoot(f) && !(r.Operation == "" && strings.Contains(f.Got, faultNamespace))
}

// rdsCodeUnknown looks for a code that is neither modeled for the operation nor
// common. The newer template spells some common codes with Exception.
func rdsCodeUnknown(r *Reading) []Difference {
	code := r.Error.Code.Or("")
	shape := r.Error.Shape
	operation, known := rds.ParseOperation(r.Operation)
	switch {
	case code == "" || code != strings.TrimSpace(code) || r.has(rds.KindErrorShapeName):
		return nil // another rule's
	case shape == nil:
		shape = rds.ShapeOf(strings.TrimSuffix(code, "Exception"))
	}
	want := "an error of " + r.Operation + ", or a common one"
	if !known {
		want = "a common error"
	}
	if shape != nil && (shape.Name == "" || slices.Contains(operation.Errors(), shape)) {
		return nil
	}
	return []Difference{r.at(r.errorPath()+"/Code", want, wire.Quote(code))}
}

// errorPath is where the Error stands, also in the envelopes that are not RDS's.
func (r *Reading) errorPath() string {
	for _, path := range []string{"/Error", "/Response/Errors/Error"} {
		if r.locate(path) >= 0 {
			return path
		}
	}
	return "/ErrorResponse/Error"
}

func typeAgainstStatus(r *Reading) []Difference {
	status := r.Exchange.Response.Status
	want := "Sender"
	if status >= 500 {
		want = "Receiver"
	}
	got := r.Error.Type.Or("")
	if status < 400 || status > 599 || got == want || got != "Sender" && got != "Receiver" {
		return nil
	}
	return []Difference{r.at(r.errorPath()+"/Type", want+" with status "+strconv.Itoa(status), got)}
}

// errorClass reports whether the status is one of an error; where it is not, that
// is what is wrong with it.
func errorClass(r *Reading) bool {
	s := r.Exchange.Response.Status
	return s >= 400 && s <= 599
}

func modeledStatus(r *Reading, _ wire.Finding) bool {
	return errorClass(r) && r.Error.Shape != nil && r.Error.Shape.Name != ""
}

// otherStatuses are those of common errors on which the lists, or what was seen
// live, differ from the one that the codec writes. Nil: no source says.
var otherStatuses = map[string][]int{
	"AccessDenied":                        {400},
	"IncompleteSignature":                 {400, 403},
	"MalformedQueryString":                {400},
	"NotAuthorized":                       {400, 401},
	"SignatureDoesNotMatch":               nil,
	"InvalidSignatureException":           nil,
	"MissingAuthenticationTokenException": nil,
}

func commonStatus(r *Reading, _ wire.Finding) bool {
	if !errorClass(r) || r.has(wire.KindDuplicate) || r.Error.Shape == nil || r.Error.Shape.Name != "" {
		return false
	}
	others, listed := otherStatuses[r.Error.Shape.Code]
	status := r.Exchange.Response.Status
	if listed && others == nil { // only the caller's fault is sourced
		return status >= 500
	}
	return !slices.Contains(others, status)
}
