package journal

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// maxBatch is how many records share a commit at most, which bounds what one
// commit needs of memory.
const maxBatch = 1024

// Open opens the journal in a file, or makes one; the folder has to be there. The
// file stays locked until Close.
//
// It fails with an *[Error] that names the file: [ErrInUse] at once and without
// waiting, [ErrForeign], [ErrNewer], [ErrCorrupt], or an error of the operating
// system. Then the file is as it was.
func Open(path string) (Journal, error) { return openLimited(path, 0) }

// openLimited is Open with a limit on the size of the file, or 0.
func openLimited(path string, size int) (Journal, error) {
	if err := check(path); err != nil {
		return nil, err
	}
	// Without a list of free pages on disk there is less to sync, and no list that
	// could be damaged and make bbolt write over what is in use.
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: lockWait, NoFreelistSync: true, FreelistType: bolt.FreelistMapType, NoStatistics: true, MaxSize: size,
	})
	if err != nil {
		return nil, openError(path, err)
	}
	if err := prepare(db); err != nil {
		db.Close()
		return nil, &Error{Path: path, Err: err}
	}
	f := &file{path: path, db: db, entries: make(chan *entry), closing: make(chan struct{}), done: make(chan struct{})}
	go f.write()
	return f, nil
}

// prepare writes the format into a new file, and the file into its folder.
func prepare(db *bolt.DB) error {
	isNew := false
	err := db.View(func(tx *bolt.Tx) error {
		isNew = tx.Bucket(formatBucket) == nil
		return nil
	})
	if err != nil || !isNew {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket(formatBucket)
		if err != nil {
			return err
		}
		if _, err := tx.CreateBucket(purchasesBucket); err != nil {
			return err
		}
		return b.Put(formatKey, strconv.AppendInt(nil, format, 10))
	})
	if err != nil {
		return err
	}
	if folder, err := os.Open(filepath.Dir(db.Path())); err == nil {
		folder.Sync() // not every system can; a file that is not listed is a new one
		folder.Close()
	}
	return nil
}

// file is a Journal. One goroutine writes; whoever hands it an entry gets an
// outcome.
type file struct {
	path    string
	db      *bolt.DB
	entries chan *entry   // without room: what is taken will be written
	closing chan struct{} // closed by Close
	done    chan struct{} // closed when the goroutine has ended
	once    sync.Once
	broken  bool // the goroutine's own
}

// entry is a record on its way.
type entry struct {
	key, value []byte
	err        error
	done       chan struct{}
}

func (f *file) fail(err error, detail string) error {
	return &Error{Path: f.path, Err: err, Detail: detail}
}

// Load implements [Journal].
func (f *file) Load(each func(Record) error) error {
	tx, err := f.db.Begin(false)
	if err != nil {
		return f.fail(ErrClosed, "")
	}
	defer tx.Rollback()
	c := tx.Bucket(purchasesBucket).Cursor()
	for key, value := c.First(); key != nil; key, value = c.Next() {
		r, err := decode(key, value)
		if err != nil {
			return f.fail(ErrCorrupt, err.Error())
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return nil
}

// Append implements [Journal].
func (f *file) Append(ctx context.Context, r Record) error {
	if r.Sequence == 0 {
		return f.fail(ErrSequence, "0")
	}
	e := &entry{key: key(r.Sequence), done: make(chan struct{})}
	var err error
	if e.value, err = encode(e.key, r); err != nil {
		return f.fail(ErrRecord, err.Error())
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case f.entries <- e:
	case <-ctx.Done():
		return ctx.Err()
	case <-f.closing:
		return f.fail(ErrClosed, "")
	}
	<-e.done
	return e.err
}

// Close implements [Journal].
func (f *file) Close() error {
	var err error
	f.once.Do(func() {
		close(f.closing)
		<-f.done
		err = f.db.Close()
	})
	return err
}

// write commits what comes, all that waits at a time, until Close.
func (f *file) write() {
	defer close(f.done)
	var batch []*entry
	for {
		select {
		case e := <-f.entries:
			runtime.Gosched() // let those come that were answered just now
			batch = f.gather(append(batch[:0], e))
		case <-f.closing:
			return
		}
		f.commit(batch)
		for _, e := range batch {
			close(e.done)
		}
		clear(batch)
	}
}

// gather takes all that waits now.
func (f *file) gather(batch []*entry) []*entry {
	for len(batch) < maxBatch {
		select {
		case e := <-f.entries:
			batch = append(batch, e)
		default:
			return batch
		}
	}
	return batch
}

// commit writes a batch and tells each entry how it went.
func (f *file) commit(batch []*entry) {
	if f.broken {
		for _, e := range batch {
			e.err = f.fail(ErrBroken, "")
		}
		return
	}
	err := f.put(batch)
	if err == nil {
		return
	}
	f.broken = true
	for _, e := range batch {
		if e.err == nil {
			e.err = f.fail(ErrUncertain, err.Error())
		}
	}
}

// put is one commit. An entry whose number is taken gets its error and hurts no
// other.
func (f *file) put(batch []*entry) error {
	return f.db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(purchasesBucket)
		b.FillPercent = 1 // keys come in order, so a full page stays as it is
		for _, e := range batch {
			if b.Get(e.key) != nil {
				e.err = f.fail(ErrSequence, "")
			} else if err := b.Put(e.key, e.value); err != nil {
				return err
			}
		}
		return nil
	})
}
