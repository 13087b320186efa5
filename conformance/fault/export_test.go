package fault

import "net/http"

// Plain writes every answer as bytes, and changes nothing of it.
func Plain(next http.Handler) *Injector {
	return newInjector(next, framed(anything, func(*message) {}))
}
