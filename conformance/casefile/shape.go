package casefile

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
	"wireproof/conformance/rule"
)

// kind says what sort of value a member has.
type kind uint8

const (
	textKind kind = iota + 1
	integerKind
	numberKind
	booleanKind
	structureKind
	listKind
)

// shape is what the codec's struct says of a value, so that a misspelt member is
// noticed before anything is sent.
type shape struct {
	kind    kind
	names   []string // of a structure's members
	members []*shape
	item    *shape // of a list
}

// operation is what can be asked of one, and what it answers.
type operation struct {
	service string
	input   *shape
	output  *shape
}

// shapes are made once.
type shapes struct {
	operations map[string]operation
	names      map[string][]string // of a service's operations
	codes      map[string][]string // of a service's errors
	// variables are those that are always there, with the shape of their values.
	variables map[string]*shape
	failure   *shape // of an error
}

var model = sync.OnceValue(func() *shapes {
	text := &shape{kind: textKind}
	s := &shapes{operations: map[string]operation{}, names: map[string][]string{}, codes: map[string][]string{}, variables: map[string]*shape{},
		failure: &shape{kind: structureKind, names: []string{"code", "message", "requestId"}, members: []*shape{text, text, text}}}
	for _, name := range []string{"id", "id2", "id3", "now", "month", "account", "region", "host"} {
		s.variables[name] = text
	}
	add := func(service, name string, input, output any) {
		s.operations[name] = operation{service, shapeOf(reflect.TypeOf(input).Elem()), shapeOf(reflect.TypeOf(output).Elem())}
		s.names[service] = append(s.names[service], name)
	}
	for _, o := range rds.Operations() {
		add(rule.RDS, o.String(), o.NewInput(), o.NewOutput())
	}
	for _, o := range mediaconnect.Operations() {
		add(rule.MediaConnect, o.String(), o.NewInput(), o.NewOutput())
	}
	codes := func(service string, shapes []*wire.ErrorShape) {
		for _, shape := range shapes {
			if !slices.Contains(s.codes[service], shape.Code) {
				s.codes[service] = append(s.codes[service], shape.Code)
			}
		}
	}
	for _, o := range rds.Operations() {
		codes(rule.RDS, o.Errors())
	}
	codes(rule.RDS, rds.CommonErrors())
	codes(rule.MediaConnect, mediaconnect.ModeledErrors())
	codes(rule.MediaConnect, mediaconnect.CommonErrors())
	for name, t := range map[string]reflect.Type{
		"rds.offering": reflect.TypeFor[rds.ReservedDBInstancesOffering](), "mediaconnect.offering": reflect.TypeFor[mediaconnect.Offering](),
	} {
		s.variables[name] = shapeOf(t)
		s.variables[name+"2"] = s.variables[name]
	}
	return s
})

// reservations are the shapes of the variables that need a reservation.
var reservations = sync.OnceValue(func() map[string]*shape {
	return map[string]*shape{
		rule.RDS:          shapeOf(reflect.TypeFor[rds.ReservedDBInstance]()),
		rule.MediaConnect: shapeOf(reflect.TypeFor[mediaconnect.Reservation]()),
	}
})

// shapeOf reads a type of the codec: its members are the fields with a name in
// JSON.
func shapeOf(t reflect.Type) *shape {
	if t.PkgPath() == reflect.TypeFor[wire.Unknown]().PkgPath() && strings.HasPrefix(t.Name(), "Opt[") {
		value, _ := t.FieldByName("Value")
		return shapeOf(value.Type)
	}
	switch {
	case t.Kind() == reflect.Slice:
		return &shape{kind: listKind, item: shapeOf(t.Elem())}
	case t.Kind() == reflect.Struct && !reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		s := &shape{kind: structureKind}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if name == "" {
				name = t.Field(i).Name
			}
			if name != "-" && t.Field(i).IsExported() && !t.Field(i).Anonymous {
				s.names, s.members = append(s.names, name), append(s.members, shapeOf(t.Field(i).Type))
			}
		}
		return s
	case t.Kind() == reflect.Int64:
		return &shape{kind: integerKind}
	case t.Kind() == reflect.Float64:
		return &shape{kind: numberKind}
	case t.Kind() == reflect.Bool:
		return &shape{kind: booleanKind}
	}
	return &shape{kind: textKind}
}

// member finds a member of a structure, or gives nil.
func (s *shape) member(name string) *shape {
	for i, n := range s.names {
		if n == name {
			return s.members[i]
		}
	}
	return nil
}

// at follows a pointer. problem and hint say where it leads nowhere; shape is nil
// where it is not known what is there.
func (s *shape) at(pointer string) (at *shape, problem, hint string) {
	if pointer == "" {
		return s, "", ""
	}
	if pointer[0] != '/' {
		return nil, "the path " + wire.Quote(pointer) + " does not begin with a slash", "write /" + pointer
	}
	for _, step := range strings.Split(pointer[1:], "/") {
		if s == nil {
			break
		}
		switch s.kind {
		case structureKind:
			next := s.member(step)
			if next == nil {
				return nil, "nothing has a member " + wire.Quote(step) + " at this place of " + wire.Quote(pointer), oneOf(step, s.names)
			}
			s = next
		case listKind:
			if i, err := strconv.Atoi(step); step != "*" && (err != nil || i < 0 || strconv.Itoa(i) != step) {
				return nil, "a list has no " + wire.Quote(step), "write a number, from 0, or *"
			}
			s = s.item
		default:
			return nil, "the path " + wire.Quote(pointer) + " goes on below a value that has no members", ""
		}
	}
	return s, "", ""
}

// check holds a value that is to be sent against the shape of its member.
func (l *loader) check(s *shape, n *yaml.Node, name string) {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!null" || strings.Contains(n.Value, "${")) {
		return
	}
	want, hint, ok := "", "", false
	switch s.kind {
	case structureKind:
		l.object(n, name, s.names, func(name string, _, value *yaml.Node) { l.check(s.member(name), value, name) })
		return
	case listKind:
		if n.Kind == yaml.SequenceNode {
			for _, item := range n.Content {
				l.check(s.item, item, name)
			}
			return
		}
		want = "a list"
	case textKind:
		want, hint, ok = "a text", "put it in quotes", n.Kind == yaml.ScalarNode && (n.Tag == "!!str" || n.Tag == "!!timestamp")
	case integerKind:
		want, ok = "an integer", n.Tag == "!!int"
	case numberKind:
		want, ok = "a number", n.Tag == "!!int" || n.Tag == "!!float"
	case booleanKind:
		want, ok = "true or false", n.Tag == "!!bool"
	}
	if !ok {
		if s.kind != textKind {
			hint = "to send another value, write it under parameters or body"
		}
		l.fault(n, hint, "%s has to be %s", name, want)
	}
}
