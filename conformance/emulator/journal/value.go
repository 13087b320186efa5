package journal

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"unicode/utf8"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// key gives the key of a record: the order of keys is that of the numbers.
func key(sequence uint64) []byte { return binary.BigEndian.AppendUint64(nil, sequence) }

// checksum covers the key too, so that a value under another's key is noticed.
func checksum(key, text []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, text)
}

// encode gives the value that is kept under key.
func encode(key []byte, r Record) ([]byte, error) {
	if !r.valid() {
		return nil, errors.New("text is not UTF-8")
	}
	r.Purchased = r.Purchased.UTC()
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	value := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(text)), checksum(key, text))
	return append(value, text...), nil
}

// verify gives the text of a value that is sound.
func verify(key, value []byte) ([]byte, error) {
	switch {
	case len(key) != 8 || len(value) < 4:
		return nil, errors.New("a record is cut off")
	case binary.BigEndian.Uint32(value) != checksum(key, value[4:]):
		return nil, errors.New("a record has another checksum")
	}
	return value[4:], nil
}

// decode reads what encode made.
func decode(key, value []byte) (Record, error) {
	text, err := verify(key, value)
	if err != nil {
		return Record{}, err
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields() // a format that this program does not know
	if err := d.Decode(&r); err != nil {
		return Record{}, err
	}
	if r.Sequence != binary.BigEndian.Uint64(key) {
		return Record{}, errors.New("a record has another number than its key")
	}
	return r, nil
}

// valid reports whether all that a client sent is UTF-8: encoding/json would
// replace the rest without a word.
func (r *Record) valid() bool {
	for _, s := range []string{r.Service, r.Account, r.Region, r.ID, r.OfferingID, r.Name, r.Start} {
		if !utf8.ValidString(s) {
			return false
		}
	}
	for _, t := range r.Tags {
		if !utf8.ValidString(t.Key) || !utf8.ValidString(t.Value) {
			return false
		}
	}
	return true
}
