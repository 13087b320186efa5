package emulatortest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/emulatortest"
)

// A server that ends with its test. In a test, t is its own.
func ExampleNewServer() {
	t := new(exampleT)
	defer t.end()

	server := emulatortest.NewServer(t, emulator.Options{
		Now: func() time.Time { return time.Date(2020, 3, 15, 12, 0, 0, 0, time.UTC) },
	})
	resp, err := http.Get(server.URL() + "/v1/offerings?maxResults=1")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer resp.Body.Close()
	var page struct {
		Offerings []struct{ PricePerUnit, OfferingArn string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&page); err != nil {
		t.Fatalf("%v", err)
	}
	fmt.Println(resp.StatusCode, page.Offerings[0].OfferingArn)
	// Output: 200 arn:aws:mediaconnect:us-east-1:123456789012:offering:1-23aBC45dEF67hiJ8:MyOffering
}

// exampleT stands in for a *testing.T, which an example does not have.
type exampleT struct{ cleanups []func() }

func (t *exampleT) Helper()                           {}
func (t *exampleT) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (t *exampleT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (t *exampleT) Cleanup(f func())                  { t.cleanups = append(t.cleanups, f) }

func (t *exampleT) end() {
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
}
