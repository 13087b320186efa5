package xmlwire

import "wireproof/codec/wire"

// Kind is the kind of a token.
type Kind byte

// The kinds of tokens. An empty-element tag gives a StartElement and then an
// EndElement with the same offset.
const (
	EOF          Kind = 0
	StartElement Kind = '<'
	EndElement   Kind = '/'
	Text         Kind = 't' // without the CDATA sections in it
	CData        Kind = 'c'
	Comment      Kind = '#'
	ProcInst     Kind = '?' // the XML declaration is none
)

// phase is where in the document Next is.
type phase uint8

const (
	atStart phase = iota
	inProlog
	inContent
	inSelfEnded // between the two tokens of <a/>
	inEpilog
)

// token is what Next found.
type token struct {
	kind       Kind
	start, end int
	plain      bool // a text needs no rewriting
}

// Next moves to the next token and gives its kind: [EOF] at the end of the
// document and after an error, which [Reader.Err] then gives. White space is
// text inside the root element and nothing outside.
func (r *Reader) Next() Kind {
	if r.err != nil {
		return EOF
	}
	if r.phase == inSelfEnded {
		r.tok.kind = EndElement
		r.close()
		return EndElement
	}
	r.tok = token{start: r.pos, plain: true}
	ok := false
	switch r.phase {
	case atStart, inProlog, inEpilog:
		ok = r.nextOutside()
	case inContent:
		ok = r.nextInside()
	}
	if !ok {
		r.tok = token{kind: EOF, start: r.pos, end: r.pos}
		return EOF
	}
	r.tok.end = r.pos
	return r.tok.kind
}

// nextOutside reads a token before or after the root element.
func (r *Reader) nextOutside() bool {
	if r.phase == atStart {
		// The prolog is checked as a whole when reading starts, since the rules of
		// its first bytes are its own, and then read token by token.
		probe := Reader{src: r.src, pos: r.pos}
		if _, ok := probe.prolog(); !ok {
			r.err, r.pos = probe.err, len(r.src)
			return false
		}
		r.phase = inProlog
		r.declaration()
	}
	p := r.skipSpace(r.pos)
	r.tok.start = p
	switch {
	case r.phase == inEpilog && p >= len(r.src):
		r.pos = p
		return false
	case r.phase == inEpilog && r.src[p] != '<':
		return r.failAt(p, ErrOutsideRoot)
	case r.has(p, "<!--"), r.has(p, "<?"):
		return r.nextMarkup(p)
	case r.phase == inEpilog && p+1 < len(r.src) && r.src[p+1] != '!':
		return r.failTag(p)
	case r.phase == inEpilog:
		_, ok := r.markup(p)
		return ok
	}
	return r.nextStart(p)
}

// nextInside reads a token inside the root element.
func (r *Reader) nextInside() bool {
	p := r.pos
	switch {
	case p >= len(r.src):
		return r.fail(p, wire.ErrTruncated, "")
	case r.src[p] != '<':
		end, plain, ok := r.charData(p)
		r.tok.kind, r.tok.plain, r.pos = Text, plain, max(end, r.pos)
		return ok
	case p+1 >= len(r.src):
		return r.fail(len(r.src), wire.ErrTruncated, "")
	case r.src[p+1] == '/':
		r.tok.kind = EndElement
		if !r.endTag(p, r.stack[len(r.stack)-1].name) {
			return false
		}
		r.close()
		return true
	case r.has(p, "<![CDATA["):
		end, ok := r.cdata(p)
		if ok {
			r.tok.kind, r.pos = CData, end
		}
		return ok
	case r.src[p+1] == '!' || r.src[p+1] == '?':
		return r.nextMarkup(p)
	}
	return r.nextStart(p)
}

func (r *Reader) nextStart(p int) bool {
	r.tok.kind = StartElement
	if !r.startTag(p) {
		return false
	}
	r.push(r.tag.name, r.tag.nsMark)
	r.phase = inContent
	if r.tag.selfEnds {
		r.phase = inSelfEnded
	}
	return true
}

func (r *Reader) nextMarkup(p int) bool {
	end, ok := r.markup(p)
	if !ok {
		return false
	}
	r.tok.kind, r.pos = Comment, end
	if r.src[p+1] == '?' {
		r.tok.kind = ProcInst
	}
	return true
}

// close closes the innermost element for Next.
func (r *Reader) close() {
	r.pop()
	r.phase = inContent
	if len(r.stack) == 0 {
		r.phase = inEpilog
	}
}

// TokenOffset is where the token that Next gave starts, in bytes.
func (r *Reader) TokenOffset() int { return r.tok.start }

// Raw is the token that Next gave, as written.
func (r *Reader) Raw() string { return r.src[r.tok.start:r.tok.end] }

// Depth is how many elements are open. A start tag counts, an end tag no more.
func (r *Reader) Depth() int { return len(r.stack) }

// QName is the name of the start tag that Next gave, as written with its prefix.
func (r *Reader) QName() string { return r.tag.name }

// Attrs are the attributes of the start tag that Next gave, namespace
// declarations among them, valid until the next call of Next.
func (r *Reader) Attrs() []Attr { return r.attrs }

// AttrValue is the attribute's value: references replaced, white space made
// spaces.
func (r *Reader) AttrValue(a Attr) string { return r.value(&a) }

// Resolve gives the namespace that a prefix, "" being the default, is bound to
// at this place, and whether it is bound.
func (r *Reader) Resolve(prefix string) (uri string, ok bool) { return r.lookup(prefix) }

// TokenText is the text of the token that Next gave: of a Text with references
// replaced, of a CData its content, both with line ends normalised; of any other
// token "".
func (r *Reader) TokenText() string {
	switch r.tok.kind {
	case Text:
		if r.tok.plain {
			return r.Raw()
		}
		return r.join([]segment{{r.tok.start, r.tok.end, false}})
	case CData:
		return r.join([]segment{{r.tok.start + len("<![CDATA["), r.tok.end - len("]]>"), true}})
	}
	return ""
}

// prefixOf gives the prefix of a QName, "" where it has none.
func prefixOf(name string) string {
	for i := 0; i < len(name); i++ {
		if name[i] == ':' {
			return name[:i]
		}
	}
	return ""
}
