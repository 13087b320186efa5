package fault

import (
	"net/url"
	"strings"

	"wireproof/codec/wire"
)

// rewrite makes a fault of another request than the one that came.
func rewrite(f func(c *call) wire.Request) starter {
	return stateless(func(c *call) {
		c.changeRequest(f(c))
		c.answer()
	})
}

// onRDS and onMC rewrite the requests of one service.
func onRDS(f func(wire.Request) wire.Request) starter { return onService(rdsService, f) }
func onMC(f func(wire.Request) wire.Request) starter  { return onService(mcService, f) }

func onService(service string, f func(wire.Request) wire.Request) starter {
	return rewrite(func(c *call) wire.Request {
		if c.service != service {
			return c.req
		}
		return f(c.req)
	})
}

// Parameters of RDS stand in the query string or in the body, those of
// MediaConnect in the query string alone.

// mapParams gives every parameter to f, name and value without their escapes, and
// takes what f makes of the value; a parameter that f does not keep is left out.
func mapParams(r wire.Request, f func(name, value string) (string, bool)) wire.Request {
	r.Query = mapPairs(r.Query, f)
	if !strings.HasPrefix(r.Path, "/v1") {
		r.Body = mapPairs(r.Body, f)
	}
	return r
}

func mapPairs(form string, f func(name, value string) (string, bool)) string {
	if form == "" {
		return ""
	}
	var out []string
	for _, pair := range strings.Split(form, "&") {
		rawName, rawValue, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(rawName)
		value, errValue := url.QueryUnescape(rawValue)
		if errName != nil || errValue != nil {
			out = append(out, pair)
			continue
		}
		switch changed, keep := f(name, value); {
		case !keep:
		case changed == value:
			out = append(out, pair)
		default:
			out = append(out, rawName+"="+url.QueryEscape(changed))
		}
	}
	return strings.Join(out, "&")
}

// param finds a parameter.
func param(r wire.Request, name string) (value string, found bool) {
	mapParams(r, func(n, v string) (string, bool) {
		if n == name && !found {
			value, found = v, true
		}
		return v, true
	})
	return value, found
}

// setParam puts another value in the place of a parameter's, or adds it.
func setParam(r wire.Request, name, value string) wire.Request {
	if _, found := param(r, name); found {
		return mapParams(r, func(n, v string) (string, bool) {
			if n == name {
				return value, true
			}
			return v, true
		})
	}
	pair := url.QueryEscape(name) + "=" + url.QueryEscape(value)
	in := &r.Query
	if !strings.HasPrefix(r.Path, "/v1") && r.Method != "GET" {
		in = &r.Body
	}
	if *in != "" {
		pair = *in + "&" + pair
	}
	*in = pair
	return r
}

// mapParam changes a parameter where it is there.
func mapParam(r wire.Request, name string, f func(string) string) wire.Request {
	return mapParams(r, func(n, v string) (string, bool) {
		if n == name {
			return f(v), true
		}
		return v, true
	})
}

// dropParams leaves parameters out.
func dropParams(r wire.Request, names ...string) wire.Request {
	return mapParams(r, func(n, v string) (string, bool) {
		for _, name := range names {
			if n == name {
				return v, false
			}
		}
		return v, true
	})
}

// hasParam reports whether a parameter's name starts so.
func hasParam(r wire.Request, prefix string) bool {
	found := false
	mapParams(r, func(n, v string) (string, bool) {
		found = found || strings.HasPrefix(n, prefix)
		return v, true
	})
	return found
}

// refused makes a request of RDS one that is refused with InvalidParameterValue.
func refused(r wire.Request) wire.Request {
	return setParam(setParam(r, "DBInstanceCount", "x"), "MaxRecords", "x")
}

// withHeader gives the request another header; value "" takes it out.
func withHeader(r wire.Request, name, value string) wire.Request {
	r.Headers = without(r.Headers, name)
	if value != "" {
		r.Headers = append(r.Headers, wire.HeaderField{Name: name, Value: value})
	}
	return r
}
