package jsonwire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

func TestErrorPaths(t *testing.T) {
	for _, c := range []struct {
		before, after string // the document, cut where the error is
		err           error
		path, reason  string
	}{
		{"", "x", wire.ErrUnexpected, "", "the document is the path"},
		{`{"a":`, `x}`, wire.ErrUnexpected, "/a", "a member's value"},
		{`{"a":1,"b":[1,`, `]}`, wire.ErrUnexpected, "/b/1", "an element's value"},
		{`{"a":{"b":[[0],{"c":`, `tru3}]}}`[:0] + `]}]}}`, wire.ErrUnexpected, "/a/b/1/c", "deep"},
		{`{"a":[tru`, `3]}`, jsonwire.ErrLiteral, "/a/0", "inside an element"},
		{`{"a":{"b":1 `, `"c":2}}`, jsonwire.ErrComma, "/a", "between members the object is the path"},
		{`{"a":[1 `, `2]}`, jsonwire.ErrComma, "/a", "between elements the array is the path"},
		{`{"a":[{}],"b" `, `1}`, jsonwire.ErrColon, "/b", "behind a name its member is the path"},
		{`{"a":{`, `1:2}}`, jsonwire.ErrName, "/a", "where a name should be the object is the path"},
		{`{"a":{"b":1,"`, "\x01\":2}}", jsonwire.ErrString, "/a", "a name that is wrong itself names nothing"},
		{`{"a~/\u0062\"":[`, `}`, wire.ErrUnexpected, `/a~0~1b"/0`, "escapes of RFC 6901, none of JSON"},
		{`{"a":[1`, ``, wire.ErrTruncated, "/a", "an array that is cut off"},
		{`{"a":[1,`, ``, wire.ErrTruncated, "/a/1", "an element that is missing"},
		{`{"a":"x`, ``, wire.ErrTruncated, "/a", "a string that is cut off"},
		{`{"a":["x`, "\xff\"]}", wire.ErrInvalidUTF8, "/a/0", "bytes that are not UTF-8"},
		{`{"a":1} `, `,`, wire.ErrTrailing, "", "behind the document"},
	} {
		got := syntaxError(t, c.before+c.after)
		if got == nil || !errors.Is(got, c.err) || got.Offset != len(c.before) || got.Path != c.path {
			t.Errorf("%s: %q|%q: %#v, want %v at %q", c.reason, c.before, c.after, got, c.err, c.path)
		}
	}
}

