package xmlwire

import (
	"strings"

	"wireproof/codec/wire"
)

// Root moves to the root element, whatever its name, and reports whether there
// is one. Its name is [Reader.Name]. The caller then reads it as after Child.
func (r *Reader) Root() bool {
	if r.err != nil {
		return false
	}
	p, ok := r.prolog()
	return ok && r.startTag(p)
}

// Name is the local name of the start tag that Root or Child read last.
func (r *Reader) Name() string {
	switch t := &r.tag; {
	case t.close != "":
		return t.close[2 : len(t.close)-1]
	case t.prefix > 0:
		return t.name[t.prefix+1:]
	}
	return r.tag.name
}

// Namespace is the namespace of the innermost open element, or "".
func (r *Reader) Namespace() string {
	prefix := ""
	if top := len(r.stack) - 1; top >= 0 {
		prefix = prefixOf(r.stack[top].name)
	}
	uri, _ := r.lookup(prefix)
	return uri
}

// TagOffset is where the start tag that Root or Child read last starts, in bytes.
func (r *Reader) TagOffset() int { return r.tag.start }

// Child moves to the next element inside the current one and gives the index of
// its local name in names, or [Unknown]. The caller then reads the element with
// exactly one of [Reader.Text], [Reader.Enter] and [Reader.Skip]. At the end of
// the current element, Child closes it and gives [End].
//
// White space, comments and processing instructions between elements are passed
// over; text there is noted as [NoteTextBetween].
func (r *Reader) Child(names *Names, order *Order) int {
	p, src := r.pos, r.src
	if p < len(src) && src[p] == '\n' { // indentation
		p++
		for len(src)-p >= 8 && wire.Load8(src[p:]) == eightSpaces {
			p += 8
		}
		for p < len(src) && src[p] == ' ' {
			p++
		}
	}
	if guess := order.next[order.last]; guess != 0 && len(r.stack) < wire.MaxDepth {
		if open := names.open[guess]; len(src)-p > len(open)+1 && src[p:p+len(open)] == open {
			after := p + len(open)
			switch {
			case src[after] == '>':
				order.last = guess
				r.tag.start, r.tag.close = p, names.end[guess]
				r.pos = after + 1
				return int(guess)
			case src[after] == '/' && src[after+1] == '>':
				order.last = guess
				r.attrs = r.attrs[:0]
				r.tag = tag{start: p, name: names.name[guess], nsMark: len(r.ns), selfEnds: true, notes: len(r.notes)}
				r.pos = after + 2
				return int(guess)
			}
		}
	}
	if top := len(r.stack) - 1; len(src)-p > 1 && src[p] == '<' && src[p+1] == '/' {
		if r.endTag(p, r.stack[top].name) {
			r.pop()
		}
		return End
	}
	return r.child(p, names, order)
}

// child is Child for what was not foreseen, from p on.
func (r *Reader) child(p int, names *Names, order *Order) int {
	if r.err != nil {
		return End
	}
	for {
		p = r.skipSpace(p)
		switch {
		case p < len(r.src) && r.src[p] != '<':
			r.note(NoteTextBetween, p)
			end, _, ok := r.charData(p)
			if !ok {
				return End
			}
			p = end
		case p+1 >= len(r.src):
			r.fail(len(r.src), wire.ErrTruncated, "")
			return End
		case r.src[p+1] == '/':
			if r.endTag(p, r.stack[len(r.stack)-1].name) {
				r.pop()
			}
			return End
		case r.src[p+1] != '!' && r.src[p+1] != '?':
			if !r.startTag(p) {
				return End
			}
			return r.identify(names, order)
		case r.has(p, "<![CDATA["):
			r.note(NoteTextBetween, p)
			end, ok := r.cdata(p)
			if !ok {
				return End
			}
			p = end
		default:
			end, ok := r.markup(p)
			if !ok {
				return End
			}
			p = end
		}
	}
}

// identify looks the start tag up that was read.
func (r *Reader) identify(names *Names, order *Order) int {
	index := names.find(r.Name())
	if index == Unknown {
		return Unknown
	}
	order.learn(index)
	if !r.tag.selfEnds && r.tag.prefix == 0 && len(r.attrs) == 0 {
		r.tag.close = names.end[index]
	}
	return index
}

// Enter moves into the element that Root or Child found and reports whether
// there is anything to read with Child: an empty-element tag such as <a/> has
// nothing, and is read with it.
func (r *Reader) Enter() bool {
	t := &r.tag
	switch {
	case r.err != nil:
		return false
	case t.close != "":
		r.push(t.close[2:len(t.close)-1], len(r.ns))
		return true
	case t.selfEnds:
		r.ns = r.ns[:t.nsMark]
		return false
	}
	r.push(t.name, t.nsMark)
	return true
}

