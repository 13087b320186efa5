package emulator

import (
	"encoding/json"
	"log/slog"

	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/serve"
)

// What the log tells at level debug. None of it is secret: an Identity has no
// secrets, a Failure and an error message repeat none, and an input has only the
// members that the model gives it, of which no signature is one.

// explainCaller tells who is calling, and what came of the signature.
func (c *call) explainCaller(mode auth.Mode, id *auth.Identity, failure *auth.Failure) {
	serve.Explain(c.context, func() []slog.Attr {
		outcome := "off"
		switch {
		case failure != nil:
			outcome = failure.Reason.String() + ": " + failure.Message
		case mode == auth.Verify:
			outcome = "verified"
		}
		return []slog.Attr{
			slog.String("auth", outcome), slog.String("signature", id.Version), slog.String("accessKey", cut(id.AccessKey)),
			slog.String("account", id.Account), slog.String("region", id.Region), slog.String("scope", id.Service),
		}
	})
}

// explainInput tells what was read of the request.
func (c *call) explainInput(in any) {
	serve.Explain(c.context, func() []slog.Attr {
		text, err := json.Marshal(in)
		if err != nil {
			text = []byte(err.Error())
		}
		return []slog.Attr{slog.String("input", cut(string(text)))}
	})
}

// explainError tells the error that is answered, and why.
func (c *call) explainError(shape *wire.ErrorShape, message string) {
	serve.Explain(c.context, func() []slog.Attr {
		return []slog.Attr{slog.String("error", shape.Code), slog.String("why", cut(message))}
	})
}

// cut keeps lines short whatever clients send. The handlers of slog escape the
// rest.
func cut(s string) string {
	const limit = 1000
	if len(s) > limit {
		return s[:limit] + "..."
	}
	return s
}
