package rds

import "wireproof/codec/wire"

// The kinds of findings about requests, besides those of the packages wire and
// querywire. How clients react to a request cannot be measured, so a finding is
// a Departure where WIRE.md section F rules that it is to be read, and Split
// where section H does not know what the service does. A missing Version is
// [wire.KindRequired], read as [Oldest]: section F, row 4.
const (
	// KindBodyOnGet: a GET with a body, which is not read.
	KindBodyOnGet wire.Kind = "request.body-on-get"
	// KindParameterInQuery: a POST with a parameter in its query string. Those of
	// a presigned request (X-Amz-...) belong there.
	KindParameterInQuery wire.Kind = "request.parameter-in-query"

	// KindAction is the kind of a [wire.ShapeError]: no Action, none of the three
	// operations, or another operation than the one to be decoded.
	KindAction wire.Kind = "request.action"
	// KindVersionUnknown: a Version that is none of [Versions]. See [Call.ReadAs].
	KindVersionUnknown wire.Kind = "request.version-unknown"
	// KindFilterForm: FilterName and FilterValue where the version has Name and
	// Values, or the reverse. WIRE.md section F, row 11.
	KindFilterForm wire.Kind = "request.filter-form"
	// KindListAsValue: one value where a list of values belongs, read as a list
	// of one. boto 2 writes Filters.member.1.FilterValue=v.
	KindListAsValue wire.Kind = "request.list-as-value"
)
