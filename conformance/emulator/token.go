package emulator

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"sync"
)

// tokens makes and reads Marker and nextToken. A token says at which number of a
// list the next page starts, and bears a code over that number and over
// everything that it is good for, so that it can be neither altered nor used
// elsewhere.
type tokens struct{ codes sync.Pool } // of HMACs with the key

const (
	tokenCode   = 16 // bytes of HMAC-SHA256
	tokenRaw    = 8 + tokenCode
	tokenLength = tokenRaw / 3 * 4 // no padding: 24 is a multiple of 3
)

func newTokens(key []byte) *tokens {
	if len(key) == 0 {
		key = make([]byte, 32)
		rand.Read(key) // never fails: crypto/rand
	} else {
		key = bytes.Clone(key)
	}
	t := &tokens{}
	t.codes.New = func() any { return hmac.New(sha256.New, key) }
	return t
}

// seal makes a token. purpose is what it is good for: operation, account, region
// and the parameters of the request, less the page size.
//
// undocumented: token-parameters. A token is refused with other parameters than
// those it was given for; another page size, API version or HTTP form is none.
func (t *tokens) seal(purpose []string, next int) string {
	var raw [tokenRaw]byte
	binary.BigEndian.PutUint64(raw[:], uint64(next))
	code := t.code(purpose, raw[:8])
	copy(raw[8:], code[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// open reads a token of that purpose for a list of that length.
func (t *tokens) open(purpose []string, token string, length int) (next int, ok bool) {
	if len(token) != tokenLength {
		return 0, false
	}
	// The decoder passes over line ends, which the length then betrays.
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != tokenRaw {
		return 0, false
	}
	if code := t.code(purpose, raw[:8]); !hmac.Equal(raw[8:], code[:]) {
		return 0, false
	}
	n := binary.BigEndian.Uint64(raw)
	return int(n), n <= uint64(length)
}

func (t *tokens) code(purpose []string, number []byte) (code [tokenCode]byte) {
	room := make([]byte, 0, 512)
	room = append(room, number...)
	for _, p := range purpose { // each with its length, so that none runs into the next
		room = append(binary.BigEndian.AppendUint64(room, uint64(len(p))), p...)
	}
	mac := t.codes.Get().(hash.Hash)
	mac.Reset()
	mac.Write(room)
	copy(code[:], mac.Sum(room[:0]))
	t.codes.Put(mac)
	return code
}
