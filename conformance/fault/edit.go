package fault

import (
	"regexp"
	"strings"

	"wireproof/codec/wire"
)

// where says which answers a fault is about.
type where func(*call) bool

// The answers of a service that succeed, and those that do not.
func rdsSuccess(c *call) bool { return c.service == rdsService && ok(c) }
func rdsError(c *call) bool   { return c.service == rdsService && !ok(c) }
func mcSuccess(c *call) bool  { return c.service == mcService && ok(c) }
func mcError(c *call) bool    { return c.service == mcService && !ok(c) }

func rdsAny(c *call) bool { return c.service == rdsService }
func mcAny(c *call) bool  { return c.service == mcService }

func anything(*call) bool  { return true }
func success(c *call) bool { return ok(c) }
func failure(c *call) bool { return !ok(c) }

func ok(c *call) bool { return c.resp.Status >= 200 && c.resp.Status < 300 }

// on narrows to operations.
func on(w where, operations ...string) where {
	return func(c *call) bool {
		for _, o := range operations {
			if c.operation == o {
				return w(c)
			}
		}
		return false
	}
}

// both narrows to answers that both hold for.
func both(x, y where) where { return func(c *call) bool { return x(c) && y(c) } }

// status narrows to answers with one of the statuses.
func status(codes ...int) where {
	return func(c *call) bool {
		for _, code := range codes {
			if c.resp.Status == code {
				return true
			}
		}
		return false
	}
}

// code narrows to errors of RDS or MediaConnect by what they are called.
func code(names ...string) where {
	return func(c *call) bool {
		for _, name := range names {
			if t, _ := c.resp.Headers.Get("X-Amzn-ErrorType"); t == name || strings.Contains(c.resp.Body, "<Code>"+name+"</Code>") {
				return true
			}
		}
		return false
	}
}

// edit changes an answer.
type edit func(*call)

// change makes a fault of edits of the answers that w selects.
func change(w where, edits ...edit) starter {
	return stateless(func(c *call) {
		c.answer()
		if w(c) {
			for _, e := range edits {
				e(c)
			}
		}
	})
}

func stateless(a act) starter { return func() act { return a } }

// framed makes a fault of what is done to the bytes of the answers that w selects.
func framed(w where, f func(*message)) starter {
	return stateless(func(c *call) {
		c.answer()
		if w(c) {
			c.frame = f
		}
	})
}

// body edits the text of the body.
func body(f func(string) string) edit { return func(c *call) { c.resp.Body = f(c.resp.Body) } }

// whole puts another body in the place of the answer's.
func whole(text string) edit { return body(func(string) string { return text }) }

func replace(old, new string) edit {
	return body(func(s string) string { return strings.ReplaceAll(s, old, new) })
}

// sub replaces all matches of a regular expression.
func sub(pattern, replacement string) edit {
	re := regexp.MustCompile(pattern)
	return body(func(s string) string { return re.ReplaceAllString(s, replacement) })
}

// subOnce replaces the first match of a regular expression alone.
func subOnce(pattern, replacement string) edit {
	re := regexp.MustCompile(pattern)
	return body(func(s string) string {
		at := re.FindStringSubmatchIndex(s)
		if at == nil {
			return s
		}
		return s[:at[0]] + string(re.ExpandString(nil, replacement, s, at)) + s[at[1]:]
	})
}

// value edits what the matches of the pattern's first group have in them.
func value(pattern string, f func(string) string) edit {
	re := regexp.MustCompile(pattern)
	return body(func(s string) string {
		var b strings.Builder
		last := 0
		for _, at := range re.FindAllStringSubmatchIndex(s, -1) {
			b.WriteString(s[last:at[2]] + f(s[at[2]:at[3]]))
			last = at[3]
		}
		return b.String() + s[last:]
	})
}

// Elements, wherever they stand in the document.

// element is the pattern of a scalar element; its group is the text.
func element(name string) string { return "<" + name + ">([^<]*)</" + name + ">" }

func setText(name, text string) edit {
	return value(element(name), func(string) string { return text })
}
func mapText(name string, f func(string) string) edit {
	return value(element(name), f)
}

// dropElement takes a scalar element out with its line.
func dropElement(name string) edit { return sub(`\n *`+element(name), "") }

// dropBlock takes an element with children out.
func dropBlock(name string) edit { return sub(`(?s)\n *<`+name+`>.*?</`+name+`>`, "") }

// rename gives an element, start and end tag, another name.
func rename(from, to string) edit { return sub(`(</?)`+from+`([ />])`, "${1}"+to+"${2}") }

// Members of JSON objects, wherever they stand in the document.

// jsonValue matches any value that holds no object or array of objects.
const jsonValue = `("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null)`

// member is the pattern of a scalar member; its group is the value.
func member(name string) string { return `"` + name + `":` + jsonValue }

func setMember(name, value string) edit { return mapMember(name, func(string) string { return value }) }
func mapMember(name string, f func(string) string) edit {
	return value(member(name), f)
}

// dropMember takes a scalar member out with its comma.
func dropMember(name string) edit {
	return body(func(s string) string {
		s = regexp.MustCompile(member(name)+",").ReplaceAllString(s, "")
		return regexp.MustCompile(",?"+member(name)).ReplaceAllString(s, "")
	})
}

// Headers and status.

func setStatus(status int) edit { return func(c *call) { c.resp.Status = status } }

func setHeader(name, value string) edit {
	return func(c *call) { c.resp.Headers.Set(name, value) }
}

func mapHeader(name string, f func(string) string) edit {
	return func(c *call) {
		if v, ok := c.resp.Headers.Get(name); ok {
			c.resp.Headers.Set(name, f(v))
		}
	}
}

func addHeader(name, value string) edit {
	return func(c *call) {
		c.resp.Headers = append(c.resp.Headers, wire.HeaderField{Name: name, Value: value})
	}
}

func dropHeader(name string) edit {
	return func(c *call) { c.resp.Headers = without(c.resp.Headers, name) }
}

// document answers something else altogether.
func document(status int, mediaType, text string) edit {
	return func(c *call) {
		c.resp.Status, c.resp.Body = status, text
		c.resp.Headers = wire.Headers{{Name: "Content-Type", Value: mediaType}}
	}
}
