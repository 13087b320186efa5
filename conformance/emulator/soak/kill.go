package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// kill buys and kills in turn, and counts.
func (p plan) kill(out io.Writer, state string) error {
	const account = 111111111111
	fmt.Fprintf(out, "kills: %d, with %d connections buying\n%6s %10s %10s %10s %12s\n", p.kills, p.connections, "round", "after", "answered", "there", "unanswered")
	answered := map[string]bool{} // of all rounds
	lost, unanswered := 0, 0
	for round := 1; round <= p.kills+1; round++ { // the last one only looks
		s, err := start(p.binary, "--state", state)
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		there, err := list(s.addr, account)
		if err != nil {
			s.cmd.Process.Kill()
			s.cmd.Wait()
			return fmt.Errorf("round %d: %w", round, err)
		}
		for id := range answered {
			if !there[id] {
				lost++
				fmt.Fprintf(out, "lost: %s\n", id)
				delete(answered, id)
			}
		}
		for id := range there {
			if !answered[id] {
				unanswered++
				answered[id] = true // from now on it has to stay
			}
		}
		if round > p.kills {
			if err := s.stop(); err != nil {
				return err
			}
			break
		}
		after := time.Duration(20+rand.IntN(480)) * time.Millisecond
		bought := buyUntilKilled(s, account, round, p.connections, after)
		fmt.Fprintf(out, "%6d %10v %10d %10d %12d\n", round, after, len(bought), len(there), unanswered)
		for _, id := range bought {
			answered[id] = true
		}
	}
	fmt.Fprintf(out, "%d purchases there after %d kills; %d of them were never answered, %d answered ones are lost\n", len(answered), p.kills, unanswered, lost)
	switch {
	case lost > 0:
		return fmt.Errorf("%d answered purchases are lost", lost)
	case len(answered) == 0:
		return fmt.Errorf("nothing was bought")
	}
	return nil
}

// buyUntilKilled gives the ids of the purchases that were answered with 200.
func buyUntilKilled(s *server, account, round, connections int, after time.Duration) (bought []string) {
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i := range connections {
		wait.Go(func() {
			c, err := connect(s.addr)
			if err != nil {
				return // killed already
			}
			defer c.Close()
			for n := 0; ; n++ {
				id := fmt.Sprintf("round-%d-connection-%d-%d", round, i, n)
				status, _, err := c.ask(account, request{"POST", form, "rds", purchase + "&ReservedDBInstanceId=" + id}, false)
				if err != nil || status != 200 {
					return
				}
				mu.Lock()
				bought = append(bought, id)
				mu.Unlock()
			}
		})
	}
	time.Sleep(after)
	s.cmd.Process.Kill() // SIGKILL
	s.cmd.Wait()
	wait.Wait()
	return bought
}

// list gives the ids of all reservations that the server has.
func list(addr string, account int) (map[string]bool, error) {
	c, err := connect(addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	all := map[string]bool{}
	for marker := ""; ; {
		body := describe
		if marker != "" {
			body += "&Marker=" + marker // letters, digits, - and _
		}
		status, text, err := c.ask(account, request{"POST", form, "rds", body}, true)
		if err != nil || status != 200 {
			return nil, fmt.Errorf("the list: status %d, %v", status, err)
		}
		for _, part := range strings.Split(text, "<ReservedDBInstanceId>")[1:] {
			id, _, _ := strings.Cut(part, "<")
			if all[id] {
				return nil, fmt.Errorf("%s is there twice", id)
			}
			all[id] = true
		}
		_, after, more := strings.Cut(text, "<Marker>")
		if !more {
			return all, nil
		}
		marker, _, _ = strings.Cut(after, "<")
	}
}
