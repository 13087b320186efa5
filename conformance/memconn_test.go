package conformance

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

func TestMemConn(t *testing.T) {
	client, server := newMemConn()
	defer client.Close()
	defer server.Close()
	go io.WriteString(server, "hello")
	buf := make([]byte, 2)
	if n, err := io.ReadFull(client, buf); n != 2 || err != nil || string(buf) != "he" {
		t.Fatalf("%q, %v", buf[:n], err)
	}
	client.SetReadDeadline(time.Now().Add(-time.Second))
	if _, err := client.Read(buf); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("after the deadline: %v", err)
	}
	client.SetReadDeadline(time.Time{})
	rest, _ := io.ReadFull(client, make([]byte, 3))
	if rest != 3 {
		t.Fatalf("%d bytes after the deadline was taken back", rest)
	}
	server.Close()
	if _, err := client.Read(buf); err != io.EOF {
		t.Fatalf("after the other end closed: %v", err)
	}
	client.Close()
	if _, err := client.Write(buf); err == nil {
		t.Fatal("writing to a closed connection")
	}
	if _, err := client.Read(buf); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("reading from a closed connection: %v", err)
	}
}
