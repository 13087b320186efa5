package jsonwire_test

import (
	"errors"
	"fmt"

	"wireproof/codec/jsonwire"
	"wireproof/codec/wire"
)

func ExampleReader_Next() {
	var r jsonwire.Reader
	r.Reset(`{"duration": 12, "units": ["MONTHS"]}`)
	for {
		kind, err := r.Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		if kind == jsonwire.End {
			return
		}
		fmt.Printf("%2d %-13s %q %s\n", r.Offset(), kind, r.Pointer(), r.Raw())
	}
	// Output:
	//  0 object        "" {
	//  1 string        "/duration" "duration"
	// 13 number        "/duration" 12
	// 17 string        "/units" "units"
	// 26 array         "/units" [
	// 27 string        "/units/0" "MONTHS"
	// 35 end of array  "/units" ]
	// 36 end of object "" }
}

func ExampleReader_Member() {
	names := jsonwire.NewNames("name", "bitrate")
	var order jsonwire.Order // kept from document to document
	var r jsonwire.Reader
	r.Reset(`{"name":"a","bitrate":50,"x-note":{"by":"me"}}`)
	var o jsonwire.Object
	r.Open(&o, names, &order)
	for r.Member(&o) {
		switch o.Index {
		case 0:
			name, _ := r.String()
			fmt.Println("name", name)
		case 1:
			bitrate, _ := r.Int()
			fmt.Println("bitrate", bitrate)
		default:
			raw, kind := r.Value()
			fmt.Println("unknown", o.Name, kind, raw)
		}
	}
	fmt.Println(r.Close())
	// Output:
	// name a
	// bitrate 50
	// unknown x-note object {"by":"me"}
	// <nil>
}

func ExampleCheck() {
	doc := `{"offerings": [{"duration": 012}]}`
	err := jsonwire.Check(doc)
	var syntax *wire.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Path, errors.Is(err, jsonwire.ErrNumber))
		fmt.Println(wire.Caret(doc, syntax.Offset))
	}
	// Output:
	// /offerings/0/duration true
	// line 1, column 30 (offset 29)
	//   {"offerings": [{"duration": 012}]}
	//                                ^
}

func ExampleWriter() {
	var w jsonwire.Writer
	w.BeginObject()
	w.Name("start")
	w.String("2020-03-05T23:30:00Z")
	w.EndObject()
	doc, err := w.Bytes()
	fmt.Println(string(doc), err)
	// Output: {"start":"2020-03-05T23:30:00Z"} <nil>
}