// Text reads the element that Child found as text: what stands directly in it,
// with references replaced, line ends normalised, CDATA sections joined and
// nothing trimmed. Comments, processing instructions and elements inside are
// left out and noted. The result is a substring of the document unless it had
// to be rewritten; then it comes from [Reader.Arena].
func (r *Reader) Text() string {
	src, start := r.src, r.pos
	end := plainText(src, start)
	if token := r.tag.close; token != "" && len(src)-end >= len(token) && src[end:end+len(token)] == token {
		r.pos = end + len(token)
		return src[start:end]
	}
	return r.text()
}

// text is Text for what is not plain.
func (r *Reader) text() string {
	attr := -1
	if r.tag.close == "" && len(r.attrs) > 0 {
		attr = r.attrs[0].Offset
	}
	value := ""
	if r.Enter() {
		text, rewrite := r.content()
		switch {
		case len(text) == 1 && !rewrite:
			value = r.src[text[0].start:text[0].end]
		case len(text) > 0:
			value = r.join(text)
		}
	}
	if value == "" && attr >= 0 {
		r.note(NoteEmptyAttribute, attr)
	}
	return value
}

// content reads on to the end of the innermost element and gives the text that
// stands directly in it; rewrite is true where the text has to be rewritten. An
// error gives no text. Nothing is noted about what elements inside hold.
func (r *Reader) content() (text []segment, rewrite bool) {
	open, outer, notes := len(r.stack), r.tag, 0
	text = r.segs[:0]
	p := r.pos
	for {
		direct := len(r.stack) == open
		end, plain, ok := r.charData(p)
		if !ok {
			return nil, false
		}
		if end > p && direct {
			text = append(text, segment{p, end, false})
			rewrite = rewrite || !plain
		}
		p = end
		switch {
		case p+1 >= len(r.src):
			r.fail(len(r.src), wire.ErrTruncated, "")
			return nil, false
		case r.src[p+1] == '/':
			if !r.endTag(p, r.stack[len(r.stack)-1].name) {
				return nil, false
			}
			r.pop()
			if direct {
				r.segs, r.tag = text, outer
				return text, rewrite
			}
			if len(r.stack) == open {
				r.notes = r.notes[:notes]
			}
			p = r.pos
		case r.src[p+1] != '!' && r.src[p+1] != '?':
			if direct {
				r.note(NoteElementInText, p)
				notes = len(r.notes)
			}
			if !r.startTag(p) {
				return nil, false
			}
			if !r.Enter() && direct {
				r.notes = r.notes[:notes]
			}
			p = r.pos
		case r.has(p, "<![CDATA["):
			if end, ok = r.cdata(p); !ok {
				return nil, false
			}
			if direct {
				text = append(text, segment{p + len("<![CDATA["), end - len("]]>"), true})
				rewrite = true
			}
			p = end
		default:
			if direct && r.src[p+1] == '?' {
				r.note(NoteInstructionText, p)
			} else if direct {
				r.note(NoteCommentInText, p)
			}
			if p, ok = r.markup(p); !ok {
				return nil, false
			}
		}
	}
}

// Skip reads past the element that Root or Child found and gives it as written,
// from its start tag to its end tag. The namespace prefixes that it uses and
// that are declared outside are declared on it too, unless they are very long.
// Nothing about it is noted.
func (r *Reader) Skip() (raw string) {
	start, notes, outer := r.tag.start, len(r.notes), len(r.ns)
	if r.tag.close == "" {
		notes, outer = r.tag.notes, r.tag.nsMark
	}
	if r.Enter() {
		r.content()
	}
	if r.err != nil {
		return ""
	}
	r.notes = r.notes[:notes]
	return r.standalone(start, outer)
}

// Failed reports whether reading has ended with an error.
func (r *Reader) Failed() bool { return r.err != nil }

// Expected guesses how many elements like the one that Child found the rest of
// the document can hold, from the length of this one. It is at least 1.
func (r *Reader) Expected() int {
	name := r.Name()
	rest := r.src[r.tag.start:]
	end := strings.Index(rest, "</"+name)
	if end < 0 {
		return 1
	}
	return len(rest)/(end+2*len(name)) + 1
}

// Finish reads past the end of the root element to the end of the document. It
// gives the first error of the whole document.
func (r *Reader) Finish() error {
	notes := len(r.notes)
	for r.err == nil && len(r.stack) > 0 {
		r.content()
		r.notes = r.notes[:notes]
	}
	if r.err == nil {
		r.epilog()
	}
	return r.Err()
}
