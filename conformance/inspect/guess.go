package inspect

import (
	"slices"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// Guess is something that the caller did not say, and why it is taken to be so.
type Guess struct {
	What  string `json:"what"` // form, service, kind, operation
	Value string `json:"value"`
	Why   string `json:"why"`
}

// guesser fills in the options that are empty.
type guesser struct {
	*input
	Options
	guesses []Guess
	xml     xmlSketch
	names   []string // of the outermost JSON object
	isError bool     // the body of a response is an error
	// settled is what a response is whose operation is not told and does not
	// matter: a body that nothing can be read from, an error sent as a success.
	settled *reading
}

func (g *guesser) note(what, value, why string) {
	g.guesses = append(g.guesses, Guess{what, value, why})
}

// guess finds service, kind and operation, in this order, since each narrows
// the next.
func (g *guesser) guess() error {
	g.note("form", string(g.form), g.why)
	g.sketch()
	if err := g.guessService(); err != nil {
		return err
	}
	if err := g.guessKind(); err != nil {
		return err
	}
	if g.Kind == Request {
		return g.guessRequest()
	}
	return g.guessResponse()
}

// sketch looks at the outermost names of the body, whatever it is.
func (g *guesser) sketch() {
	body := g.body
	switch {
	case g.response != nil:
		body = g.response.Body
	case g.request != nil:
		body = g.request.Body
	}
	start := strings.TrimLeft(strings.TrimPrefix(body, "\ufeff"), " \t\r\n")
	switch {
	case strings.HasPrefix(start, "<"):
		g.xml = sketchXML(body)
	case strings.HasPrefix(start, "{"):
		g.names = jsonNames(body)
	}
}

func (g *guesser) guessService() error {
	if g.Service != "" {
		return nil
	}
	service, why := g.findService()
	if service == "" {
		return usage("give --service mediaconnect or --service rds", "cannot tell which service this is of")
	}
	g.Service = service
	g.note("service", service, why)
	return g.checkVersion()
}

func (g *guesser) findService() (service, why string) {
	switch g.form {
	case xmlBody:
		return RDS, "it has an XML body"
	case jsonBody:
		return MediaConnect, "it has a JSON body"
	case responseMessage:
		isXML := g.xml.root != "" && !strings.EqualFold(g.xml.root, "html")
		return serviceOfResponse(g.response, isXML, g.names != nil)
	}
	return serviceOfRequest(g.request)
}

func serviceOfResponse(r *wire.Response, isXML, isJSON bool) (service, why string) {
	media, _ := r.Headers.MediaType()
	switch {
	case isXML:
		return RDS, "it has an XML body"
	case isJSON:
		return MediaConnect, "it has a JSON body"
	case strings.Contains(media, "json"):
		return MediaConnect, "its Content-Type is " + media
	case strings.Contains(media, "xml"):
		return RDS, "its Content-Type is " + media
	}
	if _, ok := r.Headers.Get("x-amzn-ErrorType"); ok {
		return MediaConnect, "it has a header x-amzn-ErrorType"
	}
	return "", ""
}

func serviceOfRequest(r *wire.Request) (service, why string) {
	if strings.HasPrefix(r.Path, "/v1/offerings") || strings.HasPrefix(r.Path, "/v1/reservations") {
		return MediaConnect, "the path is " + clip(r.Path)
	}
	if action := parameter(r, "Action"); action != "" {
		return RDS, "there is a parameter Action"
	}
	host, _ := r.Headers.Get("Host")
	authorization, _ := r.Headers.Get("Authorization")
	for _, s := range Services() {
		switch {
		case strings.HasPrefix(host, s+"."):
			return s, "the Host is " + clip(host)
		case strings.Contains(authorization, "/"+s+"/aws4_request"):
			return s, "the signature is for " + s
		}
	}
	return "", ""
}

// parameter finds a parameter of a query string or form.
func parameter(r *wire.Request, name string) string {
	for _, text := range []string{r.Query, r.Body} {
		var q querywire.Reader
		var pair querywire.Pair
		for q.Reset(text, wire.Query); q.Next(&pair); {
			if pair.Name == name {
				return pair.Value
			}
		}
	}
	return ""
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "..."
	}
	return s
}

