package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wireproof/codec/wire"
	"wireproof/conformance"
	"wireproof/conformance/casefile"
	"wireproof/conformance/embedded"
	"wireproof/conformance/exchange"
	"wireproof/conformance/inspect"
	"wireproof/conformance/report"
	"wireproof/fixtures"
)

// runFlags are the flags of run as they were given.
type runFlags struct {
	endpoint             string
	services             []string
	run, skip            []string
	cases                string
	shard                string
	config               string
	expected             string
	updateExpected       bool
	expectedText         []byte // of the file, as it was before the run
	reports              []string
	strict, failFast     bool
	trace, quiet         bool
	parallel             int
	timeout              time.Duration
	sign                 string
	accessKey, secretKey string
	region               string
	headers              []string
	caFile               string
	noCaseHeader         bool
}

func newRun(s *streams) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [flags]",
		Short: "Hold a server against the wire formats, and say what is wrong",
		Long: `Run plays short scenarios against a server, looks at every byte that comes back,
and says what is wrong, where, by which source, and which real clients it hurts.
Without --endpoint the server is the one of wireproof serve, in this process.

Unless flags give others, requests are signed with made-up credentials: no AWS_*
variable and no profile is read. An endpoint of AWS's own is refused, whatever flags
are given, because a purchase there costs money.

PATTERN is the id of a case, with * for anything within a segment and ** across
dots; @FILE reads patterns from a file, one a line. A pattern that matches nothing
is an error.

The last line is the verdict:
  conformant      all that must hold was held and does
  expected        what fails is what --expected-failures declares
  not conformant  something that must hold does not, or a declared failure is stale
  incomplete      something that must hold could not be held, and --config does not
                  say that the server lacks what it takes

Flags, files and cases are explained in README.md and fixtures/cases/README.md;
schemas/Config.json and schemas/ExpectedFailures.json describe the two files.
` + exitCodes{"conformant, or expected", "not conformant, or incomplete", `wrong usage, and nothing was sent: an unknown flag, a pattern that matches nothing,
a file that is not what it should be, an endpoint of AWS's`, `the server could not be reached, or did not answer any more; or a report could not be
written. Reports say what was found until then`, "interrupted; reports say what was found until then"}.help(),
		Example: `  wireproof run
  wireproof run --endpoint http://127.0.0.1:5000
  wireproof run --endpoint http://127.0.0.1:5000 --service rds --report junit=out.xml
  wireproof run --endpoint http://127.0.0.1:5000 --run 'rds.purchase.**' --skip 'rds.purchase.minimal.*'
  wireproof run --endpoint http://127.0.0.1:5000 --expected-failures known.yaml --update-expected`,
		Args: noArgs("run"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s.stops.Store(true)
			return s.run(cmd.Context(), &f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.endpoint, "endpoint", "", "hold the server at `URL`; its path goes before that of every request (default: the built-in server)")
	fl.StringSliceVar(&f.services, "service", nil, "hold one service alone: `NAME` is rds or mediaconnect (default: both)")
	fl.StringArrayVar(&f.run, "run", nil, "play only the cases of `PATTERN`; can be repeated")
	fl.StringArrayVar(&f.skip, "skip", nil, "leave out the cases of `PATTERN`; can be repeated")
	fl.StringVar(&f.cases, "cases", "", "play the cases in this `FOLDER` as well")
	fl.StringVar(&f.shard, "shard", "", "play part `I/N` of the cases, such as 1/4")
	fl.StringVar(&f.config, "config", "", "read what the server has from `FILE`, in YAML")
	fl.StringVar(&f.expected, "expected-failures", "", "read failures that are known from `FILE`, in YAML")
	fl.BoolVar(&f.updateExpected, "update-expected", false, "write what fails into the file of --expected-failures, and take out what is stale")
	fl.StringArrayVar(&f.reports, "report", nil, "write a report: `KIND=FILE`, one of "+strings.Join(report.Kinds(), ", ")+"; - is standard output; can be repeated")
	fl.BoolVar(&f.strict, "strict", false, "a warning counts as a failure")
	fl.BoolVar(&f.failFast, "fail-fast", false, "stop after the first case that fails")
	fl.BoolVar(&f.trace, "trace", false, "show every exchange")
	fl.BoolVar(&f.quiet, "quiet", false, "one line for each finding")
	fl.IntVar(&f.parallel, "parallel", runtime.GOMAXPROCS(0), "play `N` cases at once, where the server keeps accounts apart")
	fl.DurationVar(&f.timeout, "timeout", conformance.DefaultTimeout, "give one exchange `TIME` at most")
	fl.StringVar(&f.sign, "sign", conformance.SignV4, "sign requests by `VERSION`: v4, v2 (of RDS; MediaConnect has v4 alone) or off")
	fl.StringVar(&f.accessKey, "access-key", "", "sign with this access `KEY` (default: twelve digits, an account of its own for every case)")
	fl.StringVar(&f.secretKey, "secret-key", "", "sign with this secret `KEY` (default: that of AWS's documentation)")
	fl.StringVar(&f.region, "region", conformance.DefaultRegion, "sign for `REGION`")
	fl.StringArrayVar(&f.headers, "header", nil, "put `NAME:VALUE` into every request, unsigned; can be repeated")
	fl.StringVar(&f.caFile, "ca-file", "", "trust the certificates (PEM) in `FILE` besides the system's")
	fl.BoolVar(&f.noCaseHeader, "no-case-header", false, "leave out the header X-Wireproof-Case, which names the case of a request")
	return cmd
}

