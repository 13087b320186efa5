package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// update changes a database behind the journal's back.
func update(t *testing.T, path string, f func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, content string) string {
	t.Helper()
	path := temporary(t)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func change(f func(*bolt.Tx) error) func(*testing.T) string {
	return func(t *testing.T) string {
		path := filled(t, 3)
		update(t, path, f)
		return path
	}
}

// What cannot be opened gives the error, at once, and stays as it was.
func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason string
		path   func(*testing.T) string
		want   error
	}{
		{"a text", func(t *testing.T) string { return write(t, "- offering: 1\n") }, ErrForeign},
		{"a long text", func(t *testing.T) string { return write(t, strings.Repeat("- offering: 1\n", 5000)) }, ErrForeign},
		{"zeros", func(t *testing.T) string { return write(t, strings.Repeat("\x00", 1<<16)) }, ErrForeign},
		{"another program's database", func(t *testing.T) string {
			path := temporary(t)
			update(t, path, func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("etcd")); return err })
			return path
		}, ErrForeign},
		{"a folder", func(t *testing.T) string { return t.TempDir() }, ErrForeign},
		{"a device", func(*testing.T) string { return os.DevNull }, ErrForeign},
		{"no folder", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none", "state.db") }, fs.ErrNotExist},
		{"a file for a folder", func(t *testing.T) string { return filepath.Join(write(t, ""), "state.db") }, syscall.ENOTDIR},
		{"a later format", change(func(tx *bolt.Tx) error { return tx.Bucket(formatBucket).Put(formatKey, []byte("2")) }), ErrNewer},
		{"format zero", change(func(tx *bolt.Tx) error { return tx.Bucket(formatBucket).Put(formatKey, []byte("0")) }), ErrCorrupt},
		{"no format", change(func(tx *bolt.Tx) error { return tx.Bucket(formatBucket).Delete(formatKey) }), ErrCorrupt},
		{"no purchases", change(func(tx *bolt.Tx) error { return tx.DeleteBucket(purchasesBucket) }), ErrCorrupt},
		{"a record under another key", change(func(tx *bolt.Tx) error {
			b := tx.Bucket(purchasesBucket)
			return b.Put(key(4), b.Get(key(3)))
		}), ErrCorrupt},
		{"a short key", change(func(tx *bolt.Tx) error { return tx.Bucket(purchasesBucket).Put([]byte("k"), make([]byte, 9)) }), ErrCorrupt},
		{"a short value", change(func(tx *bolt.Tx) error { return tx.Bucket(purchasesBucket).Put(key(4), nil) }), ErrCorrupt},
	} {
		path := tt.path(t)
		before, statBefore := state(path)
		start := time.Now()
		_, err := Open(path)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.reason, err, tt.want)
			continue
		}
		if !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the file is not named: %v", tt.reason, err)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("%s: it took %v", tt.reason, d)
		}
		if after, statAfter := state(path); !bytes.Equal(before, after) || statBefore != statAfter {
			t.Errorf("%s: the file was changed", tt.reason)
		}
	}
}

// What has a good checksum and cannot be read gives the error when it is loaded.
func TestLoadRefuses(t *testing.T) {
	for _, tt := range []struct{ reason, text string }{
		{"a member that is not known", `{"sequence":4,"discount":1}`},
		{"another number than its key", `{"sequence":5}`},
		{"no JSON", `{"sequence":4`},
	} {
		path := filled(t, 3)
		update(t, path, func(tx *bolt.Tx) error { return tx.Bucket(purchasesBucket).Put(key(4), sealed(key(4), tt.text)) })
		before, _ := state(path)
		j := mustOpen(t, path)
		n := 0
		if err := j.Load(func(Record) error { n++; return nil }); !errors.Is(err, ErrCorrupt) || n != 3 {
			t.Errorf("%s: got %v after %d records", tt.reason, err, n)
		}
		j.Close()
		if after, _ := state(path); !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed", tt.reason)
		}
	}
}

func sealed(key []byte, text string) []byte {
	sum := checksum(key, []byte(text))
	return append([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}, text...)
}

