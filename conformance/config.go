package conformance

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"

	"wireproof/codec/mediaconnect"
	"wireproof/codec/rds"
	"wireproof/conformance/casefile"
	"wireproof/conformance/rule"
)

// Config says what a target has, so that what it lacks on purpose makes no run
// incomplete. schemas/Config.json is the schema of the file.
type Config struct {
	// Services are what the target has; empty means both.
	Services []string
	// Lacks are names of operations that it does not have, and needs of cases that
	// it cannot meet.
	Lacks []string
	// Accounts is separate or shared: does it keep accounts apart? Empty means that
	// the survey finds out.
	Accounts string
	// Offerings names offerings of each service for cases to buy, by their id or
	// ARN; two are best. Empty means that the survey takes the first that it finds.
	Offerings map[string][]string
	// Reset is done before every case, which are then played one after another.
	Reset *Reset
	// Provokes says how the target gives an error, by its code.
	Provokes map[string]Provocation
}

// Reset brings a target back to where it began: one of the two.
type Reset struct {
	// Request is a method and a path: "POST /moto-api/reset". Any 2xx is good.
	Request string
	// Command is a program and its arguments. Any exit code but 0 ends the run.
	Command []string
}

// Provocation says what has to be done to a request, so that it is answered with
// an error.
type Provocation struct {
	// Headers are added to the request.
	Headers map[string]string
	// Count is a DBInstanceCount that exceeds the quota.
	Count int64
}

// ReadConfig reads a configuration in YAML. An empty file is the zero Config. What
// is wrong with it is a [*FileError], which wraps [ErrUsage].
func ReadConfig(r io.Reader) (Config, error) {
	var c Config
	n, err := readYAML(r)
	if err != nil || n == nil {
		return c, err
	}
	names := []string{"services", "lacks", "accounts", "offerings", "reset", "provokes"}
	err = object(n, "the configuration", names, map[string]reader{
		"services":  texts(&c.Services, "services", serviceProblem),
		"lacks":     texts(&c.Lacks, "lacks", lackProblem),
		"accounts":  text(&c.Accounts, "accounts", accountsProblem),
		"offerings": c.readOfferings,
		"reset":     c.readReset,
		"provokes":  c.readProvokes,
	})
	if err != nil {
		return Config{}, err
	}
	return c, nil
}

func (c *Config) readOfferings(n *yaml.Node) error {
	c.Offerings = map[string][]string{}
	return eachMember(n, "offerings", func(key, value *yaml.Node) error {
		if hint, problem := serviceProblem(key.Value); problem != "" {
			return fault(key, hint, "offerings: %s", problem)
		}
		var ids []string
		err := texts(&ids, "offerings", nil)(value)
		c.Offerings[key.Value] = ids
		return err
	})
}

func (c *Config) readReset(n *yaml.Node) error {
	c.Reset = &Reset{}
	err := object(n, "reset", []string{"request", "command"}, map[string]reader{
		"request": text(&c.Reset.Request, "request", requestProblem),
		"command": texts(&c.Reset.Command, "command", nil),
	})
	if err == nil && (c.Reset.Request == "") == (c.Reset.Command == nil) {
		err = fault(n, "", "reset has to be either a request or a command")
	}
	return err
}

func (c *Config) readProvokes(n *yaml.Node) error {
	c.Provokes = map[string]Provocation{}
	return eachMember(n, "provokes", func(key, value *yaml.Node) error {
		if hint, problem := codeProblem(key.Value); problem != "" {
			return fault(key, hint, "provokes: %s", problem)
		}
		var p Provocation
		err := object(value, key.Value, []string{"headers", "count"}, map[string]reader{
			"headers": func(n *yaml.Node) error {
				p.Headers = map[string]string{}
				if len(n.Content) == 0 {
					return fault(n, "write it as name: value", "headers has to name one")
				}
				return eachMember(n, "headers", func(name, value *yaml.Node) error {
					var v string
					if !headerName.MatchString(name.Value) {
						return fault(name, "", "%q is no name of a header", name.Value)
					}
					err := text(&v, "a header", headerProblem)(value)
					p.Headers[name.Value] = v
					return err
				})
			},
			"count": func(n *yaml.Node) (err error) {
				p.Count, err = strconv.ParseInt(n.Value, 10, 32)
				if n.Tag != "!!int" || err != nil || p.Count < 1 {
					return fault(n, "", "count has to be a number from 1 to 2147483647")
				}
				return nil
			},
		})
		if err == nil && len(p.Headers) == 0 && p.Count == 0 {
			err = fault(value, "", "%s needs headers or a count", key.Value)
		}
		c.Provokes[key.Value] = p
		return err
	})
}

