package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// bbolt follows the page numbers of a damaged file into memory that is not there,
// in circles, or in a goroutine whose panic nobody can catch. So the file is read
// here first, by what go.etcd.io/bbolt/internal/common says of its pages, from
// plain reads and with every number checked. Numbers have the byte order of the
// machine.

const (
	headerSize  = 16 // of a page: id 8, flags 2, count 2, overflow 4
	elementSize = 16 // of a leaf: flags 4, pos 4, ksize 4, vsize 4; of a branch: pos 4, ksize 4, page 8
	metaSize    = 64 // magic 4, version 4, pageSize 4, flags 4, root 8, sequence 8, freelist 8, pages 8, txid 8, checksum 8

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10

	magic          = 0xED0CDAED
	noFreelist     = 1<<64 - 1
	bucketElement  = 1
	manyInFreelist = 0xFFFF // then the count is the first number of the list
)

var native = binary.NativeEndian

// meta is one of the two states that a file holds.
type meta struct {
	root, freelist, pages, txid uint64
}

// pager reads the pages of a file, each of them once.
type pager struct {
	file     io.ReaderAt
	pageSize int64
	meta     meta
	seen     map[uint64]bool
}

// element is what a leaf holds.
type element struct {
	key, value []byte
	bucket     bool
}

// newPager finds the latest state that is sound. bolt.Open has proved that there
// is one, and which page size the file has.
func newPager(file io.ReaderAt, pageSize int) (*pager, error) {
	p := &pager{file: file, pageSize: int64(pageSize), seen: map[uint64]bool{}}
	found := false
	buf := make([]byte, headerSize+metaSize)
	for i := range int64(2) {
		if _, err := file.ReadAt(buf, i*p.pageSize); err != nil {
			return nil, errors.New("no state")
		}
		b := buf[headerSize:]
		sum := fnv.New64a()
		sum.Write(b[:metaSize-8])
		if native.Uint32(b) != magic || native.Uint64(b[metaSize-8:]) != sum.Sum64() || int64(native.Uint32(b[8:])) != p.pageSize {
			continue
		}
		m := meta{root: native.Uint64(b[16:]), freelist: native.Uint64(b[32:]), pages: native.Uint64(b[40:]), txid: native.Uint64(b[48:])}
		if !found || m.txid > p.meta.txid {
			p.meta, found = m, true
		}
	}
	if !found {
		return nil, errors.New("no sound state")
	}
	return p, nil
}

// page reads a page with those that it flows over into.
func (p *pager) page(id uint64) ([]byte, error) {
	if id < 2 || id >= p.meta.pages {
		return nil, fmt.Errorf("page %d of %d", id, p.meta.pages)
	}
	var header [headerSize]byte
	if _, err := p.file.ReadAt(header[:], int64(id)*p.pageSize); err != nil {
		return nil, fmt.Errorf("page %d is cut off", id)
	}
	overflow := uint64(native.Uint32(header[12:]))
	if native.Uint64(header[:]) != id || overflow >= p.meta.pages-id {
		return nil, fmt.Errorf("page %d has another's header", id)
	}
	for i := id; i <= id+overflow; i++ {
		if p.seen[i] {
			return nil, fmt.Errorf("page %d is used twice", i)
		}
		p.seen[i] = true
	}
	buf := make([]byte, int64(overflow+1)*p.pageSize)
	if _, err := p.file.ReadAt(buf, int64(id)*p.pageSize); err != nil {
		return nil, fmt.Errorf("page %d is cut off", id)
	}
	return buf, nil
}