// state is what a file holds and when it was changed.
func state(path string) ([]byte, time.Time) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, time.Time{}
	}
	content, _ := os.ReadFile(path)
	return content, info.ModTime()
}

func TestReadOnlyFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is read-only to root")
	}
	path := filled(t, 1)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("a read-only file: %v", err)
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(folder, "state.db")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a read-only folder: %v", err)
	}
}

// A file that was made and not yet written to, by hand or before a kill.
func TestOpenNew(t *testing.T) {
	empty := write(t, "")
	bare := temporary(t)
	update(t, bare, func(*bolt.Tx) error { return nil })
	for _, path := range []string{empty, bare} {
		j := mustOpen(t, path)
		if err := j.Append(t.Context(), record(1)); err != nil {
			t.Error(err)
		}
		j.Close()
		if d := diff([]Record{record(1)}, load(t, mustOpen(t, path))); d != "" {
			t.Error(d)
		}
	}
}

func TestSecondJournalOfAProcess(t *testing.T) {
	path := temporary(t)
	j := mustOpen(t, path)
	start := time.Now()
	_, err := Open(path)
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) || time.Since(start) > time.Second {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	j.Close()
	mustOpen(t, path)
}

// Every damage gives an error, or no harm: the process lives, the file is not
// changed by a refusal, and what loads is what was kept. Only damage to the page
// that holds the latest state may go back to the state before it.
func TestDamage(t *testing.T) {
	const records = 40
	sound, err := os.ReadFile(filled(t, records))
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	random := rand.New(rand.NewPCG(1, 2))
	path := temporary(t)
	refused, harmless, back := 0, 0, 0
	try := func(what string, at int, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(path)
		if err != nil {
			refused++
			var typed *Error
			if !errors.As(err, &typed) {
				t.Errorf("%s at %d: %v is no *Error", what, at, err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(content, after) {
				t.Errorf("%s at %d: refused (%v) and changed", what, at, err)
			}
			return
		}
		defer j.Close()
		j.(*file).db.View(func(tx *bolt.Tx) error {
			for err := range tx.Check() {
				if at >= 2*page { // what precedes a state is not used, and Check looks at it
					t.Errorf("%s at %d: bbolt says: %v", what, at, err)
				}
			}
			return nil
		})
		got := load(t, j)
		switch {
		case len(got) == records:
			harmless++
		case len(got) == records-1 && at < 2*page:
			back++
		case len(content) == 0 && len(got) == 0: // a new one
		default:
			t.Errorf("%s at %d: %d records", what, at, len(got))
		}
		for i, r := range got {
			if d := diff(record(uint64(i+1)), r); d != "" {
				t.Errorf("%s at %d: %s", what, at, d)
			}
		}
		if at%8 != 0 { // a sync each takes its time
			return
		}
		if err := j.Append(t.Context(), record(records+1)); err != nil {
			t.Errorf("%s at %d: afterwards: %v", what, at, err)
		}
		if n := len(load(t, j)); n != len(got)+1 {
			t.Errorf("%s at %d: afterwards: %d records", what, at, n)
		}
	}
	for at := 0; at < len(sound); at += 1 + random.IntN(max(1, len(sound)/400)) {
		flipped := bytes.Clone(sound)
		flipped[at] ^= 1 << random.IntN(8)
		try("a bit", at, flipped)
	}
	for start := 0; start < len(sound); start += page {
		for at := start; at < min(start+64, len(sound)); at++ { // headers of pages, and what they point to
			flipped := bytes.Clone(sound)
			flipped[at] ^= byte(1 + random.IntN(255))
			try("a header", at, flipped)
		}
		lost := bytes.Clone(sound)
		clear(lost[start:min(start+page, len(lost))])
		try("a page of zeros", start, lost)
		if start >= page {
			copy(lost[start:], sound[start-page:start])
			try("a page twice", start, lost)
		}
		try("cut", start, sound[:start])
		try("cut", start+page/3, sound[:min(len(sound), start+page/3)])
	}
	t.Logf("%d bytes: %d refused, %d harmless, %d the state before", len(sound), refused, harmless, back)
	if refused < 100 {
		t.Errorf("only %d refused", refused)
	}
}
