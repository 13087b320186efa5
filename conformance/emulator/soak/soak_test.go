package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// A short run of all of it, so that it works when it is wanted.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and starts the command")
	}
	var out bytes.Buffer
	p := plan{lasts: 1500 * time.Millisecond, kills: 2, connections: 4, reservations: 300, accounts: 50}
	if err := p.run(&out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{"full at ", "purchases there after 2 kills", " 0 answered ones are lost"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	t.Log(out.String())
}