// check holds a Config that was made otherwise than by ReadConfig against the same
// demands.
func (c *Config) check() error {
	for _, list := range []struct {
		name    string
		values  []string
		problem func(string) (hint, problem string)
	}{
		{"services", c.Services, serviceProblem},
		{"lacks", c.Lacks, lackProblem},
		{"accounts", slices.DeleteFunc([]string{c.Accounts}, func(s string) bool { return s == "" }), accountsProblem},
		{"offerings", slices.Sorted(maps.Keys(c.Offerings)), serviceProblem},
		{"provokes", slices.Sorted(maps.Keys(c.Provokes)), codeProblem},
	} {
		for _, v := range list.values {
			if hint, problem := list.problem(v); problem != "" {
				return &FileError{What: "configuration: " + list.name + ": " + problem, Hint: hint}
			}
		}
	}
	if c.Reset == nil {
		return nil
	}
	if (c.Reset.Request == "") == (len(c.Reset.Command) == 0) {
		return &FileError{What: "configuration: reset has to be either a request or a command"}
	}
	if hint, problem := requestProblem(c.Reset.Request); c.Reset.Request != "" && problem != "" {
		return &FileError{What: "configuration: reset: " + problem, Hint: hint}
	}
	return nil
}

func serviceProblem(s string) (hint, problem string) {
	if s == rule.RDS || s == rule.MediaConnect {
		return "", ""
	}
	return "give rds or mediaconnect", fmt.Sprintf("there is no service %q", s)
}

func accountsProblem(s string) (hint, problem string) {
	if s == "separate" || s == "shared" {
		return "", ""
	}
	return "give separate or shared", fmt.Sprintf("%q is neither", s)
}

// lackProblem takes operations and needs.
func lackProblem(s string) (hint, problem string) {
	var names []string
	for _, o := range rds.Operations() {
		names = append(names, o.String())
	}
	for _, o := range mediaconnect.Operations() {
		names = append(names, o.String())
	}
	if _, err := casefile.Need(s).Parse(); err == nil || slices.Contains(names, s) {
		return "", ""
	}
	names = append(names, "own-state", "two-accounts", "rds.reservation", "mediaconnect.reservation")
	return meant(s, names), fmt.Sprintf("%q is no operation, and nothing that a case needs", s)
}

func codeProblem(code string) (hint, problem string) {
	if rds.ShapeOf(code) != nil || mediaconnect.ShapeOf(code) != nil {
		return "", ""
	}
	var codes []string
	for _, o := range rds.Operations() {
		for _, s := range o.Errors() {
			codes = append(codes, s.Code)
		}
	}
	for _, s := range slices.Concat(rds.CommonErrors(), mediaconnect.ModeledErrors(), mediaconnect.CommonErrors()) {
		codes = append(codes, s.Code)
	}
	slices.Sort(codes)
	return meant(code, slices.Compact(codes)), fmt.Sprintf("neither service has an error %q", code)
}

var (
	resetRequest = regexp.MustCompile(`^[A-Z]+ /[!-~]*$`)
	headerName   = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
	headerValue  = regexp.MustCompile(`^[ -~]*$`)
)

func requestProblem(s string) (hint, problem string) {
	if resetRequest.MatchString(s) {
		return "", ""
	}
	return "write one such as POST /reset", fmt.Sprintf("%q is no method and path", s)
}

func headerProblem(s string) (hint, problem string) {
	if headerValue.MatchString(s) {
		return "", ""
	}
	return "", fmt.Sprintf("%q is no value of a header", s)
}

// has reports whether the target is said to have a service.
func (c *Config) has(service string) bool {
	return len(c.Services) == 0 || slices.Contains(c.Services, service)
}

// lacks reports whether the target is said not to have an operation, or not to meet
// a need.
func (c *Config) lacks(what string) bool { return slices.Contains(c.Lacks, what) }
