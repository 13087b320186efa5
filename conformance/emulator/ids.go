package emulator

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"wireproof/codec/wire"
)

// randomID makes a version 4 UUID, the form of request ids.
func randomID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand
	text := formatUUID(b)
	return string(text[:])
}

func formatUUID(b [16]byte) (text [36]byte) {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	hex.Encode(text[0:8], b[0:4])
	hex.Encode(text[9:13], b[4:6])
	hex.Encode(text[14:18], b[6:8])
	hex.Encode(text[19:23], b[8:10])
	hex.Encode(text[24:36], b[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return text
}

// instanceID makes the id of a reservation whose buyer gave none, in the form
// ri-2020-06-29-16-54-57-670: the time of the purchase to the millisecond. A
// millisecond that was used, or an id that a buyer took, goes to the next one.
// WIRE.md section B.11.
func instanceID(s *shelf[instance], now time.Time) string {
	s.stamp = max(s.stamp+1, now.UnixMilli())
	for {
		var room [32]byte
		t := wire.TimestampOf(time.UnixMilli(s.stamp))
		text := t.Append(append(room[:0], "ri-"...)) // ri-2020-06-29T16:54:57.670Z
		text = text[:len(text)-1]
		for i, c := range text {
			if c == 'T' || c == ':' || c == '.' {
				text[i] = '-'
			}
		}
		if id := string(text); !s.has(id) {
			return id
		}
		s.stamp++
	}
}

const leaseLength = 36 // of a UUID

// leaseID makes the LeaseId of a reservation, a UUID that is always the same for
// the reservation, after a restart too.
//
// undocumented: lease-id. What a LeaseId looks like is not established.
func leaseID(o owner, sequence uint64) [leaseLength]byte {
	h := seedOf(o)
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], mix(h+sequence))
	binary.LittleEndian.PutUint64(b[8:], mix(mix(h+sequence)+1))
	return formatUUID(b)
}

// seedOf is FNV-1a over the owner.
func seedOf(o owner) uint64 {
	h := uint64(14695981039346656037)
	for _, s := range [2]string{o.account, o.region} {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h *= 1099511628211
	}
	return h
}

// mix is the finisher of SplitMix64: every bit of x moves every bit of the
// result.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// reservationArn makes the ARN of a MediaConnect reservation, in the form of the
// documented one: arn:aws:mediaconnect:us-east-1:123456789012:reservation:
// 1-23aBC45dEF67hiJ8:MyReservation. The sequence makes it unique even where the
// random part is not.
func reservationArn(o owner, sequence uint64, random, name string) string {
	sum := sha256.Sum256([]byte(o.account + "\n" + o.region + "\n" + strconv.FormatUint(sequence, 10) + "\n" + random))
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	var id [16]byte
	for i := range id {
		id[i] = alphabet[int(sum[i])%len(alphabet)]
	}
	return "arn:aws:mediaconnect:" + o.region + ":" + o.account + ":reservation:1-" + string(id[:]) + ":" + name
}

func (o owner) clone() owner {
	return owner{strings.Clone(o.account), strings.Clone(o.region)}
}
