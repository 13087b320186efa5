package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/casefile"
	"wireproof/conformance/exchange"
	"wireproof/conformance/rule"
)

// SurveyID is the id of the survey's result.
const SurveyID = "survey"

// The offerings that are asked for where a target lists none: those that the
// documentation prints.
const (
	documentedRDSOffering          = "438012d3-4052-4cc7-b2e3-8d3372e0e706"
	documentedMediaConnectOffering = "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-11111111111111111111-11111111:offering"
)

// surveyPages is how many pages of a catalogue are looked at.
const surveyPages = 12

// survey finds out what the target has, before any case is played.
func (r *runner) survey(ctx context.Context) (*Result, error) {
	return r.surveying(ctx, r.surveyRDS, r.surveyMediaConnect)
}

// surveyLate is the part of the survey that waited.
func (r *runner) surveyLate(ctx context.Context) (*Result, error) {
	r.waiting = false
	return r.surveying(ctx, func(ctx context.Context, p *play) error { return r.surveyPurchase(ctx, p, again) })
}

func (r *runner) surveying(ctx context.Context, parts ...func(context.Context, *play) error) (*Result, error) {
	p := r.newPlay(&casefile.Case{ID: SurveyID, About: "The target has the operation.", Level: rule.Must})
	started := time.Now()
	var err error
	for _, part := range parts {
		if err = part(ctx, p); err != nil {
			break
		}
	}
	p.hangUp()
	p.judge()
	p.result.Took = time.Since(started)
	return p.result, err
}

// question says what a request of the survey is for.
type question uint8

const (
	whetherThere question = iota // whether the target has the operation
	again                        // for another page
	asOther                      // what another account sees
)

// ask sends the minimal valid request of an operation and notes whether the target
// has it. The reading is nil where it has not, or was not asked.
func (p *play) ask(ctx context.Context, service, operation, step string, with map[string]any, ask question) (*rule.Reading, error) {
	if !p.options.Config.has(service) || !p.serves(service) || p.options.Config.lacks(operation) {
		return nil, nil
	}
	if ask != whetherThere && p.hasNot(service, operation) {
		return nil, nil
	}
	p.c = &casefile.Case{ID: SurveyID, About: p.c.About, Service: service, Level: rule.Must}
	send := &casefile.Send{Operation: operation, With: with}
	if ask == asOther {
		send.As = "other"
	}
	one, reading, err := p.send(ctx, step, send, p.vs, false)
	if err != nil {
		return nil, err
	}
	p.reads = append(p.reads, one)
	x := one.exchange
	broken := p.broken(one)
	if err := lost(x); err != nil {
		return nil, err
	}
	p.setClock(x)
	if broken && x.Response == nil {
		p.found(service, operation, ask, false, "no HTTP response")
		return nil, nil
	}
	ok := implemented(reading)
	what := ""
	if !ok {
		what = summary(x.Response)
	}
	if ask == whetherThere {
		check := rule.Check{ID: CheckImplemented, Level: rule.Must, Verdict: rule.Pass, Rule: "The target has " + operation + ".",
			Evidence: []rule.Evidence{{Kind: rule.Model, Source: modelOf(service), Says: operation + " is an operation of the service"}}}
		if !ok {
			check.Verdict = rule.Fail
			check.Differences = []rule.Difference{{Part: wire.Body, Offset: 0, Want: "the document of " + operation + ", or one of its errors", Got: what}}
		}
		one.checks = append(one.checks, check)
	}
	p.found(service, operation, ask, ok, what)
	if !ok {
		// What a target says where it has no such operation is no document of ours,
		// and is told once, here.
		one.unjudged = true
		return nil, nil
	}
	return reading, nil
}

// setClock learns the target's time from its first Date header. Times that a request
// says, such as the start of a reservation, are held against the target's clock.
func (r *runner) setClock(x *exchange.Exchange) {
	if r.clockSet || x.Response == nil {
		return
	}
	text, ok := x.Response.Headers.Get("Date")
	at, err := http.ParseTime(text)
	if !ok || err != nil {
		return
	}
	r.clockSet = true
	// A Date has whole seconds, so less than two are no difference.
	if skew := at.Sub(r.options.Now()); skew.Abs() > 2*time.Second {
		r.skew = skew
	}
}

