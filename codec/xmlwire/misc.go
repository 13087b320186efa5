package xmlwire

import (
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// comment checks the comment at p, X [15], and gives its end.
func (r *Reader) comment(p int) (end int, ok bool) {
	content := p + len("<!--")
	n := strings.Index(r.src[content:], "--")
	if n < 0 {
		if _, ok := r.chars(content, len(r.src)); !ok {
			return p, false
		}
		return p, r.failAt(len(r.src), ErrComment)
	}
	if _, ok := r.chars(content, content+n); !ok {
		return p, false
	}
	end = content + n + 2
	if end >= len(r.src) || r.src[end] != '>' {
		return p, r.failAt(end, ErrComment)
	}
	return end + 1, true
}

// procInst checks the processing instruction at p, X [16], and gives its end.
func (r *Reader) procInst(p int) (end int, ok bool) {
	target, ok := r.ncName(p + 2)
	if !ok {
		if r.err.Err == ErrName {
			r.err.Err = ErrProcInst
		}
		return p, false
	}
	if name := r.src[p+2 : target]; strings.EqualFold(name, "xml") && target < len(r.src) {
		return p, r.fail(p, ErrProcInst, "reserved target "+wire.Quote(name))
	}
	if r.has(target, "?>") {
		return target + 2, true
	}
	if strings.HasPrefix("?>", r.src[target:]) {
		return p, r.failAt(len(r.src), ErrProcInst)
	}
	if !isSpace(r.src[target]) {
		return p, r.failAt(target, ErrProcInst)
	}
	n := strings.Index(r.src[target:], "?>")
	if n < 0 {
		if _, ok := r.chars(target, len(r.src)); !ok {
			return p, false
		}
		return p, r.failAt(len(r.src), ErrProcInst)
	}
	if _, ok := r.chars(target, target+n); !ok {
		return p, false
	}
	return target + n + 2, true
}

// declaration reads the XML declaration, X [23], where the document starts with
// one, and moves behind it.
func (r *Reader) declaration() bool {
	p := r.pos
	if !r.has(p, "<?xml") || len(r.src) == p+5 || !isSpace(r.src[p+5]) {
		return true
	}
	p += 5
	version, q, ok := r.pseudoAttr(p, "version")
	if !ok || !isVersion(version) {
		return r.fail(p, ErrDeclaration, "version")
	}
	p = q
	if encoding, q, ok := r.pseudoAttr(p, "encoding"); ok {
		if !strings.EqualFold(encoding, "UTF-8") {
			return r.fail(p, ErrEncoding, wire.Quote(encoding))
		}
		p = q
	}
	if standalone, q, ok := r.pseudoAttr(p, "standalone"); ok {
		if standalone != "yes" && standalone != "no" {
			return r.fail(p, ErrDeclaration, "standalone")
		}
		p = q
	}
	p = r.skipSpace(p)
	if !r.has(p, "?>") {
		if strings.HasPrefix("?>", r.src[p:]) {
			p = len(r.src)
		}
		return r.failAt(p, ErrDeclaration)
	}
	r.pos = p + 2
	return r.err == nil
}

// pseudoAttr reads S name Eq quoted value at p and gives the value and the end.
// Where something else stands there, ok is false; it fails only where the
// document ends inside.
func (r *Reader) pseudoAttr(p int, name string) (value string, end int, ok bool) {
	q := r.skipSpace(p)
	if q == p {
		return "", p, false
	}
	if rest := r.src[q:]; !r.has(q, name) {
		if strings.HasPrefix(name, rest) {
			r.failAt(len(r.src), ErrDeclaration)
		}
		return "", p, false
	}
	q = r.skipSpace(q + len(name))
	if q == len(r.src) || r.src[q] != '=' {
		return "", p, q == len(r.src) && r.failAt(q, ErrDeclaration)
	}
	q = r.skipSpace(q + 1)
	if q == len(r.src) || r.src[q] != '"' && r.src[q] != '\'' {
		return "", p, q == len(r.src) && r.failAt(q, ErrDeclaration)
	}
	first := q + 1
	for q = first; q < len(r.src) && r.src[q] != r.src[first-1]; q++ {
		if c := r.src[q]; c >= utf8.RuneSelf || class[c]&nameChar == 0 {
			return "", p, false // no version, encoding or yes has such a character
		}
	}
	if q == len(r.src) {
		return "", p, r.failAt(q, ErrDeclaration)
	}
	return r.src[first:q], q + 1, true
}

// isVersion is X [26], VersionNum: a processor of XML 1.0 reads every 1.x.
func isVersion(v string) bool {
	if len(v) < 3 || v[:2] != "1." {
		return false
	}
	for _, c := range []byte(v[2:]) {
		if c-'0' > 9 {
			return false
		}
	}
	return true
}

// markup reads what starts with '<' at p and is neither a start tag nor an end
// tag nor a CDATA section: a comment or a processing instruction. Anything else
// fails, a document type declaration by its own name.
func (r *Reader) markup(p int) (end int, ok bool) {
	switch {
	case r.has(p, "<!--"):
		return r.comment(p)
	case r.has(p, "<?"):
		return r.procInst(p)
	case r.has(p, "<!DOCTYPE"):
		return p, r.fail(p, ErrDoctype, "")
	case strings.HasPrefix("<!--", r.src[p:]), strings.HasPrefix("<![CDATA[", r.src[p:]), strings.HasPrefix("<!DOCTYPE", r.src[p:]):
		return p, r.fail(len(r.src), wire.ErrTruncated, "")
	}
	return p, r.fail(p, ErrMarkup, wire.Quote(r.src[p:min(p+9, len(r.src))]))
}

// prolog moves to the root's start tag: the XML declaration, comments,
// processing instructions and white space, X [22].
func (r *Reader) prolog() (root int, ok bool) {
	if r.pos == len(r.src) {
		return 0, r.fail(r.pos, wire.ErrEmpty, "")
	}
	if r.has(r.pos, "\xFE\xFF") || r.has(r.pos, "\xFF\xFE") || r.has(r.pos, "\x00") {
		return 0, r.fail(r.pos, ErrEncoding, "UTF-16 or UTF-32")
	}
	if !r.declaration() {
		return 0, false
	}
	p := r.pos
	for {
		p = r.skipSpace(p)
		switch {
		case p >= len(r.src):
			return p, r.fail(p, ErrNoRoot, "")
		case r.src[p] != '<':
			return p, r.failAt(p, ErrOutsideRoot)
		case p+1 < len(r.src) && r.src[p+1] != '!' && r.src[p+1] != '?':
			if r.src[p+1] == '/' {
				return p, r.fail(p, ErrMismatchedTag, "end tag before any start tag")
			}
			return p, true
		}
		if p, ok = r.markup(p); !ok {
			return p, false
		}
	}
}

// epilog reads what follows the root: comments, processing instructions and
// white space up to the end of the document, X [1].
func (r *Reader) epilog() bool {
	p, ok := r.pos, true
	for {
		p = r.skipSpace(p)
		switch {
		case p >= len(r.src):
			r.pos = p
			return true
		case r.src[p] != '<':
			return r.failAt(p, ErrOutsideRoot)
		case p+1 < len(r.src) && r.src[p+1] != '!' && r.src[p+1] != '?':
			return r.failTag(p)
		}
		if p, ok = r.markup(p); !ok {
			return false
		}
	}
}

// failTag fails for a tag at p behind the root element.
func (r *Reader) failTag(p int) bool {
	if r.src[p+1] == '/' {
		return r.fail(p, ErrMismatchedTag, "end tag behind the root element")
	}
	return r.fail(p, ErrMultipleRoots, "")
}
