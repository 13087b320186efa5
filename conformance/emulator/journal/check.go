package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// format is the format that is written, and the only one that is read.
const format = 1

var (
	formatBucket    = []byte("wireproof journal")
	formatKey       = []byte("format")
	purchasesBucket = []byte("purchases")
)

// lockWait is how long bbolt tries to lock the file: less than the pause before
// its second attempt, so that it makes one.
const lockWait = time.Millisecond

// check reads a file that is there from beginning to end and says what is wrong
// with it. It changes nothing. A file that is not there, or empty, is sound.
func check(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return openError(path, err)
	case !info.Mode().IsRegular(): // a pipe could wait for ever
		return &Error{Path: path, Err: ErrForeign, Detail: "not a regular file"}
	case info.Size() == 0:
		return nil
	}
	// bbolt locks the file against writers and reads the two states, no more.
	var file *os.File
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: lockWait,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			var err error
			file, err = os.OpenFile(name, flag, mode)
			return file, err
		}})
	if err != nil {
		return openError(path, err)
	}
	defer db.Close()
	p, err := newPager(file, db.Info().PageSize)
	if err == nil {
		err = checkPages(p)
	}
	var own *Error
	if errors.As(err, &own) {
		own.Path = path
	} else if err != nil {
		err = &Error{Path: path, Err: ErrCorrupt, Detail: err.Error()}
	}
	return err
}

// checkPages tells a journal from other databases, and its format from others,
// before it reads the rest. A database without anything is a journal that was
// killed before its first commit.
func checkPages(p *pager) error {
	var formats, purchases []byte
	foreign := false
	err := p.tree(p.meta.root, nil, nil, func(e element) error {
		switch {
		case e.bucket && bytes.Equal(e.key, formatBucket):
			formats = e.value
		case e.bucket && bytes.Equal(e.key, purchasesBucket):
			purchases = e.value
		default:
			foreign = true
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case formats == nil && (foreign || purchases != nil):
		return &Error{Err: ErrForeign, Detail: "the database of another program"}
	case formats == nil:
		return p.free()
	}
	if err := checkFormat(p, formats); err != nil {
		return err
	}
	if purchases == nil || foreign {
		return errors.New("buckets are missing, or not its own")
	}
	if err := p.bucket(purchases, func(e element) error {
		if e.bucket {
			return errors.New("a bucket among the purchases")
		}
		_, err := verify(e.key, e.value)
		return err
	}); err != nil {
		return err
	}
	return p.free()
}

func checkFormat(p *pager, bucket []byte) error {
	var text string
	if err := p.bucket(bucket, func(e element) error {
		if !e.bucket && bytes.Equal(e.key, formatKey) {
			text = string(e.value)
		}
		return nil
	}); err != nil {
		return err
	}
	n, err := strconv.ParseUint(text, 10, 32)
	switch {
	case err != nil || n == 0:
		return errors.New("no number of a format")
	case n > format:
		return &Error{Err: ErrNewer, Detail: fmt.Sprintf("format %d, where this program knows %d", n, format)}
	}
	return nil
}

// openError puts an error of opening into words.
func openError(path string, err error) error {
	var system *fs.PathError
	var call *os.SyscallError
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return &Error{Path: path, Err: ErrInUse}
	case errors.Is(err, berrors.ErrChecksum):
		return &Error{Path: path, Err: ErrCorrupt, Detail: err.Error()}
	case errors.Is(err, berrors.ErrVersionMismatch):
		return &Error{Path: path, Err: ErrNewer, Detail: "another version of bbolt"}
	case errors.As(err, &system):
		return &Error{Path: path, Err: system.Err}
	case errors.As(err, &call):
		return &Error{Path: path, Err: call.Err, Detail: call.Syscall}
	}
	return &Error{Path: path, Err: ErrForeign, Detail: err.Error()}
}
