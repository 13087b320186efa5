package jsonwire

import (
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// Pointer returns the RFC 6901 pointer of the last token: of a value, of the
// member that a name begins, of the object or array that a bracket opens or
// closes.
func (r *Reader) Pointer() string {
	return r.path(r.kind != ObjectStart && r.kind != ArrayStart)
}

// path returns the pointer of the innermost open object or array, or, if inside,
// of the member or element that began last in it.
func (r *Reader) path(inside bool) string {
	frames := r.stack
	if !inside && len(frames) > 0 {
		frames = frames[:len(frames)-1]
	}
	var a wire.Arena
	var p []byte
	for _, f := range frames {
		p = append(p, '/')
		if f.kind == ArrayStart {
			p = strconv.AppendInt(p, int64(f.count-1), 10)
			continue
		}
		end, escaped, err := scanString(r.src, f.name)
		if err != nil {
			return string(p[:len(p)-1]) // the name itself is what is wrong
		}
		name := r.src[f.name+1 : end-1]
		if escaped {
			name, _ = unescape(name, &a)
		}
		p = AppendPointerToken(p, name)
	}
	return string(p)
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
