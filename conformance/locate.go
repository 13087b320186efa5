package conformance

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"wireproof/codec/wire"
	"wireproof/conformance/rule"
)

// locate finds where in the raw response the value at a path of an answer stands:
// at the nearest thing above it that is there. It is asked after a failure only,
// and reads the body with the standard library's readers.
func locate(r *rule.Reading, path string) int {
	if r.Exchange.Response == nil {
		return -1
	}
	body := r.Exchange.Response.Body
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if path == "" {
		segments = nil
	}
	offset := 0
	if r.Service == rule.RDS {
		offset = locateXML(body, segments)
	} else {
		offset = locateJSON(body, segments)
	}
	return r.Offset(wire.Body, "", offset)
}

// locateXML goes down from the result, or from Error. A number is an element of a
// list, whatever it is called.
func locateXML(body string, segments []string) int {
	d := xml.NewDecoder(strings.NewReader(body))
	found, depth, base := 0, 0, -1 // base is the depth of the result
	matched := 0                   // so many segments are matched, the elements being open
	counts := []int{}
	for {
		at := int(d.InputOffset())
		token, err := d.RawToken()
		if err == io.EOF || err != nil {
			return found
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if base < 0 {
				if depth == 2 && (strings.HasSuffix(t.Name.Local, "Result") || t.Name.Local == "Error") {
					base, found = depth, at
					counts = []int{0}
				}
				continue
			}
			if depth == base+matched+1 && matched < len(segments) {
				n := counts[matched]
				counts[matched]++
				index, err := strconv.Atoi(segments[matched])
				if t.Name.Local == segments[matched] || err == nil && index == n {
					matched++
					found = at
					counts = append(counts[:matched], 0)
					if matched == len(segments) {
						return found
					}
				}
			}
		case xml.EndElement:
			if base >= 0 && depth == base+matched {
				return found // the element above the missing one has ended
			}
			depth--
		}
	}
}

// locateJSON goes down from the root.
func locateJSON(body string, segments []string) int {
	d := json.NewDecoder(strings.NewReader(body))
	found := 0
	for _, segment := range segments {
		token, err := d.Token()
		if err != nil {
			return found
		}
		switch token {
		case json.Delim('{'):
			for {
				if !d.More() {
					return found
				}
				name, err := d.Token()
				if err != nil {
					return found
				}
				if name == segment {
					break
				}
				var skip json.RawMessage
				if d.Decode(&skip) != nil {
					return found
				}
			}
		case json.Delim('['):
			index, err := strconv.Atoi(segment)
			if err != nil {
				return found
			}
			for range index {
				var skip json.RawMessage
				if !d.More() || d.Decode(&skip) != nil {
					return found
				}
			}
		default:
			return found
		}
		found = valueStart(body, int(d.InputOffset()))
	}
	return found
}

// valueStart skips what may stand between a name, or an element, and the next
// value.
func valueStart(body string, at int) int {
	for at < len(body) && strings.IndexByte(" \t\r\n:,", body[at]) >= 0 {
		at++
	}
	return at
}
