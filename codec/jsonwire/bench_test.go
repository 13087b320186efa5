package jsonwire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wireproof/codec/jsonwire"
)

var benchDoc = `[` + strings.Repeat(`{"name": "arn:aws:mediaconnect:us-east-1:123456789012:offering:1-a:b", "values": [1, 2.5, true, null], "text": "a \"quoted\" word"},`, 200) + `{}]`

func BenchmarkNext(b *testing.B) {
	for name, note := range map[string]bool{"plain": false, "duplicates": true} {
		b.Run(name, func(b *testing.B) {
			r := jsonwire.Reader{NoteDuplicates: note}
			b.SetBytes(int64(len(benchDoc)))
			b.ReportAllocs()
			for b.Loop() {
				r.Reset(benchDoc)
				for k, err := r.Next(); k != jsonwire.End; k, err = r.Next() {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
	b.Run("encoding-json-valid", func(b *testing.B) {
		raw := []byte(benchDoc)
		b.SetBytes(int64(len(benchDoc)))
		for b.Loop() {
			if !json.Valid(raw) {
				b.Fatal("refused")
			}
		}
	})
}
