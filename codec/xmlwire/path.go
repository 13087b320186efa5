package xmlwire

import (
	"slices"
	"strconv"
	"strings"

	"wireproof/codec/wire"
)

// node is an element on the way to an offset. Counts are kept for the whole
// document, since a name gets an index as soon as a sibling shares it, which may
// come later.
type node struct {
	parent *node
	name   string
	index  int // among the siblings of the same name, from 1
	counts map[string]int
}

// String gives the path: /A/B[2]/C, as XPath counts, with an index only where
// siblings share the name. Of a path longer than wire.MaxPath the innermost steps
// are given, behind three dots.
func (n *node) String() string {
	var steps []string
	for length := 0; n.parent != nil; n = n.parent {
		if length += 1 + len(n.name); length > wire.MaxPath {
			steps = append(steps, "...")
			break
		}
		if n.parent.counts[n.name] > 1 {
			steps = append(steps, "["+strconv.Itoa(n.index)+"]")
		}
		steps = append(steps, n.name, "/")
	}
	slices.Reverse(steps)
	return strings.Join(steps, "")
}

// Paths gives the path of the innermost element at each offset, the offsets in
// rising order: an element's own tags belong to it, what lies outside the root
// has the path "". It reads the document once, up to its end or first error;
// offsets past an error get the path of the element that was open there.
func Paths(src string, offsets []int) []string {
	var r Reader
	r.Reset(src)
	at := &node{counts: map[string]int{}}
	found := make([]*node, 0, len(offsets))
	for {
		kind := r.Next()
		for kind != EOF && len(found) < len(offsets) && offsets[len(found)] < r.TokenOffset() {
			found = append(found, at) // outside the root, where white space is no token
		}
		inside := at
		switch kind {
		case StartElement:
			if at.counts == nil {
				at.counts = map[string]int{}
			}
			name := r.QName()
			at.counts[name]++
			at = &node{parent: at, name: name, index: at.counts[name]}
			inside = at
		case EndElement:
			at = at.parent
		}
		for len(found) < len(offsets) && (kind == EOF || offsets[len(found)] < r.pos) {
			found = append(found, inside)
		}
		if kind == EOF {
			break
		}
	}
	paths := make([]string, len(found))
	for i, n := range found {
		paths[i] = n.String()
	}
	return paths
}

// pathOfError is the path of the element that was open where reading failed.
func pathOfError(src string, offset int) string {
	return Paths(src, []int{offset})[0]
}