// lost gives the error that ends a run where an exchange ended in a way that says
// that there is nobody to talk to.
func lost(x *exchange.Exchange) error {
	err := x.Err
	var t *exchange.TransportError
	if !errors.As(err, &t) {
		return nil
	}
	switch t.Trouble {
	case exchange.Canceled:
		return err
	case exchange.Unreachable:
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	case exchange.Timeout:
		if x.Received != "" {
			return fmt.Errorf("%w: its answer did not end in time, after %d bytes: %w", ErrUnreachable, len(x.Received), err)
		}
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nil
}

func modelOf(service string) string {
	if service == rule.RDS {
		return "botocore rds/2014-10-31"
	}
	return "botocore mediaconnect/2018-11-14"
}

// hasNot reports whether the survey has found that an operation, or every one of a
// service where operation is empty, is not there.
func (r *runner) hasNot(service, operation string) bool {
	asked := false
	for _, o := range r.report.Survey.Operations {
		if o.Service != service || operation != "" && o.Operation != operation {
			continue
		}
		if o.Implemented {
			return false
		}
		asked = true
	}
	return asked
}

// found notes what was found out about an operation.
func (r *runner) found(service, operation string, ask question, ok bool, answered string) {
	if ask != whetherThere {
		return
	}
	r.report.Survey.Operations = append(r.report.Survey.Operations, SurveyedOperation{Service: service, Operation: operation, Implemented: ok, Answered: answered})
}

// implemented reports whether an answer is the operation's own document or one of
// its modeled errors, however badly written: what is wrong with it is for the
// rulebook.
func implemented(r *rule.Reading) bool {
	response := r.Exchange.Response
	if r.Error != nil {
		return modeled(r)
	}
	if r.Service == rule.RDS {
		// The root or the result wrapper has the operation's name.
		if response.IsError() {
			return slices.ContainsFunc(modeledCodes(r), func(code string) bool { return strings.Contains(response.Body, code) })
		}
		return strings.Contains(response.Body, r.Operation+"Response") || strings.Contains(response.Body, r.Operation+"Result")
	}
	if response.IsError() {
		return slices.ContainsFunc(modeledCodes(r), func(code string) bool { return strings.Contains(response.Body, code) })
	}
	body := strings.TrimLeft(response.Body, "\ufeff \t\r\n")
	if r.Output != nil {
		view, _ := toValue(reflect.ValueOf(r.Output)).(structure)
		return len(view) > 0 || strings.HasPrefix(r.Operation, "List") && strings.HasPrefix(body, "{") || strings.Contains(strings.ToLower(body), strings.ToLower(documentMember(r.Operation)))
	}
	return strings.Contains(strings.ToLower(body), strings.ToLower(documentMember(r.Operation)))
}

// documentMember is the member that makes a document one of the operation's.
func documentMember(operation string) string {
	switch operation {
	case "ListOfferings":
		return `"offerings"`
	case "DescribeOffering":
		return `"offering"`
	case "ListReservations":
		return `"reservations"`
	}
	return `"reservation"`
}

// modeled reports whether an error is one that the operation's model has.
func modeled(r *rule.Reading) bool {
	code, _ := r.Error.Code.Get()
	return slices.ContainsFunc(modeledCodes(r), func(c string) bool { return strings.EqualFold(strings.TrimSpace(code), c) })
}

func modeledCodes(r *rule.Reading) (codes []string) {
	var shapes []*wire.ErrorShape
	if o, ok := rds.ParseOperation(r.Operation); ok {
		shapes = o.Errors()
	} else if o, ok := mediaconnect.ParseOperation(r.Operation); ok {
		shapes = o.Errors()
	}
	for _, s := range shapes {
		codes = append(codes, s.Code, s.Name)
	}
	return codes
}

// summary says in one line what was answered.
func summary(r *exchange.Response) string {
	text := fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status))
	if media, ok := r.Headers.MediaType(); ok {
		text += ", " + media
	}
	if r.Body == "" {
		return text + ", no body"
	}
	return text + ": " + wire.Quote(strings.Join(strings.Fields(r.Body[:min(len(r.Body), 400)]), " "))
}

