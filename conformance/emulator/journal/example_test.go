package journal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wireproof/conformance/emulator/journal"
)

func ExampleOpen() {
	folder, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "state.db")

	j, err := journal.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	purchase := journal.Record{Sequence: 1, Service: "rds", ID: "ri-1", Purchased: time.Now()}
	fmt.Println("answered:", j.Append(context.Background(), purchase))

	_, err = journal.Open(path)
	fmt.Println("a second one:", errors.Is(err, journal.ErrInUse))
	j.Close()

	if j, err = journal.Open(path); err != nil {
		fmt.Println(err)
		return
	}
	defer j.Close()
	j.Load(func(r journal.Record) error {
		fmt.Println("there:", r.ID)
		return nil
	})
	// Output:
	// answered: <nil>
	// a second one: true
	// there: ri-1
}
