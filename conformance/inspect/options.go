package inspect

import (
	"fmt"
	"slices"
	"strings"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
)

// The names of the services and of the two kinds of messages.
const (
	MediaConnect = "mediaconnect"
	RDS          = "rds"

	Request  = "request"
	Response = "response"
)

// mediaConnectVersion is the one API version of MediaConnect. It is not on the
// wire.
const mediaConnectVersion = "2018-11-14"

// Options say what a message is. What is empty is guessed by [Decode]; [Encode]
// takes it from what it is given to encode, and asks for the rest.
type Options struct {
	Service   string // [MediaConnect] or [RDS]
	Operation string // implies the service
	Kind      string // [Request] or [Response]; an error is a response
	// Version is the API version. Decode expects the message to be of this one.
	Version string
	// Lenient leaves out the findings on which the measured clients agree.
	Lenient bool
}

// UsageError says that nothing could be done with what was asked for, and what
// to ask for instead.
type UsageError struct {
	// What is wrong, and Hint what to do about it.
	What, Hint string
}

// Error gives the error on one line.
func (e *UsageError) Error() string {
	if e.Hint == "" {
		return e.What
	}
	return e.What + "; " + e.Hint
}

func usage(hint, format string, args ...any) error {
	return &UsageError{What: fmt.Sprintf(format, args...), Hint: hint}
}

// Services lists the names of the services.
func Services() []string { return []string{MediaConnect, RDS} }

// Operations lists the names of the operations of a service, or of both where
// service is empty.
func Operations(service string) []string {
	var names []string
	if service != RDS {
		for _, o := range mediaconnect.Operations() {
			names = append(names, o.String())
		}
	}
	if service != MediaConnect {
		for _, o := range rds.Operations() {
			names = append(names, o.String())
		}
	}
	return names
}

// Versions lists the API versions of a service.
func Versions(service string) []string {
	if service == MediaConnect {
		return []string{mediaConnectVersion}
	}
	var names []string
	for _, v := range rds.Versions() {
		names = append(names, string(v))
	}
	return names
}

// check refuses names that are none and fills in the service that an operation
// implies.
func (o *Options) check() error {
	if o.Service != "" && !slices.Contains(Services(), o.Service) {
		return unknown("service", o.Service, Services())
	}
	if o.Kind != "" && o.Kind != Request && o.Kind != Response {
		return unknown("kind", o.Kind, []string{Request, Response})
	}
	if o.Operation != "" {
		service := serviceOf(o.Operation)
		switch {
		case service == "":
			return unknown("operation", o.Operation, Operations(o.Service))
		case o.Service != "" && o.Service != service:
			return usage("drop --service, or choose one of "+strings.Join(Operations(o.Service), ", "),
				"operation %s is one of %s, not of %s", o.Operation, service, o.Service)
		}
		o.Service = service
	}
	return o.checkVersion()
}

// checkVersion refuses versions that the service, where it is known, does not
// have.
func (o *Options) checkVersion() error {
	if o.Version == "" {
		return nil
	}
	versions := Versions(o.Service)
	if o.Service == "" {
		versions = append(versions, Versions(MediaConnect)...)
	}
	if !slices.Contains(versions, o.Version) {
		return unknown("API version", o.Version, versions)
	}
	return nil
}

func serviceOf(operation string) string {
	for _, service := range Services() {
		if slices.Contains(Operations(service), operation) {
			return service
		}
	}
	return ""
}

// unknown says that a name is none of those there are, with the nearest of them
// where one is near.
func unknown(what, got string, names []string) error {
	if name := Nearest(got, names); name != "" {
		return usage("did you mean "+name+"?", "unknown %s %q", what, got)
	}
	return usage("choose one of "+strings.Join(names, ", "), "unknown %s %q", what, got)
}