func (g *guesser) guessKind() error {
	var kind, why string
	switch {
	case g.request != nil:
		kind, why = Request, "it is "+string(g.form)
	case g.response != nil:
		kind, why = Response, "it is "+string(g.form)
	case g.form == xmlBody:
		kind, why = Response, "no request is XML"
	case has(g.names, "reservationName") || has(g.names, "start"):
		kind, why = Request, "there is a member reservationName or start"
	case len(g.names) > 0:
		kind, why = Response, "there is a member "+clip(g.names[0])
	}
	switch {
	case g.Kind == "" && kind == "":
		return usage("give --kind request or --kind response", "cannot tell whether this is a request or a response")
	case g.Kind == "":
		g.Kind = kind
		g.note("kind", kind, why)
	case g.form != jsonBody && g.Kind != kind:
		return usage("drop --kind "+g.Kind, "this is %s, not of a %s", g.form, g.Kind)
	}
	return nil
}

// guessRequest: a request names its operation itself, but for the body of a
// MediaConnect request, and only one operation has one.
func (g *guesser) guessRequest() error {
	if g.form == xmlBody {
		return usage("give --kind response", "no request of these services is XML")
	}
	if g.form != jsonBody {
		return nil
	}
	switch g.Operation {
	case "":
		g.Operation = mediaconnect.PurchaseOffering.String()
		g.note("operation", g.Operation, "no other request has a JSON body")
	case mediaconnect.PurchaseOffering.String():
	default:
		return usage("give the whole request with its request line", "a request of %s is not in its body", g.Operation)
	}
	return nil
}

func (g *guesser) guessResponse() error {
	switch {
	case g.response != nil && g.response.IsError():
		g.isError = true
		return nil
	case g.response != nil:
		// A status of success decides: an error in its body is a finding.
	case g.xml.isError():
		g.isError = true
		g.note("outcome", "error", "the root element is "+g.xml.root)
		return nil
	case g.Operation == "" && g.isErrorBody():
		g.isError = true
		g.note("outcome", "error", "there is a member message, code or __type, and none of an operation")
		return nil
	}
	if g.Operation != "" {
		return nil
	}
	var why string
	if g.Service == RDS {
		g.Operation, why = g.xml.operation()
	} else {
		g.Operation, why = g.answered()
	}
	if g.Operation == "" {
		if g.settle() {
			return nil
		}
		return usage("give --operation with one of "+strings.Join(Operations(g.Service), ", "),
			"cannot tell which operation this answers")
	}
	g.note("operation", g.Operation, why)
	return nil
}

// settle reads a response as that of any operation, to see whether the operation
// matters.
func (g *guesser) settle() bool {
	some := Operations(g.Service)[0]
	r := services[g.Service].readResponse(g.theResponse(), some, g.Lenient)
	if r.err == nil && r.failure == nil {
		return false
	}
	if r.err != nil {
		r.findings = nil // some would be about an operation that was not meant
	}
	for i := range r.findings {
		f := &r.findings[i]
		f.Want = strings.Replace(f.Want, some, "Operation", 1)
	}
	g.settled = &r
	return true
}

// theResponse is the response, or one of which only the body is known.
func (g *guesser) theResponse() *wire.Response {
	if g.response != nil {
		return g.response
	}
	return &wire.Response{Body: g.body}
}

// outputs are the members of MediaConnect's outputs that tell the operation.
var outputs = []struct {
	member    string
	operation mediaconnect.Operation
}{
	{"offerings", mediaconnect.ListOfferings},
	{"reservations", mediaconnect.ListReservations},
	{"offering", mediaconnect.DescribeOffering},
	{"reservation", mediaconnect.PurchaseOffering},
}

// answered finds the operation that a JSON body answers.
func (g *guesser) answered() (name, why string) {
	for _, o := range outputs {
		if !has(g.names, o.member) {
			continue
		}
		why = "there is a member " + o.member
		if o.operation != mediaconnect.PurchaseOffering {
			return o.operation.String(), why
		}
		if g.response != nil && g.response.Status == 200 {
			return mediaconnect.DescribeReservation.String(), why + ", and the status is 200, not 201"
		}
		return o.operation.String(), why + "; DescribeReservation answers with the same"
	}
	return "", ""
}

func (g *guesser) isErrorBody() bool {
	for _, o := range outputs {
		if has(g.names, o.member) {
			return false
		}
	}
	return slices.ContainsFunc([]string{"message", "code", "__type"}, func(n string) bool { return has(g.names, n) })
}
