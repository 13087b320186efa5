package xmlwire

import "wireproof/codec/wire"

// The namespaces that are bound without a declaration. Namespaces in XML,
// section 3, "Reserved Prefixes and Namespace Names".
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

type binding struct {
	prefix, uri string
	used        int // where the start tag stands that used it last
}

// bind brings the namespaces that the tag declares into scope and holds its
// names against them.
func (r *Reader) bind() bool {
	t := &r.tag
	switch {
	case t.prefix > 0:
	case len(r.attrs) == 0:
		return true
	case len(r.attrs) == 1 && r.attrs[0].Name == "xmlns": // as on every root of ours
		return r.declare("", &r.attrs[0])
	}
	for i := range r.attrs {
		a := &r.attrs[i]
		switch {
		case a.prefix == 0 && a.Name == "xmlns":
			if !r.declare("", a) {
				return false
			}
		case a.prefix == 5 && a.Name[:5] == "xmlns":
			if !r.declare(a.Name[6:], a) {
				return false
			}
		default:
			r.note(NoteAttribute, a.Offset)
		}
	}
	if t.prefix > 0 {
		if t.name[:t.prefix] == "xmlns" {
			return r.fail(t.start+1, ErrReservedPrefix, "xmlns")
		}
		if _, ok := r.lookup(t.name[:t.prefix]); !ok {
			return r.fail(t.start+1, ErrUnboundPrefix, wire.Quote(t.name[:t.prefix]))
		}
		r.note(NotePrefix, t.start)
	}
	return len(r.attrs) == 0 || r.uniqueAttrs()
}

// declare binds a prefix, "" being the default namespace.
func (r *Reader) declare(prefix string, a *Attr) bool {
	uri := r.value(a)
	switch {
	case prefix == "xmlns",
		prefix == "xml" && uri != xmlNamespace,
		prefix != "xml" && uri == xmlNamespace,
		uri == xmlnsNamespace:
		return r.fail(a.Offset, ErrReservedPrefix, wire.Quote(a.Name))
	case prefix != "" && uri == "":
		return r.fail(a.Offset, ErrEmptyNamespace, wire.Quote(a.Name))
	}
	if len(r.ns) >= wire.MaxNamespaces {
		return r.fail(a.Offset, wire.ErrTooMany, "namespace declarations")
	}
	if len(r.stack) > 0 {
		r.note(NoteNamespace, a.Offset)
	}
	r.ns = append(r.ns, binding{prefix: prefix, uri: uri})
	return true
}

// lookup gives the namespace that a prefix is bound to.
func (r *Reader) lookup(prefix string) (uri string, ok bool) {
	for i := len(r.ns) - 1; i >= 0; i-- {
		if b := &r.ns[i]; b.prefix == prefix {
			b.used = r.tag.start
			return b.uri, true
		}
	}
	if prefix == "xml" {
		return xmlNamespace, true
	}
	return "", prefix == ""
}

// fewAttrs is up to how many attributes are compared each with each.
const fewAttrs = 8

// uniqueAttrs checks that no attribute comes twice, neither under the same name
// nor under two prefixes of one namespace, and that their prefixes are bound.
func (r *Reader) uniqueAttrs() bool {
	var seen map[[2]string]bool
	if len(r.attrs) > fewAttrs {
		seen = make(map[[2]string]bool, 2*len(r.attrs))
	}
	for i := range r.attrs {
		key, ok := r.expandedName(&r.attrs[i])
		if !ok {
			return false
		}
		if seen != nil {
			if seen[key] {
				return r.fail(r.attrs[i].Offset, ErrDuplicateAttr, wire.Quote(r.attrs[i].Name))
			}
			seen[key] = true
			continue
		}
		for j := range r.attrs[:i] {
			if other, _ := r.expandedName(&r.attrs[j]); other == key {
				return r.fail(r.attrs[i].Offset, ErrDuplicateAttr, wire.Quote(r.attrs[i].Name))
			}
		}
	}
	return true
}

// expandedName is the attribute's namespace and local name. The default
// namespace does not apply to attributes.
func (r *Reader) expandedName(a *Attr) (key [2]string, ok bool) {
	if a.prefix == 0 {
		return [2]string{"", a.Name}, true
	}
	prefix, local := a.Name[:a.prefix], a.Name[a.prefix+1:]
	if prefix == "xmlns" {
		return [2]string{xmlnsNamespace, local}, true
	}
	uri, ok := r.lookup(prefix)
	if !ok {
		return key, r.fail(a.Offset, ErrUnboundPrefix, wire.Quote(prefix))
	}
	return [2]string{uri, local}, true
}

// maxBorrowed is how many bytes of prefixes and namespaces an element gets from
// outside at most when it is cut out: a long one that many elements use would
// make a small document fill the memory.
const maxBorrowed = 1024

// standalone gives the element from start to the reader's place so that it can
// stand in another document: the prefixes that it uses and that are among the
// outer bindings are declared on it too.
func (r *Reader) standalone(start, outer int) string {
	raw := r.src[start:r.pos]
	var w Writer
	for _, b := range r.ns[:outer] {
		if b.used < start || b.prefix == "" {
			continue
		}
		if len(w.Buf)+len(b.prefix)+len(b.uri) > maxBorrowed {
			return raw
		}
		w.Buf = append(append(append(w.Buf, " xmlns:"...), b.prefix...), `="`...)
		w.escape(b.uri, true)
		w.Buf = append(w.Buf, '"')
	}
	if len(w.Buf) == 0 {
		return raw
	}
	in := Reader{src: raw}
	name, _, _ := in.name(1)
	return raw[:name] + string(w.Buf) + raw[name:]
}
