package jsonwire

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wireproof/codec/wire"
)

// Pointer returns the RFC 6901 pointer of the last token: of a value, of the
// member that a name begins, of the object or array that a bracket opens or
// closes. A pointer of more than 1000 bytes is cut off there, with three dots.
func (r *Reader) Pointer() string {
	return r.path(r.kind != ObjectStart && r.kind != ArrayStart)
}

// maxPointer is the length in bytes at which a pointer is cut off, with three
// dots for the rest: a document of one long name and many duplicates would
// otherwise cost memory and time in the order of its length squared.
const maxPointer = wire.MaxPath

// path returns the pointer of the innermost open object or array, or, if inside,
// of the member or element that began last in it.
func (r *Reader) path(inside bool) string {
	frames := r.stack
	if !inside && len(frames) > 0 {
		frames = frames[:len(frames)-1]
	}
	var p []byte
	for _, f := range frames {
		if f.kind == ObjectStart && f.colon == 0 {
			break // the name itself is what is wrong
		}
		p = append(p, '/')
		if f.kind == ArrayStart {
			p = strconv.AppendInt(p, int64(f.count-1), 10)
		} else {
			p = AppendPointerToken(p, nameInPath(r.src[f.name+1:f.colon-1]))
		}
		if len(p) > maxPointer {
			end := maxPointer
			for !utf8.RuneStart(p[end]) {
				end--
			}
			return string(append(p[:end], "..."...))
		}
	}
	return string(p)
}

// nameInPath replaces the escapes of a name. One that is too long for a pointer
// ends in dots enough to have the pointer cut off.
func nameInPath(raw string) string {
	if len(raw) > 6*maxPointer { // six bytes can be one character
		raw = raw[:6*maxPointer]
		for !utf8.RuneStart(raw[len(raw)-1]) {
			raw = raw[:len(raw)-1]
		}
		raw, _, _ = strings.Cut(raw[:len(raw)-1], `\`)
		return raw + strings.Repeat(".", maxPointer)
	}
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	var a wire.Arena
	name, _ := unescape(raw, &a)
	return name
}

// AppendPointerToken appends a member's name with the two escapes of RFC 6901,
// without the slash before it.
func AppendPointerToken(dst []byte, name string) []byte {
	if !strings.ContainsAny(name, "~/") {
		return append(dst, name...)
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; c {
		case '~':
			dst = append(dst, "~0"...)
		case '/':
			dst = append(dst, "~1"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Pointers returns the RFC 6901 pointer of what stands at each of the offsets,
// which must ascend: the member whose name holds the offset, the value that
// does, or the object or array whose bracket does. An offset between tokens
// belongs to the token after it, and one behind the document to the whole. It
// reads src once, so that decoders need no paths while all is well; of an
// ill-formed src it resolves what precedes the error.
func Pointers(src string, offsets []int) []string {
	pointers := make([]string, len(offsets))
	var r Reader
	r.Reset(src)
	for done := 0; done < len(offsets); {
		if k, err := r.Next(); err != nil || k == End {
			break
		}
		if offsets[done] >= r.pos {
			continue
		}
		p := r.Pointer()
		for done < len(offsets) && offsets[done] < r.pos {
			pointers[done] = p
			done++
		}
	}
	return pointers
}
