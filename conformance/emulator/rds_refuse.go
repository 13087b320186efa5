package emulator

import (
	"wireproof/codec/querywire"
	"wireproof/codec/rds"
	"wireproof/codec/wire"
)

// refuseMessage refuses for a finding about the request as a whole.
//
// undocumented: rds-method. GET and POST are the two forms; what another method is
// told is not established. InvalidAction, since a method that RDS does not have is
// an operation that it does not have.
//
// undocumented: rds-get-body. A GET with a body is refused, not half read.
//
// undocumented: rds-content-type. So is a body that is not said to be a form in
// UTF-8.
//
// undocumented: rds-unknown-version. Other query services answer an unknown
// Version with InvalidAction: "could not find operation ... for version ...".
// WIRE.md section B.14.
func refuseMessage(f *wire.Finding) *refusal {
	switch f.Kind {
	case wire.KindMethod:
		return refuse(rds.InvalidAction, "RDS answers GET and POST, not %s.", f.Got)
	case rds.KindBodyOnGet:
		return refuse(rds.InvalidQueryParameter, "A GET request has its parameters in the query string and no body.")
	case wire.KindContentType:
		return refuse(rds.InvalidQueryParameter, "The body of a POST request is application/x-www-form-urlencoded in UTF-8, not %s.", f.Got)
	case rds.KindVersionUnknown:
		return refuse(rds.InvalidAction, "There is no version %s; the known ones are those from %s to %s.", f.Got, rds.Oldest, rds.Latest)
	}
	return nil
}

// refuseParameter refuses for a finding about one parameter. What has no value is
// always refused, and so is what servers read in more than one way: a purchase
// must not depend on a guess. Those that are accepted all the same stand first.
//
// undocumented: accepted-parameters. A parameter in the query string of a POST
// that is in no other place, a list whose numbers have a gap, a raw semicolon, and
// a parameter that the version does not have, which is ignored as every unknown
// parameter is.
//
// undocumented: unknown-parameters. They are ignored.
//
// undocumented: missing-version. It reads as the oldest version: the documented
// request of 2012 has none. WIRE.md section F, row 4.
//
// undocumented: refused-parameters. The codes for what follows, and that anything
// twice, or in both query and body, is refused.
func refuseParameter(f *wire.Finding) *refusal {
	if f.Level == wire.Departure {
		return nil
	}
	name := wire.Quote(f.Path)
	switch f.Kind {
	case rds.KindParameterInQuery, querywire.KindIndexGap, querywire.KindSemicolon, wire.KindVersion,
		rds.KindFilterForm, rds.KindListAsValue: // Filters are refused as such
		return nil
	case wire.KindDuplicate:
		return refuse(rds.InvalidQueryParameter, "The parameter %s is there more than once.", name)
	case wire.KindRequired:
		return refuse(rds.MissingParameter, "The request has no parameter %s.", name)
	case querywire.KindBadEscape, querywire.KindInvalidUTF8, querywire.KindNUL, querywire.KindEmptyName:
		return refuse(rds.MalformedQueryString, "The query string is not well-formed at %s: %s where %s belongs.", name, f.Got, f.Want)
	case wire.KindInteger, wire.KindIntegerRange, wire.KindBoolean:
		return refuse(rds.InvalidParameterValue, "Invalid value %s for %s: it must be %s.", f.Got, name, f.Want)
	}
	return refuse(rds.InvalidParameterValue, "The parameter %s cannot be read: %s where %s belongs.", name, f.Got, f.Want)
}