// tree calls f for each element below a page, in order. Keys are at least low and
// less than high, unless that is nil.
func (p *pager) tree(id uint64, low, high []byte, f func(element) error) error {
	b, err := p.page(id)
	if err != nil {
		return err
	}
	switch flags, count := native.Uint16(b[8:]), int(native.Uint16(b[10:])); flags {
	case leafPage:
		return leaf(b, low, high, f)
	case branchPage:
		keys, children := make([][]byte, count), make([]uint64, count)
		for i := range count {
			at := headerSize + i*elementSize
			if at+elementSize > len(b) {
				return fmt.Errorf("page %d has too many elements", id)
			}
			if keys[i], err = cut(b, at, native.Uint32(b[at:]), native.Uint32(b[at+4:])); err != nil {
				return err
			}
			if err := ordered(keys[i], low, high, i == 0); err != nil {
				return err
			}
			low, children[i] = keys[i], native.Uint64(b[at+8:])
		}
		for i := range count {
			end := high
			if i+1 < count {
				end = keys[i+1]
			}
			if err := p.tree(children[i], keys[i], end, f); err != nil {
				return err
			}
		}
		return nil
	default:
		return fmt.Errorf("page %d has flags %#x", id, flags)
	}
}

// leaf calls f for each element of a leaf page, or of a bucket's value that is one.
func leaf(b, low, high []byte, f func(element) error) error {
	for i := range int(native.Uint16(b[10:])) {
		at := headerSize + i*elementSize
		if at+elementSize > len(b) {
			return errors.New("a leaf has too many elements")
		}
		pos, keySize := native.Uint32(b[at+4:]), native.Uint32(b[at+8:])
		key, err := cut(b, at, pos, keySize)
		if err != nil {
			return err
		}
		value, err := cut(b, at+int(keySize), pos, native.Uint32(b[at+12:]))
		if err != nil {
			return err
		}
		if err := ordered(key, low, high, i == 0); err != nil {
			return err
		}
		low = key
		if err := f(element{key, value, native.Uint32(b[at:])&bucketElement != 0}); err != nil {
			return err
		}
	}
	return nil
}

// cut gives size bytes of b, from pos behind at on.
func cut(b []byte, at int, pos, size uint32) ([]byte, error) {
	start := int64(at) + int64(pos)
	if start+int64(size) > int64(len(b)) {
		return nil, errors.New("an element leaves its page")
	}
	return b[start : start+int64(size) : start+int64(size)], nil
}

// ordered proves that a key follows low, which the first key of a page may equal.
func ordered(key, low, high []byte, first bool) error {
	c := bytes.Compare(key, low)
	if c < 0 || c == 0 && !first || high != nil && bytes.Compare(key, high) >= 0 {
		return errors.New("keys are out of order")
	}
	return nil
}

// bucket calls f for each element of a bucket, which is the value of an element:
// root 8, sequence 8, and a leaf page where root is 0.
func (p *pager) bucket(value []byte, f func(element) error) error {
	if len(value) < 16 {
		return errors.New("a bucket is cut off")
	}
	if root := native.Uint64(value); root != 0 {
		return p.tree(root, nil, nil, f)
	}
	inline := value[16:]
	if len(inline) < headerSize || native.Uint16(inline[8:]) != leafPage {
		return errors.New("a bucket is cut off")
	}
	return leaf(inline, nil, nil, f)
}

// free proves that the list of free pages, where there is one, has none that is in
// use. It comes after everything else was read.
func (p *pager) free() error {
	if p.meta.freelist == noFreelist {
		return nil
	}
	b, err := p.page(p.meta.freelist)
	if err != nil {
		return err
	}
	if native.Uint16(b[8:]) != freelistPage {
		return errors.New("no list of free pages")
	}
	count, list := uint64(native.Uint16(b[10:])), b[headerSize:]
	if count == manyInFreelist {
		count, list = native.Uint64(list), list[8:]
	}
	if count > uint64(len(list)/8) {
		return errors.New("the list of free pages is cut off")
	}
	for i := range count {
		id := native.Uint64(list[8*i:])
		if id < 2 || id >= p.meta.pages || p.seen[id] {
			return fmt.Errorf("page %d is not free", id)
		}
		p.seen[id] = true
	}
	return nil
}