// surveyRDS asks for the three operations, buys one offering and looks whether
// another account sees it.
func (r *runner) surveyRDS(ctx context.Context, p *play) error {
	const describe = "DescribeReservedDBInstancesOfferings"
	var offerings []value
	reading, err := p.ask(ctx, rule.RDS, describe, describe, nil, whetherThere)
	if err != nil {
		return err
	}
	for page := 2; reading != nil && reading.Output != nil; page++ {
		view := viewOf(reading).(structure)
		list, _ := view["ReservedDBInstancesOfferings"].([]value)
		offerings = append(offerings, list...)
		marker, _ := view["Marker"].(string)
		if marker == "" || page > surveyPages {
			break
		}
		if reading, err = p.ask(ctx, rule.RDS, describe, fmt.Sprintf("%s.%d", describe, page), map[string]any{"Marker": literal(marker)}, again); err != nil {
			return err
		}
	}
	r.offerings(rule.RDS, "ReservedDBInstancesOfferingId", offerings)
	if err := p.purchaseRDS(ctx, whetherThere); err != nil {
		return err
	}
	bought := ""
	if v, err := r.vs.lookup("rds.reservation.ReservedDBInstanceId"); err == nil {
		bought = plain(v)
	}
	if _, err = p.ask(ctx, rule.RDS, "DescribeReservedDBInstances", "DescribeReservedDBInstances", nil, whetherThere); err != nil {
		return err
	}
	if bought == "" {
		return r.apart(rule.RDS, false, false)
	}
	reading, err = p.ask(ctx, rule.RDS, "DescribeReservedDBInstances", "other account", nil, asOther)
	if err != nil || reading == nil {
		return errors.Join(err, r.apart(rule.RDS, false, false))
	}
	_, ids := resolve(viewOf(reading), "/ReservedDBInstances/*/ReservedDBInstanceId")
	return r.apart(rule.RDS, true, !slices.Contains(ids, value(bought)))
}

// purchaseRDS buys an RDS offering, and keeps the reservation.
func (p *play) purchaseRDS(ctx context.Context, ask question) error {
	id := documentedRDSOffering
	if v, err := p.runner.vs.lookup("rds.offering.ReservedDBInstancesOfferingId"); err == nil {
		id = plain(v)
	}
	reading, err := p.ask(ctx, rule.RDS, "PurchaseReservedDBInstancesOffering", "PurchaseReservedDBInstancesOffering", map[string]any{"ReservedDBInstancesOfferingId": literal(id), "ReservedDBInstanceId": literal(plain(p.vs["id"]))}, ask)
	if err != nil || reading == nil || reading.Output == nil {
		return err
	}
	if reservation, ok := viewOf(reading).(structure)["ReservedDBInstance"].(structure); ok {
		p.runner.vs["rds.reservation"] = reservation
	}
	return nil
}

// surveyMediaConnect asks for the operations that change nothing. Where accounts are
// known to be kept apart, it buys as well; otherwise the purchase waits until the
// cases are played whose purchases have to be refused: on a target with one state
// for all, nothing could be told from their refusal afterwards.
func (r *runner) surveyMediaConnect(ctx context.Context, p *play) error {
	reading, err := p.ask(ctx, rule.MediaConnect, "ListOfferings", "ListOfferings", nil, whetherThere)
	if err != nil {
		return err
	}
	var offerings []value
	if reading != nil && reading.Output != nil {
		view := viewOf(reading).(structure)
		offerings, _ = view["offerings"].([]value)
		for page := 2; page <= surveyPages; page++ {
			token, _ := view["nextToken"].(string)
			if token == "" {
				break
			}
			more, err := p.ask(ctx, rule.MediaConnect, "ListOfferings", fmt.Sprintf("ListOfferings.%d", page), map[string]any{"nextToken": literal(token)}, again)
			if err != nil {
				return err
			}
			if more == nil || more.Output == nil {
				break
			}
			view = viewOf(more).(structure)
			list, _ := view["offerings"].([]value)
			offerings = append(offerings, list...)
		}
	}
	r.offerings(rule.MediaConnect, "offeringArn", offerings)
	if _, err := p.ask(ctx, rule.MediaConnect, "DescribeOffering", "DescribeOffering", map[string]any{"offeringArn": literal(r.arn())}, whetherThere); err != nil {
		return err
	}
	listed, err := p.ask(ctx, rule.MediaConnect, "ListReservations", "ListReservations", nil, whetherThere)
	if err != nil {
		return err
	}
	if listed != nil && listed.Output != nil {
		if list, _ := viewOf(listed).(structure)["reservations"].([]value); len(list) > 0 {
			r.vs["mediaconnect.reservation"] = list[0] // of an earlier run: the target forgets nothing
		}
	}
	if r.report.Survey.OwnState[rule.RDS] || r.options.Config.Accounts == "separate" {
		return r.surveyPurchase(ctx, p, whetherThere)
	}
	r.waiting = true
	_, err = p.purchase(ctx, "PurchaseOffering", documentedMediaConnectOffering, whetherThere)
	return errors.Join(err, r.apart(rule.MediaConnect, false, false))
}

