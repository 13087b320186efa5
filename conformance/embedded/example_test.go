package embedded_test

import (
	"context"
	"fmt"
	"log"

	"wireproof/conformance"
	"wireproof/conformance/embedded"
)

// A run of a few cases against the built-in emulator.
func ExampleTarget() {
	target, config, err := embedded.Target()
	if err != nil {
		log.Fatal(err)
	}
	defer target.Close()
	report, err := conformance.Run(context.Background(), target, conformance.Options{Config: config, Run: []string{"rds.purchase.minimal.*"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict, report.Counts.Must.Fail)
	// Output: conformant 0
}
