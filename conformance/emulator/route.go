package emulator

import (
	"wireproof/codec/wire"
	"wireproof/conformance/emulator/auth"
)

// HealthPath answers 200 with a JSON document for as long as the emulator
// answers. It belongs to no service and asks for no signature.
const HealthPath = "/_wireproof/health"

func health(method string) wire.Response {
	headers := wire.Headers{{Name: "Content-Type", Value: "application/json"}, {Name: "Cache-Control", Value: "no-store"}}
	switch method {
	case "GET", "HEAD":
		return wire.Response{Status: 200, Headers: headers, Body: `{"status":"ok","services":["mediaconnect","rds"]}` + "\n"}
	}
	headers.Set("Allow", "GET, HEAD")
	return wire.Response{Status: 405, Headers: headers, Body: `{"message":"GET or HEAD"}` + "\n"}
}

// serviceOf finds the service that a request is for: the one its signature
// names, else the one its path belongs to. The path is taken as sent, so that
// nothing that only resolves to /v1/ is there.
//
// undocumented: unknown-path. With no signature to go by, a path that neither
// service has is answered by RDS.
func serviceOf(scope, path string) string {
	if scope != "" {
		return scope
	}
	if service := auth.ServiceOfPath(path); service != "" {
		return service
	}
	return auth.RDS
}
