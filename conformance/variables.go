package conformance

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"wireproof/conformance/casefile"
)

// variables are what ${name} stands for in a case.
type variables map[string]value

var reference = regexp.MustCompile(`\$\{([a-zA-Z0-9_.|-]+)\}`)

// missingError says that a variable is not known; the case cannot go on.
type missingError struct{ name string }

func (e *missingError) Error() string { return "there is no ${" + e.name + "}" }

// literal is a text in which ${ has no meaning: it came from the target.
type literal string

// lookup finds a variable, in the forms that stand behind bars.
func (vs variables) lookup(name string) (value, error) {
	name, in, formed := strings.Cut(name, "|")
	v, err := vs.find(name)
	if err != nil || !formed {
		return v, err
	}
	text := plain(v)
	for form := range strings.SplitSeq(in, "|") {
		var ok bool
		if text, ok = casefile.InForm(form, text); !ok {
			return nil, &missingError{name + "|" + form}
		}
	}
	return text, nil
}

// find finds a variable: the longest name that is known, then members.
func (vs variables) find(name string) (value, error) {
	for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		v, ok := vs[name[:end]]
		if !ok {
			continue
		}
		if end == len(name) {
			return v, nil
		}
		_, found := resolve(v, "/"+strings.ReplaceAll(name[end+1:], ".", "/"))
		if len(found) != 1 || found[0] == nil {
			return nil, &missingError{name}
		}
		return found[0], nil
	}
	return nil, &missingError{name}
}

// text puts the variables into a text.
func (vs variables) text(s string) (string, error) {
	if !strings.Contains(s, "${") {
		return s, nil
	}
	var err error
	out := reference.ReplaceAllStringFunc(s, func(m string) string {
		v, e := vs.lookup(m[2 : len(m)-1])
		if e != nil {
			err = e
			return m
		}
		return plain(v)
	})
	return out, err
}

// value puts the variables into a value. A text that is one variable and nothing
// else becomes what the variable is.
func (vs variables) value(v value) (value, error) {
	switch v := v.(type) {
	case string:
		if m := reference.FindStringSubmatchIndex(v); m != nil && m[0] == 0 && m[1] == len(v) {
			return vs.lookup(v[m[2]:m[3]])
		}
		return vs.text(v)
	case []value:
		list := make([]value, len(v))
		for i := range v {
			var err error
			if list[i], err = vs.value(v[i]); err != nil {
				return nil, err
			}
		}
		return list, nil
	case structure:
		s := make(structure, len(v))
		for name := range v {
			member, err := vs.value(v[name])
			if err != nil {
				return nil, err
			}
			s[name] = member
		}
		return s, nil
	}
	return v, nil
}

// plain writes a value as it stands in a request.
func plain(v value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}
