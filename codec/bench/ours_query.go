package bench

import (
	"wireproof/codec/bench/payload"
	"wireproof/codec/querywire"
	"wireproof/codec/wire"
)

// wireproofPairs reads all pairs, as the packages that it is compared with do,
// and notes what is odd and what comes twice.
var wireproofPairs = Contender{Name: pairsReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	var reader querywire.Reader
	var pairs []querywire.Pair
	return Work{
		Run: func() (err error) {
			reader.Reset(doc.Text, wire.Query)
			pairs, err = reader.All(pairs[:0])
			return err
		},
		Got: func() (any, error) {
			var got []payload.Parameter
			for _, p := range pairs {
				got = append(got, payload.Parameter{Name: p.Name, Value: p.Value})
			}
			return got, nil
		},
	}, nil
}}

// wireproofAppendPairs writes all pairs.
var wireproofAppendPairs = Contender{Name: pairsReuse, Allocs: 0, New: func(doc payload.Document) (Work, error) {
	var reader querywire.Reader
	reader.Reset(doc.Text, wire.Query)
	pairs, err := reader.All(nil)
	var text []byte
	return Work{
		Run: func() error { text = querywire.AppendPairs(text[:0], pairs); return nil },
		Got: func() (any, error) { return encodedQuery(doc, string(text)) },
	}, err
}}
