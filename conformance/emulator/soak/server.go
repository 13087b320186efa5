package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// server is a running wireproof serve.
type server struct {
	cmd    *exec.Cmd
	addr   string
	stderr bytes.Buffer // to be read when the process has ended
}

func start(binary string, flags ...string) (*server, error) {
	s := &server{cmd: exec.Command(binary, append([]string{"serve", "--addr", ":0", "--quiet", "--log-level", "error"}, flags...)...)}
	s.cmd.Stderr = &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		return nil, fmt.Errorf("it does not start: %s", s.stderr.String())
	}
	s.addr = strings.TrimPrefix(strings.TrimSpace(line), "http://")
	return s, nil
}

// stop ends the server as systemd or Docker would.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil || s.stderr.Len() > 0 {
			return fmt.Errorf("after SIGTERM: %w: %s", err, s.stderr.String())
		}
		return nil
	case <-time.After(30 * time.Second):
		s.cmd.Process.Kill()
		<-ended
		return errors.New("SIGTERM does not end it")
	}
}

// rss is the resident memory in bytes, 0 where it is not told.
func (s *server) rss() int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	var kilobytes int64
	fmt.Sscan(after, &kilobytes)
	return kilobytes << 10
}

// descriptors counts the open files, 0 where they are not told.
func (s *server) descriptors() int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	return len(entries)
}