// arn is that of the offering that is bought.
func (r *runner) arn() string {
	if v, err := r.vs.lookup("mediaconnect.offering.offeringArn"); err == nil {
		return plain(v)
	}
	return documentedMediaConnectOffering
}

// purchase buys a MediaConnect offering, and keeps the reservation.
func (p *play) purchase(ctx context.Context, step, arn string, ask question) (string, error) {
	reading, err := p.ask(ctx, rule.MediaConnect, "PurchaseOffering", step, map[string]any{"offeringArn": literal(arn), "reservationName": literal(plain(p.vs["id"])), "start": literal(plain(p.vs["month"]))}, ask)
	if err != nil || reading == nil || reading.Output == nil {
		return "", err
	}
	reservation, ok := viewOf(reading).(structure)["reservation"].(structure)
	if !ok {
		return "", nil
	}
	p.runner.vs["mediaconnect.reservation"], p.vs["mediaconnect.reservation"] = reservation, reservation
	bought, _ := reservation["reservationArn"].(string)
	return bought, nil
}

// surveyPurchase buys an offering and looks whether another account sees it.
func (r *runner) surveyPurchase(ctx context.Context, p *play, ask question) error {
	bought, err := p.purchase(ctx, "PurchaseOffering."+map[question]string{whetherThere: "1", again: "2"}[ask], r.arn(), ask)
	if err != nil {
		return err
	}
	asked := bought
	if v, err := r.vs.lookup("mediaconnect.reservation.reservationArn"); err == nil && asked == "" {
		asked = plain(v)
	}
	if asked == "" {
		asked = strings.Replace(r.arn(), ":offering:", ":reservation:", 1)
	}
	if _, err := p.ask(ctx, rule.MediaConnect, "DescribeReservation", "DescribeReservation", map[string]any{"reservationArn": literal(asked)}, whetherThere); err != nil {
		return err
	}
	if bought == "" {
		return r.apart(rule.MediaConnect, false, false)
	}
	reading, err := p.ask(ctx, rule.MediaConnect, "ListReservations", "other account", nil, asOther)
	if err != nil || reading == nil {
		return errors.Join(err, r.apart(rule.MediaConnect, false, false))
	}
	_, arns := resolve(viewOf(reading), "/reservations/*/reservationArn")
	return r.apart(rule.MediaConnect, true, !slices.Contains(arns, value(bought)))
}

// offerings keeps two of a service for the cases, and how many there are.
func (r *runner) offerings(service, id string, list []value) {
	r.report.Survey.Offerings[service] = len(list)
	for i, name := range r.options.Config.Offerings[service] {
		chosen := value(structure{id: name})
		if at := slices.IndexFunc(list, func(v value) bool { s, _ := v.(structure); return s[id] == value(name) }); at >= 0 {
			chosen = list[at]
		}
		list = slices.Insert(slices.Clone(list), i, chosen)
	}
	for i, name := range []string{".offering", ".offering2"} {
		if i < len(list) {
			r.vs[service+name] = list[i]
		}
	}
}

// apart notes whether accounts are kept apart. The configuration knows better than
// the survey, and credentials of the user's are one account.
func (r *runner) apart(service string, known, apart bool) error {
	switch {
	case r.options.AccessKey != "", r.options.Sign == SignOff:
		apart = false
	case r.options.Config.Accounts != "":
		apart = r.options.Config.Accounts == "separate"
	case !known:
		apart = false
	}
	r.report.Survey.OwnState[service] = apart
	return nil
}
