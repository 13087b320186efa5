package conformance_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"

	"wireproof/conformance"
	"wireproof/conformance/emulator"
)

// A server that knows none of the two services is not conformant: nothing of it can
// be held.
func ExampleRun() {
	target := conformance.Handler(http.NotFoundHandler())
	defer target.Close()
	report, err := conformance.Run(context.Background(), target, conformance.Options{Services: []string{"mediaconnect"}, Run: []string{"mediaconnect.list-offerings.**"}})
	if err != nil { // no report, or not all of it: the target could not be reached, say
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, check := range report.Results[0].Steps[0].Checks {
		fmt.Println(check.Verdict, check.ID)
		for _, d := range check.Differences {
			fmt.Printf("  want %s, got %s\n", d.Want, d.Got)
		}
	}
	// Output:
	// not conformant
	// fail survey.implemented
	//   want the document of ListOfferings, or one of its errors, got 404 Not Found, text/plain: "404 page not found"
}

// A target's author keeps failures that are known in a file.
func ExampleReadExpectations() {
	known, err := conformance.ReadExpectations(strings.NewReader(`
- check: http.date
  case: mediaconnect.**
  reason: our gateway takes the header out
  issue: https://example.org/issues/12
  expires: 2026-12-31
`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(known[0].Check, "until", known[0].Expires)
	// Output: http.date until 2026-12-31
}

// Any handler can be held. This one has lost the way to its reservations.
func ExampleHandler() {
	e, err := emulator.New(emulator.Options{})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", e)
	mux.HandleFunc("/v1/reservations", http.NotFound)
	target := conformance.Handler(mux)
	defer target.Close()
	report, err := conformance.Run(context.Background(), target, conformance.Options{Run: []string{"mediaconnect.list-reservations.minimal"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, o := range report.Survey.Operations {
		if !o.Implemented {
			fmt.Println(o.Operation, "is not there:", o.Answered)
		}
	}
	// Output:
	// not conformant
	// ListReservations is not there: 404 Not Found, text/plain: "404 page not found"
}
