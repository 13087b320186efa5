package rds

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// EncodeRequest writes a request: a POST with a form body, or with e.Get a GET
// with a query string. Path is "/". Host and signature are left to the caller;
// package sigv2 adds the latter. Errors are those of [Encoder.AppendForm].
// WIRE.md section B.2.
func (e Encoder) EncodeRequest(in Input) (wire.Request, error) {
	form, err := e.AppendForm(nil, in)
	if err != nil {
		return wire.Request{}, err
	}
	if e.Get {
		return wire.Request{Method: "GET", Path: "/", Query: string(form)}, nil
	}
	return wire.Request{
		Method: "POST",
		Path:   "/",
		Headers: wire.Headers{
			{Name: "Content-Type", Value: formType},
			{Name: "Content-Length", Value: strconv.Itoa(len(form))},
		},
		Body: string(form),
	}, nil
}

// AppendForm appends the pairs of a request: Action, Version, the members that
// are present in the order of the model, unknown members as they were. An empty
// list is written as `Tags=`. It allocates nothing where dst has room.
//
// An *[wire.EncodeError] says what has no form on the wire: a required member
// that is absent, a member that e.Version does not have, an integer outside 32
// bits, text that is not UTF-8, an item of a list without members (which would
// leave no trace). dst is then returned as it was.
func (e Encoder) AppendForm(dst []byte, in Input) ([]byte, error) {
	version := e.version()
	f := form{version: version, operation: in.Operation()}
	if !version.Known() {
		f.refuse("Version", "unknown API version "+strconv.Quote(string(version)))
	}
	buf := append(dst, "Action="...)
	buf = append(buf, f.operation.String()...)
	buf = append(buf, "&Version="...)
	f.buf = append(buf, version...)
	switch in := in.(type) {
	case *DescribeReservedDBInstancesOfferingsInput:
		f.offerings(in)
	case *PurchaseReservedDBInstancesOfferingInput:
		f.purchase(in)
	case *DescribeReservedDBInstancesInput:
		f.instances(in)
	}
	if f.err != nil {
		return dst, f.err
	}
	return f.buf, nil
}

// form is a form that is being written. The first error stays.
type form struct {
	buf       []byte
	version   Version
	operation Operation
	err       error
}

func (f *form) offerings(in *DescribeReservedDBInstancesOfferingsInput) {
	f.text("&ReservedDBInstancesOfferingId=", &in.ReservedDBInstancesOfferingId)
	f.text("&DBInstanceClass=", &in.DBInstanceClass)
	f.text("&Duration=", &in.Duration)
	f.text("&ProductDescription=", &in.ProductDescription)
	f.text("&OfferingType=", &in.OfferingType)
	f.boolean("&MultiAZ=", &in.MultiAZ)
	f.filters(&in.Filters)
	f.integer("&MaxRecords=", &in.MaxRecords)
	f.text("&Marker=", &in.Marker)
	f.unknown(in.Unknown)
}

func (f *form) purchase(in *PurchaseReservedDBInstancesOfferingInput) {
	if !in.ReservedDBInstancesOfferingId.IsPresent() {
		f.refuse("ReservedDBInstancesOfferingId", "required, but absent")
	}
	f.text("&ReservedDBInstancesOfferingId=", &in.ReservedDBInstancesOfferingId)
	f.text("&ReservedDBInstanceId=", &in.ReservedDBInstanceId)
	f.integer("&DBInstanceCount=", &in.DBInstanceCount)
	f.tags(&in.Tags)
	f.unknown(in.Unknown)
}

func (f *form) instances(in *DescribeReservedDBInstancesInput) {
	f.text("&ReservedDBInstanceId=", &in.ReservedDBInstanceId)
	f.text("&ReservedDBInstancesOfferingId=", &in.ReservedDBInstancesOfferingId)
	f.text("&DBInstanceClass=", &in.DBInstanceClass)
	f.text("&Duration=", &in.Duration)
	f.text("&ProductDescription=", &in.ProductDescription)
	f.text("&OfferingType=", &in.OfferingType)
	f.boolean("&MultiAZ=", &in.MultiAZ)
	if in.LeaseId.IsPresent() && !f.version.HasLeaseId() {
		f.refuseVersion("LeaseId")
	}
	f.text("&LeaseId=", &in.LeaseId)
	f.filters(&in.Filters)
	f.integer("&MaxRecords=", &in.MaxRecords)
	f.text("&Marker=", &in.Marker)
	f.unknown(in.Unknown)
}

func (f *form) refuse(path, what string) {
	if f.err == nil {
		f.err = &wire.EncodeError{Path: path, What: what}
	}
}

func (f *form) refuseVersion(path string) {
	f.refuse(path, "not a member of "+f.operation.String()+" in "+string(f.version))
}

// The functions below take a name with its separators, such as "&Marker=", so
// that it is appended at once. Names are unreserved and need no escapes.

func (f *form) text(name string, v *wire.Opt[string]) {
	if v.IsPresent() {
		f.buf = append(f.buf, name...)
		f.value(v.Value)
	}
}

// value writes what follows the equals sign.
func (f *form) value(v string) {
	before := len(f.buf)
	f.buf = wire.AppendEscaped(f.buf, v)
	// Text that needs no escape is ASCII.
	if len(f.buf)-before != len(v) && !utf8.ValidString(v) {
		name := f.buf[bytes.LastIndexByte(f.buf, '&')+1 : before-1]
		f.refuse(string(name), "not UTF-8: "+wire.Quote(v))
	}
}

func (f *form) integer(name string, v *wire.Opt[int64]) {
	if !v.IsPresent() {
		return
	}
	if !wire.InInt32(v.Value) {
		f.refuse(strings.Trim(name, "&="), strconv.FormatInt(v.Value, 10)+" does not fit 32 bits")
	}
	f.buf = strconv.AppendInt(append(f.buf, name...), v.Value, 10)
}

func (f *form) boolean(name string, v *wire.Opt[bool]) {
	if v.IsPresent() {
		f.buf = strconv.AppendBool(append(f.buf, name...), v.Value)
	}
}