// noArgs refuses arguments in our words.
func noArgs(name string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return &inspect.UsageError{What: fmt.Sprintf("%s takes no arguments, got %q", name, args[0]), Hint: "run wireproof " + name + " --help"}
		}
		return nil
	}
}

// run makes a run and writes its reports.
func (s *streams) run(ctx context.Context, f *runFlags) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	outputs, err := f.outputs()
	if err != nil {
		return err
	}
	target, closeTarget, err := f.target(ctx, &options)
	if err != nil {
		return err
	}
	defer closeTarget()
	_, watched := terminal(s.err)
	progress := &report.Progress{W: s.err, Terminal: watched}
	options.Progress = func(done, total int, _ *conformance.Result) { progress.Case(done, total) }
	r, err := conformance.Run(ctx, target, options)
	progress.Clear()
	if r == nil {
		return f.gone(err)
	}
	code := exitCode(r, err)
	console := report.Console{Trace: f.trace, Quiet: f.quiet, Exit: code, Rerun: f.rerun()}
	if columns, ok := terminal(s.out); ok {
		console.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		console.Width = min(max(columns, 60), 120)
	}
	for _, o := range outputs {
		console.Reports = append(console.Reports, o.name)
	}
	if !toStandardOutput(outputs) {
		var text bytes.Buffer
		if e := console.Write(&text, r); e != nil {
			return harnessError{error: e}
		}
		if e := s.write(text.Bytes()); e != nil {
			return e
		}
	}
	for _, o := range outputs {
		if e := o.write(s, r); e != nil {
			return e
		}
	}
	switch {
	case code == exitInterrupted:
		fmt.Fprintln(s.err, "wireproof: interrupted; the report is of what was done until then")
		return err
	case err != nil:
		return f.gone(err)
	}
	if f.updateExpected {
		if err := s.update(f, r); err != nil {
			return err
		}
	}
	if code == exitWrong {
		return errFindings
	}
	return nil
}

// gone says of a server that it cannot be reached, and what might help.
func (f *runFlags) gone(err error) error {
	var t *exchange.TransportError
	if !errors.Is(err, conformance.ErrUnreachable) || !errors.As(err, &t) {
		return runError(err)
	}
	var certificate *tls.CertificateVerificationError
	switch {
	case t.Trouble == exchange.Timeout:
		return harnessError{fmt.Errorf("%s takes connections, but did not answer in %s", f.endpoint, f.timeout), "--timeout gives it longer"}
	case errors.As(err, &certificate):
		return harnessError{fmt.Errorf("%s cannot be trusted: %w", f.endpoint, certificate.Err), "--ca-file names the certificates to trust besides the system's"}
	}
	return harnessError{fmt.Errorf("%s cannot be reached: %w", f.endpoint, t.Err), "is it running, and is that its address?"}
}

