// Command wireproof reads, writes and answers the messages of AWS Elemental
// MediaConnect and Amazon RDS that buy and list reservations. Run wireproof help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"wireproof/cmd/wireproof/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal does not wait for the first to be heeded
	os.Exit(cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
