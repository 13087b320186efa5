package sigv2_test

import (
	"errors"
	"fmt"
	"time"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
)

func Example() {
	signer := sigv2.Signer{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
	req := &wire.Request{
		Method:  "GET",
		Path:    "/",
		Query:   "Action=DescribeReservedDBInstances&Version=2014-10-31",
		Headers: wire.Headers{{Name: "Host", Value: "rds.amazonaws.com"}},
	}
	if err := signer.Sign(req, time.Date(2011, 5, 10, 18, 31, 36, 0, time.UTC)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sigv2.Verify(req, signer.SecretAccessKey))

	req.Query += "&MaxRecords=100"
	err := sigv2.Verify(req, signer.SecretAccessKey)
	fmt.Println(errors.Is(err, sigv2.ErrMismatch))
	// Output:
	// <nil>
	// true
}
