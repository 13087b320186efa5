// Package journal keeps what was purchased in a file, so that a purchase that was
// answered is still there after the process was killed.
//
// # Why bbolt
//
// The file is a go.etcd.io/bbolt database. It is pure Go; it is one file, which a
// user can copy and delete; every commit is synced to disk before it returns, and
// a commit that was cut off leaves the one before it; the file is locked, so that
// a second process is refused and does not ruin it; and it is the storage of
// etcd, kept by its maintainers. A journal only ever appends and is read once, at
// the start: an SQL engine would bring a great deal that is not used, and a file
// of lines would need locking, recovery and checksums of our own.
//
// # The format
//
// Format 1 has two buckets: "wireproof journal" with the key "format", a decimal
// number, and "purchases", where the key is the [Record]'s Sequence in eight
// bytes, big end first, and the value a CRC-32C of key and text in four bytes, big
// end first, and the text: the Record as JSON. A file of a later format is not
// opened. Members that are added to Record make a new format.
//
// # Opening
//
// [Open] reads the whole file, and every checksum, before it opens it for writing,
// since bbolt itself panics over a damaged page or writes around it. A file that
// is refused was not changed. What no check can see is a damaged page that holds the latest of the
// two states bbolt keeps: then the state before it counts, as after a power cut.
//
// # Many at once
//
// A sync of the disk is what an Append costs. Those that come while one is being
// written wait and share the next commit, so that eight clients at once do not
// wait eight times as long; one that comes alone waits for nobody.
package journal
