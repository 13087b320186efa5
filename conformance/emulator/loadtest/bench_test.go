package main

import (
	"testing"
	"time"
)

// Each workload against the emulator and against a bare server, in this process.
func BenchmarkServe(b *testing.B) {
	for _, w := range workloads() {
		emulator, err := emulatorHandler(false)
		if err != nil {
			b.Fatal(err)
		}
		server, err := emulator.listen()
		if err != nil {
			b.Fatal(err)
		}
		l := load{workload: w}
		answer, err := l.prepare(server.addr)
		if err != nil {
			b.Fatal(err)
		}
		bare, err := bareAnswer(answer).listen()
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range []struct{ name, addr string }{{"bare", bare.addr}, {"emulator", server.addr}} {
			b.Run(w.name+"/"+s.name, func(b *testing.B) {
				b.ReportAllocs()
				b.RunParallel(func(pb *testing.PB) {
					c, err := connect(s.addr)
					if err != nil {
						b.Error(err)
						return
					}
					defer c.Close()
					for pb.Next() {
						if _, err := c.ask(l.request); err != nil {
							b.Error(err)
							return
						}
					}
				})
			})
		}
		bare.close()
		server.close()
	}
}

// Every workload is answered by both servers, with as many bytes.
func TestWorkloads(t *testing.T) {
	for _, verify := range []bool{false, true} {
		for _, w := range workloads() {
			h, err := emulatorHandler(verify)
			if err != nil {
				t.Fatal(err)
			}
			server, err := h.listen()
			if err != nil {
				t.Fatal(err)
			}
			l := load{workload: w, connections: 3}
			answer, err := l.prepare(server.addr)
			if err != nil {
				t.Fatalf("%s: %v", w.name, err)
			}
			bare, err := bareAnswer(answer).listen()
			if err != nil {
				t.Fatal(err)
			}
			again, err := (&load{workload: workload{request: w.request, service: w.service}}).prepare(bare.addr)
			if err != nil || len(again) != len(answer) {
				t.Errorf("%s: %d bytes, from the bare server %d, %v", w.name, len(answer), len(again), err)
			}
			for _, l.addr = range []string{server.addr, bare.addr} {
				if n, _, err := l.run(50, 5*time.Second); n != 50 || err != nil {
					t.Errorf("%s: %d of 50 requests, %v", w.name, n, err)
				}
			}
			bare.close()
			server.close()
		}
	}
}