func TestLimits(t *testing.T) {
	deep := func(n int, open, inner, shut string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
	}
	members := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"a":0`)
		for i := 1; i < n; i++ {
			fmt.Fprintf(&b, `,"%d":0`, i)
		}
		return b.String() + "}"
	}
	wide := strings.Repeat(" ", wire.MaxDocument) + "1"
	for _, c := range []struct {
		name, doc string
		err       error
		offset    int
	}{
		{"depth-1", deep(wire.MaxDepth-1, "[", "", "]"), nil, 0},
		{"depth", deep(wire.MaxDepth, "[", "", "]"), nil, 0},
		{"depth+1", deep(wire.MaxDepth+1, "[", "", "]"), wire.ErrDepth, wire.MaxDepth},
		{"depth of objects", deep(wire.MaxDepth, `{"":`, "0", "}"), nil, 0},
		{"depth of objects+1", deep(wire.MaxDepth+1, `{"":`, "0", "}"), wire.ErrDepth, 4 * wire.MaxDepth},
		{"members-1", members(wire.MaxMembers - 1), nil, 0},
		{"members", members(wire.MaxMembers), nil, 0},
		{"members+1", members(wire.MaxMembers + 1), wire.ErrTooMany, len(members(wire.MaxMembers))},
		{"size-1", wide[2:], nil, 0},
		{"size", wide[1:], nil, 0},
		{"size+1", wide, wire.ErrTooLarge, wire.MaxDocument},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := jsonwire.Check(c.doc)
			var got *wire.SyntaxError
			errors.As(err, &got)
			if !errors.Is(err, c.err) || got != nil && got.Offset != c.offset {
				t.Errorf("got %.200v at %v, want %v at %d", err, got.Offset, c.err, c.offset)
			}
		})
	}
}

// token is what the tests look at of one token.
type token struct {
	Kind    string
	Raw     string
	Offset  int
	Name    bool
	Depth   int
	Pointer string
}

func tokens(t *testing.T, r *jsonwire.Reader) (list []token) {
	t.Helper()
	for {
		k, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, token{string(rune(k)), r.Raw(), r.Offset(), r.IsName(), r.Depth(), r.Pointer()})
		if k == jsonwire.End {
			return list
		}
	}
}

func TestTokens(t *testing.T) {
	var r jsonwire.Reader
	r.Reset(` {"a" : [-1.5e3, {"b":"x\n"}],"":null, "t":[true,false]}`)
	want := []token{
		{"{", "{", 1, false, 1, ""},
		{`"`, `"a"`, 2, true, 1, "/a"},
		{"[", "[", 8, false, 2, "/a"},
		{"0", "-1.5e3", 9, false, 2, "/a/0"},
		{"{", "{", 17, false, 3, "/a/1"},
		{`"`, `"b"`, 18, true, 3, "/a/1/b"},
		{`"`, `"x\n"`, 22, false, 3, "/a/1/b"},
		{"}", "}", 27, false, 2, "/a/1"},
		{"]", "]", 28, false, 1, "/a"},
		{`"`, `""`, 30, true, 1, "/"},
		{"n", "null", 33, false, 1, "/"},
		{`"`, `"t"`, 39, true, 1, "/t"},
		{"[", "[", 43, false, 2, "/t"},
		{"t", "true", 44, false, 2, "/t/0"},
		{"f", "false", 49, false, 2, "/t/1"},
		{"]", "]", 54, false, 1, "/t"},
		{"}", "}", 55, false, 0, ""},
		{"\x00", "", 56, false, 0, ""},
	}
	if got := tokens(t, &r); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSkip(t *testing.T) {
	doc := `{"a":{"x":[1,{}]},"b":[[2]],"c":3}`
	var r jsonwire.Reader
	r.Reset(doc)
	var got []string
	for {
		k, err := r.Next()
		if err != nil || k == jsonwire.End {
			break
		}
		if r.Depth() == 0 || k == jsonwire.ObjectStart && r.Offset() == 0 {
			continue
		}
		raw, err := r.Skip()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, raw)
	}
	want := []string{`"a"`, `{"x":[1,{}]}`, `"b"`, `[[2]]`, `"c"`, `3`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}

	r.Reset(`[[1,x]]`)
	r.Next()
	r.Next()
	if raw, err := r.Skip(); raw != "" || !errors.Is(err, wire.ErrUnexpected) {
		t.Errorf("Skip of an ill-formed value = %q, %v", raw, err)
	}
	if _, err := r.Next(); !errors.Is(err, wire.ErrUnexpected) || err != r.Err() {
		t.Errorf("the error is not sticky: %v, then %v", r.Err(), err)
	}
}

// TestText compares with encoding/json, which is independent of this package and
// reads lone surrogates the same way.
func TestText(t *testing.T) {
	for _, c := range []struct {
		raw    string
		lone   int // offset of the first lone surrogate, or -1
		reason string
	}{
		{`""`, -1, "empty"},
		{`"plain"`, -1, "nothing to do"},
		{`"\"\\\/\b\f\n\r\t"`, -1, "all short escapes"},
		{`"\u0000\u001F\u0041\u00e9\u20AC"`, -1, "one to three bytes"},
		{`"a\ud83d\ude00b"`, -1, "a pair"},
		{`"é€😀\n\u2028"`, -1, "raw and escaped"},
		{`"\ud83d"`, 1, "a lone high one"},
		{`"x\ude00"`, 2, "a lone low one"},
		{`"\ude00\ud83d"`, 1, "the wrong way round"},
		{`"\ud83d\ud83d\ude00"`, 1, "a lone one before a pair"},
		{`"\ud83d\n\ud83d"`, 1, "two lone ones are noted once"},
		{`"\ud83dx\ude00"`, 1, "torn apart"},
		{`"\\ud83d"`, -1, "an escaped backslash"},
		{`"\ufffd\uFFFF\ufdd0"`, -1, "code points that are not characters"},
	} {
		var want string
		if err := json.Unmarshal([]byte(c.raw), &want); err != nil {
			t.Fatal(err)
		}
		var r jsonwire.Reader
		r.Reset(c.raw)
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
		got := r.Text()
		lone := -1
		if s := r.LoneSurrogates(); len(s) > 0 {
			lone = s[0]
		}
		if got != want || lone != c.lone || len(r.LoneSurrogates()) > 1 {
			t.Errorf("%s: Text of %s = %q, %v, want %q, %d", c.reason, c.raw, got, r.LoneSurrogates(), want, c.lone)
		}
		r.Reset(c.raw)
		if fast, ok := r.String(); !ok || fast != want || r.Close() != nil {
			t.Errorf("%s: String of %s = %q, want %q", c.reason, c.raw, fast, want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	for _, c := range []struct {
		doc    string
		want   []int
		reason string
	}{
		{`{"a":1,"b":2}`, nil, "none"},
		{`{"a":1,"a":2,"a":3}`, []int{7, 13}, "each but the first"},
		{`{"a":1,"\u0061":2}`, []int{7}, "equal after the escapes"},
		{`{"a":{"a":1},"b":{"a":1}}`, nil, "objects of their own"},
		{`{"a":{"b":1,"b":2},"a":[{"c":1,"c":2}]}`, []int{12, 31, 19}, "inner objects close first"},
		{`[{"":1,"":2}]`, []int{7}, "the empty name"},
	} {
		for _, skip := range []bool{false, true} {
			var r jsonwire.Reader
			r.NoteDuplicates = true
			r.Reset(c.doc)
			if skip {
				r.Value()
			} else {
				tokens(t, &r)
			}
			if got := r.Duplicates(); !slices.Equal(got, c.want) {
				t.Errorf("%s: %s: duplicates at %v, want %v", c.reason, c.doc, got, c.want)
			}
			r.NoteDuplicates = false
			r.Reset(c.doc)
			if tokens(t, &r); len(r.Duplicates()) > 0 {
				t.Errorf("%s: noted without being told to", c.reason)
			}
		}
	}
}

// TestManyDuplicates would take hours in quadratic time.
func TestManyDuplicates(t *testing.T) {
	const n = 300_000
	doc := `{"x":{` + strings.Repeat(`"same":1,`, n) + `"other":2}}`
	var r jsonwire.Reader
	r.NoteDuplicates = true
	r.Reset(doc)
	if r.Value(); r.Close() != nil || len(r.Duplicates()) != n-1 {
		t.Errorf("%d duplicates, want %d, %v", len(r.Duplicates()), n-1, r.Err())
	}
}

func TestPointers(t *testing.T) {
	doc := `{"a":[1,{"b/~":true}] , "c":"x"} `
	var offsets []int
	for i := range len(doc) + 2 {
		offsets = append(offsets, i)
	}
	want := []string{"", "/a", "/a", "/a"}
	add := func(n int, p string) {
		for range n {
			want = append(want, p)
		}
	}
	add(2, "/a")   // : [
	add(1, "/a/0") // 1
	add(2, "/a/1") // , {
	add(5, "/a/1/b~1~0")
	add(5, "/a/1/b~1~0")
	add(1, "/a/1") // }
	add(1, "/a")   // ]
	add(6, "/c")   // ` , "c"`
	add(4, "/c")
	add(1, "")
	add(3, "")
	if got := jsonwire.Pointers(doc, offsets); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := jsonwire.Pointers(`[1,x]`, []int{1, 3}); !slices.Equal(got, []string{"/0", ""}) {
		t.Errorf("of an ill-formed document: %q", got)
	}
}

// TestLongPointers would take minutes if every pointer had the whole name.
func TestLongPointers(t *testing.T) {
	const n = 100_000
	for _, name := range []string{strings.Repeat("n", 1<<20), strings.Repeat("é", 1<<19), `\u006e` + strings.Repeat(`\"`, 1<<19), strings.Repeat("n", 999) + "é"} {
		doc := `{"` + name + `":{` + strings.Repeat(`"a":1,`, n) + `"b":2}}`
		r := jsonwire.Reader{NoteDuplicates: true}
		r.Reset(doc)
		r.Value()
		got := jsonwire.Pointers(doc, r.Duplicates())
		if len(got) != n-1 || len(got[0]) > 1003 || !strings.HasSuffix(got[0], "...") || !utf8.ValidString(got[0]) {
			t.Errorf("%.10s: %d pointers, the first %q", name, len(got), got[0])
		}
	}
	deep := strings.Repeat("[", wire.MaxDepth) + strings.Repeat("]", wire.MaxDepth)
	if got := jsonwire.Pointers(deep, []int{wire.MaxDepth - 1}); got[0] != strings.Repeat("/0", 500)+"..." {
		t.Errorf("deep: %q", got)
	}
}

func TestKindString(t *testing.T) {
	for k, want := range map[jsonwire.Kind]string{'{': "object", '0': "number", 't': "boolean", 0: "end of document", 'x': "Kind('x')"} {
		if got := k.String(); got != want {
			t.Errorf("Kind %q is %q, want %q", byte(k), got, want)
		}
	}
}
