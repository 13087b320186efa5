package schemas_test

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"wireproof/schemas"
)

// A validator is given all schemas, since they refer to each other.
func Example() {
	c := jsonschema.NewCompiler()
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		if err != nil {
			panic(err)
		}
		if err := c.AddResource(schemas.Base+name+".json", bytes.NewReader(text)); err != nil {
			panic(err)
		}
	}
	schema := c.MustCompile(schemas.Base + "mediaconnect/PurchaseOfferingRequestBody.json")

	for _, body := range []string{
		`{"reservationName": "R", "start": "2020-03-05T23:30:00Z"}`,
		`{"ReservationName": "R", "Start": "2020-03-05T23:30:00Z"}`,
	} {
		var value any
		if err := json.Unmarshal([]byte(body), &value); err != nil {
			panic(err)
		}
		fmt.Println(schema.Validate(value) == nil)
	}
	// Output:
	// true
	// false
}