// exitCode is that of a run with a report.
func exitCode(r *conformance.Report, err error) int {
	switch {
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case err != nil:
		return exitHarness
	case r.Verdict == conformance.Conformant, r.Verdict == conformance.Expected:
		return exitOK
	}
	return exitWrong
}

// runError says whose fault it was that there is no report, or only half of one.
func runError(err error) error {
	var pattern *conformance.PatternError
	var file *casefile.Error
	switch {
	case errors.As(err, &pattern):
		return &inspect.UsageError{What: err.Error(), Hint: "wireproof list shows all of them"}
	case errors.As(err, &file):
		return &inspect.UsageError{What: err.Error()}
	case errors.Is(err, conformance.ErrAWS), errors.Is(err, conformance.ErrUsage):
		return &inspect.UsageError{What: strings.TrimPrefix(err.Error(), conformance.ErrUsage.Error()+": ")}
	case errors.Is(err, conformance.ErrNothing):
		return &inspect.UsageError{What: err.Error(), Hint: "a run of nothing proves nothing"}
	}
	return harnessError{error: err}
}

// options makes the options of the run.
func (f *runFlags) options() (o conformance.Options, err error) {
	o = conformance.Options{Services: f.services, Strict: f.strict, FailFast: f.failFast, Parallel: f.parallel, Timeout: f.timeout,
		Sign: f.sign, AccessKey: f.accessKey, SecretKey: f.secretKey, Region: f.region, NoCaseHeader: f.noCaseHeader}
	if o.Run, err = patterns(f.run); err != nil {
		return o, err
	}
	if o.Skip, err = patterns(f.skip); err != nil {
		return o, err
	}
	if f.timeout <= 0 {
		return o, &inspect.UsageError{What: "--timeout " + f.timeout.String() + " is no time to wait"}
	}
	if f.parallel < 1 {
		return o, &inspect.UsageError{What: fmt.Sprintf("--parallel %d: give 1 or more", f.parallel)}
	}
	for _, h := range f.headers {
		name, value, ok := strings.Cut(h, ":")
		if !ok || name == "" || strings.ContainsAny(h, "\r\n") {
			return o, &inspect.UsageError{What: fmt.Sprintf("--header %q is no header", h), Hint: "give NAME:VALUE"}
		}
		o.Headers = append(o.Headers, wire.HeaderField{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	if f.shard != "" {
		i, n, ok := strings.Cut(f.shard, "/")
		var e1, e2 error
		o.Shard, e1 = strconv.Atoi(i)
		o.Shards, e2 = strconv.Atoi(n)
		if !ok || e1 != nil || e2 != nil || o.Shards < 1 || o.Shard < 1 || o.Shard > o.Shards {
			return o, &inspect.UsageError{What: fmt.Sprintf("--shard %q is no part", f.shard), Hint: "give one such as 1/4"}
		}
	}
	if f.config != "" {
		if err := readFile("--config", f.config, func(r io.Reader) (err error) { o.Config, err = conformance.ReadConfig(r); return err }); err != nil {
			return o, err
		}
	}
	if err := f.expectations(&o); err != nil {
		return o, err
	}
	return o, f.loadCases(&o)
}

// expectations reads the declared failures. With --update-expected the file need
// not be there.
func (f *runFlags) expectations(o *conformance.Options) error {
	if f.expected == "" {
		if f.updateExpected {
			return &inspect.UsageError{What: "--update-expected without a file", Hint: "say which one with --expected-failures FILE"}
		}
		return nil
	}
	if _, err := os.Stat(f.expected); f.updateExpected && errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return readFile("--expected-failures", f.expected, func(r io.Reader) (err error) {
		if f.expectedText, err = io.ReadAll(r); err == nil {
			o.Expectations, err = conformance.ReadExpectations(bytes.NewReader(f.expectedText))
		}
		return err
	})
}

// loadCases adds the cases of a folder to those of the project.
func (f *runFlags) loadCases(o *conformance.Options) error {
	if f.cases == "" {
		return nil
	}
	own, err := conformance.Cases()
	if err != nil {
		return harnessError{error: err}
	}
	info, err := os.Stat(f.cases)
	if err != nil || !info.IsDir() {
		return &inspect.UsageError{What: fmt.Sprintf("--cases %s is no folder that can be read", f.cases)}
	}
	more, err := casefile.Load(os.DirFS(f.cases))
	if err != nil {
		return &inspect.UsageError{What: "--cases " + f.cases + ": " + err.Error()}
	}
	o.Cases, err = conformance.Join(own, more)
	if err != nil {
		return &inspect.UsageError{What: "--cases " + f.cases + ": " + err.Error()}
	}
	mine, err := casefile.Hash(fixtures.Cases())
	if err != nil {
		return harnessError{error: err}
	}
	theirs, err := casefile.Hash(os.DirFS(f.cases))
	o.CasesHash = mine + "+" + theirs
	return err
}

// patterns reads those that stand in files.
func patterns(given []string) (all []string, err error) {
	for _, p := range given {
		name, isFile := strings.CutPrefix(p, "@")
		if !isFile {
			all = append(all, p)
			continue
		}
		err := readFile("file of patterns", name, func(r io.Reader) error {
			text, err := io.ReadAll(r)
			found := 0
			for line := range strings.Lines(string(text)) {
				line, _, _ = strings.Cut(line, "#")
				if line = strings.TrimSpace(line); line != "" {
					all = append(all, line)
					found++
				}
			}
			if err == nil && found == 0 {
				return errors.New("there is no pattern in it")
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// readFile reads a file that a flag names.
func readFile(flag, name string, read func(io.Reader) error) error {
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
		err = read(file)
	}
	var fault *conformance.FileError
	var path *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &fault):
		at := name
		if fault.Line > 0 {
			at += ":" // and the line
		} else {
			at += ": "
		}
		return &inspect.UsageError{What: strings.TrimSuffix(flag+" "+at+fault.Error(), "; "+fault.Hint), Hint: fault.Hint}
	case errors.As(err, &path):
		err = path.Err // the name is there already
	}
	return &inspect.UsageError{What: fmt.Sprintf("%s %s: %v", flag, name, err)}
}

// target connects to the endpoint, or starts the built-in server.
func (f *runFlags) target(ctx context.Context, o *conformance.Options) (conformance.Target, func(), error) {
	if f.endpoint == "" {
		target, config, err := embedded.Target()
		if err != nil {
			return nil, nil, harnessError{error: err}
		}
		if f.config == "" {
			o.Config = config
		}
		return target, func() { target.Close() }, nil
	}
	var options conformance.EndpointOptions
	if f.caFile != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		err = readFile("--ca-file", f.caFile, func(r io.Reader) error {
			pem, err := io.ReadAll(r)
			if err == nil && !pool.AppendCertsFromPEM(pem) {
				return errors.New("there is no certificate (PEM) in it")
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		options.CA = pool
	}
	target, err := conformance.Endpoint(ctx, f.endpoint, options)
	if err != nil {
		return nil, nil, runError(err)
	}
	return target, func() {}, nil
}

// rerun is the command of this run without what selected cases, what wrote reports,
// and secrets.
func (f *runFlags) rerun() string {
	words := []string{"wireproof run"}
	add := func(name, value string) {
		if value != "" {
			words = append(words, name, report.Quote(value))
		}
	}
	add("--endpoint", f.endpoint)
	add("--config", f.config)
	add("--cases", f.cases)
	add("--ca-file", f.caFile)
	if f.sign != conformance.SignV4 {
		add("--sign", f.sign)
	}
	if f.accessKey != "" {
		add("--access-key", f.accessKey)
		add("--secret-key", "SECRET") // for people to put in
	}
	if f.region != conformance.DefaultRegion {
		add("--region", f.region)
	}
	for _, h := range f.headers {
		name, _, _ := strings.Cut(h, ":")
		add("--header", name+":VALUE")
	}
	if f.noCaseHeader {
		words = append(words, "--no-case-header")
	}
	if f.timeout != conformance.DefaultTimeout {
		add("--timeout", f.timeout.String())
	}
	if f.strict {
		words = append(words, "--strict")
	}
	return strings.Join(words, " ")
}
