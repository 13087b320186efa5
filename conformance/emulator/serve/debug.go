package serve

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Explain adds to what the log tells of a request at level debug. At other levels,
// and in a handler that this package does not serve, attrs is not called. It must
// be called in the goroutine of the handler, and what attrs gives may not be
// secret.
func Explain(ctx context.Context, attrs func() []slog.Attr) {
	if c, ok := ctx.Value(callKey{}).(*call); ok && c.debug {
		c.details = append(c.details, attrs()...)
	}
}

// shown are the headers whose values the log shows at level debug. Of every other
// header it shows that it was there: a list of what is secret could not be
// complete.
var shown = []string{
	"Accept", "Accept-Encoding", "Amz-Sdk-Invocation-Id", "Amz-Sdk-Request", "Connection", "Content-Encoding",
	"Content-Length", "Content-Type", "Date", "Expect", "User-Agent", "X-Amz-Content-Sha256", "X-Amz-Date",
	"X-Amz-User-Agent",
}

const hidden = "[hidden]"

// appendDetails appends what the log tells at level debug only: how long the body
// was, the headers, and what the handler has explained.
func (c *call) appendDetails(attrs []slog.Attr, r *http.Request) []slog.Attr {
	attrs = append(attrs, slog.Int64("bytesIn", c.received))
	attrs = append(attrs, c.details...)
	headers := []any{slog.String("Host", printable(r.Host))}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		value := hidden
		if slices.Contains(shown, name) {
			value = printable(strings.Join(r.Header[name], ", "))
		}
		headers = append(headers, slog.String(printable(name), value))
	}
	return append(attrs, slog.Group("headers", headers...))
}
