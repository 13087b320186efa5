package inspect

import (
	"slices"
	"strings"

	"wireproof/codec/jsonwire"
	"wireproof/codec/rds"
	"wireproof/codec/xmlwire"
)

// xmlSketch is what the outer elements of a document are named, as far as it is
// well-formed. Prefixes are left out.
type xmlSketch struct {
	root      string
	namespace string
	inner     []string // of the three levels below the root
}

func sketchXML(body string) (s xmlSketch) {
	var r xmlwire.Reader
	r.Reset(body)
	for kind := r.Next(); kind != xmlwire.EOF; kind = r.Next() {
		if kind != xmlwire.StartElement || r.Depth() > 4 {
			continue
		}
		prefix, name, prefixed := strings.Cut(r.QName(), ":")
		if !prefixed {
			prefix, name = "", prefix
		}
		if s.root == "" {
			s.root = name
			s.namespace, _ = r.Resolve(prefix)
		} else if len(s.inner) < 100 {
			s.inner = append(s.inner, name)
		}
	}
	return s
}

// isError: RDS's own envelope, or one that some server sends in its place.
func (s xmlSketch) isError() bool {
	return s.root == "ErrorResponse" || s.root == "Error" || s.root == "Response" && slices.Contains(s.inner, "Errors")
}

// operation finds the operation that the document answers.
func (s xmlSketch) operation() (name, why string) {
	if op, ok := strings.CutSuffix(s.root, "Response"); ok && serviceOf(op) == RDS {
		return op, "the root element is " + s.root
	}
	for _, element := range s.inner {
		if op, ok := strings.CutSuffix(element, "Result"); ok && serviceOf(op) == RDS {
			return op, "there is an element " + element
		}
	}
	for _, element := range s.inner {
		var op rds.Operation
		switch element {
		case "ReservedDBInstances":
			op = rds.DescribeReservedDBInstances
		case "ReservedDBInstancesOfferings":
			op = rds.DescribeReservedDBInstancesOfferings
		case "ReservedDBInstance":
			op = rds.PurchaseReservedDBInstancesOffering
		default:
			continue
		}
		return op.String(), "there is an element " + element
	}
	return "", ""
}

// version finds the API version that the root's namespace names.
func (s xmlSketch) version() string {
	v, ok := strings.CutPrefix(s.namespace, "http://rds.amazonaws.com/doc/")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(v, "/")
}

// jsonNames gives the names of the members of the outermost object, as far as
// it is well-formed.
func jsonNames(body string) (names []string) {
	var r jsonwire.Reader
	r.Reset(strings.TrimPrefix(body, "\ufeff"))
	for {
		kind, err := r.Next()
		if err != nil || kind == jsonwire.End {
			return names
		}
		if r.IsName() && r.Depth() == 1 && len(names) < 100 {
			names = append(names, r.Text())
		}
	}
}

// has finds a name in any case: a member that is spelled wrong should still be
// told about.
func has(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
