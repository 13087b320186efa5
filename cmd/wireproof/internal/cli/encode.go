package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wireproof/codec/sigv2"
	"wireproof/codec/wire"
	"wireproof/conformance/inspect"
	"wireproof/conformance/sigv4"
)

// The documentation's credentials. They open nothing; requests signed with them
// are for emulators. No AWS_* variable is read.
const (
	exampleAccessKey = "AKIDEXAMPLE"
	exampleSecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

func newEncode(s *streams) *cobra.Command {
	var o inspect.EncodeOptions
	var sig inspect.Signature
	var method, at string
	cmd := &cobra.Command{
		Use:   "encode [flags] [FILE]",
		Short: "Write a message from JSON or YAML",
		Long: `Encode reads JSON or YAML from FILE or standard input and writes the message that
it describes: the exact bytes of the body, or with --raw of the whole HTTP
message.

The document is what decode prints, or only its "value"; then --operation and
--kind say what it is. Common parameters and signatures that decode shows under
"call" are not written again; use --sign.
` + exitCodes{"written", "a value that has no form on the wire",
			"wrong usage: an unknown flag or name, an unreadable file, no JSON or YAML", notWritten, interrupted}.help(),
		Example: `  wireproof decode response.xml | wireproof encode
  wireproof encode --operation PurchaseOffering --kind request --raw --sign v4 purchase.yaml
  wireproof encode --operation DescribeReservedDBInstances --kind request --method GET --raw in.json`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := methodFlag(method, &o); err != nil {
				return err
			}
			if err := signFlags(cmd, &sig, at, &o); err != nil {
				return err
			}
			name, text, err := s.read(args)
			if err != nil {
				return err
			}
			out, err := inspect.Encode(cmd.Context(), text, o)
			if err != nil {
				return encodeError(name, err)
			}
			return s.write(out)
		},
	}
	f := cmd.Flags()
	messageFlags(f, &o.Options)
	f.StringVar(&o.Version, "api-version", "", "API version to write (RDS; default the latest)")
	f.BoolVar(&o.Raw, "raw", false, "write the whole HTTP message")
	f.StringVar(&method, "method", "", "GET writes a request to RDS into the query string, POST into a form (default POST)")
	f.BoolVar(&o.Indent, "indent", false, "write the body over several lines")
	f.StringVar(&o.RequestID, "request-id", "", "request id of a response")
	f.StringVar(&o.Host, "host", "", "Host of a request (default that of the service in --region)")
	f.StringVar(&o.Region, "region", inspect.DefaultRegion, "region of a request")
	f.StringVar(&sig.Version, "sign", "", "sign the request: v2 (RDS) or v4")
	f.StringVar(&sig.AccessKey, "access-key", exampleAccessKey, "access key to sign with")
	f.StringVar(&sig.SecretKey, "secret-key", exampleSecretKey, "secret key to sign with")
	f.StringVar(&sig.SessionToken, "session-token", "", "session token to sign with")
	f.StringVar(&at, "time", "", "time of the signature, 2006-01-02T15:04:05Z (default now)")
	return cmd
}

func methodFlag(method string, o *inspect.EncodeOptions) error {
	switch method {
	case "", "POST":
	case "GET":
		o.Get = true
	default:
		return &inspect.UsageError{What: fmt.Sprintf("unknown method %q", method), Hint: "choose GET or POST"}
	}
	return nil
}

// signFlags refuses what would be left out silently: credentials without a
// signature.
func signFlags(cmd *cobra.Command, sig *inspect.Signature, at string, o *inspect.EncodeOptions) error {
	if sig.Version == "" {
		for _, name := range []string{"access-key", "secret-key", "session-token", "time"} {
			if cmd.Flags().Changed(name) {
				return &inspect.UsageError{What: "--" + name + " without --sign", Hint: "give --sign v2 or --sign v4"}
			}
		}
		return nil
	}
	if sig.Version != "v2" && sig.Version != "v4" {
		return &inspect.UsageError{What: fmt.Sprintf("unknown signature version %q", sig.Version), Hint: "choose v2 or v4"}
	}
	sig.Time = time.Now()
	if at != "" {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return &inspect.UsageError{What: fmt.Sprintf("--time %q is no time", at), Hint: "write it as 2006-01-02T15:04:05Z"}
		}
		sig.Time = t
	}
	o.Signature = sig
	return nil
}

// encodeError tells a value that has no form on the wire from a document that
// says nothing.
func encodeError(name string, err error) error {
	var usage *inspect.UsageError
	switch {
	case errors.As(err, &usage):
		return err
	case errors.Is(err, wire.ErrValue), errors.Is(err, sigv4.ErrRequest), errors.As(err, new(*sigv2.Error)):
		return wrongError{fmt.Errorf("%s: %w", name, err)}
	}
	return fmt.Errorf("%s: %w", name, err)
}
