package auth_test

import (
	"context"
	"fmt"
	"time"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/sigv4"
)

func ExampleVerifier() {
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	v, err := auth.New(auth.Options{Mode: auth.Verify, Now: func() time.Time { return clock }})
	if err != nil {
		fmt.Println(err)
		return
	}
	req := &wire.Request{Method: "GET", Path: "/v1/offerings", Headers: wire.Headers{{Name: "Host", Value: "127.0.0.1:4599"}}}
	_, failure := v.Check(req)
	fmt.Println(failure.Reason, failure.Shape(auth.MediaConnect).Code)

	pair := sigv4.Credentials{AccessKey: "AKIDEXAMPLE", SecretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
	scope := sigv4.Scope{Service: auth.MediaConnect, Region: "eu-west-1"}
	if err := sigv4.Sign(context.Background(), req, pair, scope, clock); err != nil {
		fmt.Println(err)
		return
	}
	identity, _ := v.Check(req)
	fmt.Println(identity.Account, identity.Region, identity.Signed)

	clock = clock.Add(time.Hour)
	_, failure = v.Check(req)
	fmt.Println(failure.Reason, failure.Shape(auth.MediaConnect).Code)
	// Output:
	// missing MissingAuthenticationTokenException
	// 123456789012 eu-west-1 true
	// expired RequestExpired
}
