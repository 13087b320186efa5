package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"wireproof/conformance/emulator"
	"wireproof/conformance/emulator/auth"
	"wireproof/conformance/emulator/catalogue"
	"wireproof/conformance/emulator/journal"
	"wireproof/conformance/emulator/serve"
	"wireproof/conformance/fault"
	"wireproof/conformance/inspect"
)

// serveFlags are the flags of serve as they were given.
type serveFlags struct {
	addr                       string
	auth                       string
	credentials                string
	accessKey, secretKey       string
	sessionToken               string
	catalogue, state           string
	activeAfter                time.Duration
	maxReservations            int
	maxAccounts                int
	latency, errorRate         string
	throttle                   []string
	fault                      string
	logLevel, logFormat        string
	quiet                      bool
	levelGiven, keyGiven, cred bool
}

func newServe(s *streams) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Answer as MediaConnect and RDS do, for clients to be tested against",
		Long: `Serve answers the eight operations on one port: MediaConnect below /v1, RDS at /,
or the service that a request is signed for. Nothing costs anything, and nothing
is kept unless --state says where.

Standard output gets one line, the URL, when requests are answered. Standard error
gets lines to copy into a shell or a program, and one line for each request; both
without secrets. SIGINT and SIGTERM end it when the answers under way are finished,
with exit code 0; a second one ends it at once.

Failures on demand (--latency, --error-rate, --throttle) strike before anything is
done: a request that fails has bought nothing. Health is told at
` + emulator.HealthPath + `, always.

No AWS_* variable and no profile is read. With --auth verify and no other
credentials, those of AWS's documentation are good: ` + exampleAccessKey + ` and
` + exampleSecretKey + `.
` + exitCodes{ok: "ended by SIGINT or SIGTERM", usage: "wrong usage: an unknown flag, a file that is not what it should be",
			harness: "no address or no state to be had, such as one in use; or the URL could not be written", interrupted: "interrupted before it was ready"}.help(),
		Example: `  wireproof serve
  wireproof serve --addr :0 --quiet >url
  wireproof serve --auth verify --state purchases.db
  wireproof serve --latency 50ms-200ms --error-rate 5% --throttle PurchaseOffering=1/s`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &inspect.UsageError{What: "serve takes no arguments"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.levelGiven = cmd.Flags().Changed("log-level")
			f.keyGiven = cmd.Flags().Changed("access-key") || cmd.Flags().Changed("secret-key") || cmd.Flags().Changed("session-token")
			f.cred = f.keyGiven || f.credentials != ""
			return s.serve(cmd.Context(), &f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.addr, "addr", serve.DefaultAddr, "address to listen on; :0 takes a free port, 0.0.0.0:4599 lets other machines in")
	fl.StringVar(&f.auth, "auth", "off", "off: any credentials or none will do; verify: signatures are checked")
	fl.StringVar(&f.credentials, "credentials", "", "file of credentials, YAML or JSON")
	fl.StringVar(&f.accessKey, "access-key", exampleAccessKey, "access key to accept")
	fl.StringVar(&f.secretKey, "secret-key", exampleSecretKey, "its secret key")
	fl.StringVar(&f.sessionToken, "session-token", "", "its session token, if it has one")
	fl.StringVar(&f.catalogue, "catalogue", "", "file of offerings, YAML, in place of the built-in ones")
	fl.StringVar(&f.state, "state", "", "file that keeps what is bought; it is made where there is none")
	fl.DurationVar(&f.activeAfter, "active-after", emulator.DefaultActiveAfter, "time until a reservation is active; 0 is at once")
	fl.IntVar(&f.maxReservations, "max-reservations", emulator.DefaultMaxReservations, "most reservations to keep; past it purchases are refused with 503")
	fl.IntVar(&f.maxAccounts, "max-accounts", emulator.DefaultMaxAccounts, "most accounts, each region counted, to keep reservations of")
	fl.StringVar(&f.latency, "latency", "0s", "delay of each answer, or a range such as 50ms-200ms")
	fl.StringVar(&f.errorRate, "error-rate", "0", "share of requests that fail with a 500, a 503 or a throttling error: 0.05 or 5%")
	fl.StringArrayVar(&f.throttle, "throttle", nil, "limit of an operation, such as PurchaseOffering=2/s; * is all that are not named; can be repeated")
	fl.StringVar(&f.fault, "fault", "", "do one thing wrong, by its id; wireproof faults lists them")
	fl.StringVar(&f.logLevel, "log-level", "info", "debug, info, warn, error or off; debug tells who called, what was read, the headers, and why a request is refused")
	fl.StringVar(&f.logFormat, "log-format", "text", "text or json")
	fl.BoolVar(&f.quiet, "quiet", false, "no lines to copy, and no line for each request")
	return cmd
}

// serve runs until ctx ends.
func (s *streams) serve(ctx context.Context, f *serveFlags) error {
	options, err := f.emulator()
	if err != nil {
		return err
	}
	chaos, err := f.chaos()
	if err != nil {
		return err
	}
	log, err := f.log(s.err)
	if err != nil {
		return err
	}
	if f.state != "" {
		if options.Journal, err = journal.Open(f.state); err != nil {
			return stateError(err)
		}
	}
	e, err := emulator.New(options)
	if err != nil {
		if options.Journal != nil {
			options.Journal.Close()
		}
		return harnessError{error: err}
	}
	defer e.Close() // after the last request
	handler, err := f.deviate(e)
	if err != nil {
		return err
	}
	server, err := serve.Listen(serve.Options{Handler: handler, Addr: f.addr, Log: log, Chaos: chaos, Name: serverName()})
	if err != nil {
		return listenError(f.addr, err)
	}
	defer server.Close()
	defer serve.Ballast()()
	s.stops.Store(true)
	if !f.quiet {
		f.greet(s.err, server.URL())
	}
	if f.fault != "" {
		log.Warn("this server is wrong on purpose", "fault", f.fault)
	}
	if !server.Loopback() {
		log.Warn("other machines can reach this address", "addr", server.Addr())
	}
	if err := s.write([]byte(server.URL() + "\n")); err != nil {
		return err
	}
	if err := server.Serve(ctx); err != nil {
		return harnessError{error: err}
	}
	return nil
}

// deviate makes the emulator do what --fault says.
func (f *serveFlags) deviate(e http.Handler) (http.Handler, error) {
	if f.fault == "" {
		return e, nil
	}
	wrong := fault.ByID(f.fault)
	if wrong == nil {
		return nil, noFault(f.fault)
	}
	return fault.Handler(e, wrong), nil
}

func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, serve.ErrOptions):
		return &inspect.UsageError{What: err.Error(), Hint: "see wireproof serve --help"}
	case errors.Is(err, syscall.EADDRINUSE):
		return harnessError{error: fmt.Errorf("%s is in use by another program; choose another with --addr, or a free one with --addr :0", addr)}
	}
	return harnessError{error: fmt.Errorf("cannot listen on %s: %w", addr, err)}
}

// stateError tells a file that was named by mistake from one that cannot be had.
func stateError(err error) error {
	if errors.Is(err, journal.ErrForeign) || errors.Is(err, journal.ErrNewer) || errors.Is(err, fs.ErrNotExist) {
		return &inspect.UsageError{What: err.Error(), Hint: "give --state a file that serve has made, or a new one in a folder that exists"}
	}
	return harnessError{error: err}
}

// emulator reads the flags about what is sold and to whom.
func (f *serveFlags) emulator() (o emulator.Options, err error) {
	if o.Auth, err = f.verifier(); err != nil {
		return o, err
	}
	if f.catalogue != "" {
		if o.Catalogue, err = catalogue.LoadFile(f.catalogue); err != nil {
			return o, &inspect.UsageError{What: err.Error(), Hint: "give --catalogue a file of offerings"}
		}
	}
	if f.maxReservations < 1 || f.maxAccounts < 1 {
		return o, &inspect.UsageError{What: "--max-reservations and --max-accounts are at least 1"}
	}
	o.MaxReservations, o.MaxAccounts = f.maxReservations, f.maxAccounts
	switch {
	case f.activeAfter < 0:
		return o, &inspect.UsageError{What: "--active-after is below zero", Hint: "0 makes reservations active at once"}
	case f.activeAfter == 0:
		o.ActiveAfter = -1
	default:
		o.ActiveAfter = f.activeAfter
	}
	return o, nil
}

func (f *serveFlags) verifier() (*auth.Verifier, error) {
	mode, err := auth.ParseMode(f.auth)
	if err != nil {
		return nil, &inspect.UsageError{What: fmt.Sprintf("unknown mode %q of --auth", f.auth), Hint: "choose off or verify"}
	}
	o := auth.Options{Mode: mode}
	switch {
	case f.credentials != "" && f.keyGiven:
		return nil, &inspect.UsageError{What: "--credentials together with a key", Hint: "put all credentials into the file"}
	case f.credentials != "":
		if o.Credentials, err = auth.LoadCredentials(f.credentials); err != nil {
			return nil, &inspect.UsageError{What: err.Error(), Hint: "give --credentials a file that can be read"}
		}
	default:
		o.Credentials = map[string]auth.Secret{f.accessKey: auth.NewSecret(f.secretKey).WithToken(f.sessionToken, time.Time{})}
	}
	v, err := auth.New(o)
	if err != nil {
		return nil, &inspect.UsageError{What: err.Error()}
	}
	return v, nil
}

func (f *serveFlags) chaos() (c serve.Chaos, err error) {
	if c.Latency, err = parseLatency(f.latency); err != nil {
		return c, err
	}
	number, percent := strings.CutSuffix(f.errorRate, "%")
	if c.ErrorRate, err = strconv.ParseFloat(number, 64); percent {
		c.ErrorRate /= 100
	}
	if err != nil || !(c.ErrorRate >= 0 && c.ErrorRate <= 1) {
		return c, &inspect.UsageError{What: fmt.Sprintf("--error-rate %q is no share", f.errorRate), Hint: "write 0.05 or 5%"}
	}
	for _, text := range f.throttle {
		name, rate, _ := strings.Cut(text, "=")
		n, err := strconv.ParseFloat(strings.TrimSuffix(rate, "/s"), 64)
		if err != nil || !strings.HasSuffix(rate, "/s") || !(n > 0) || math.IsInf(n, 0) {
			return c, &inspect.UsageError{What: fmt.Sprintf("--throttle %q is no limit", text), Hint: "write OPERATION=N/s, such as PurchaseOffering=0.5/s"}
		}
		if _, twice := c.Throttle[name]; twice {
			return c, &inspect.UsageError{What: fmt.Sprintf("--throttle %s is there twice", name)}
		}
		if c.Throttle == nil {
			c.Throttle = map[string]serve.Rate{}
		}
		c.Throttle[name] = serve.Rate{PerSecond: n}
	}
	return c, nil
}

// parseLatency reads 100ms or 50ms-200ms.
func parseLatency(text string) (r serve.Range, err error) {
	low, high, isRange := strings.Cut(text, "-")
	if r.Min, err = time.ParseDuration(low); err == nil && isRange {
		r.Max, err = time.ParseDuration(high)
	}
	if err != nil || r.Min < 0 || isRange && r.Max < r.Min {
		return r, &inspect.UsageError{What: fmt.Sprintf("--latency %q is no time", text), Hint: "write 100ms, or 50ms-200ms"}
	}
	return r, nil
}

func (f *serveFlags) log(w io.Writer) (*slog.Logger, error) {
	level := f.logLevel
	if f.quiet && !f.levelGiven {
		level = "warn"
	}
	o := &slog.HandlerOptions{}
	switch level {
	case "off":
		return slog.New(slog.DiscardHandler), nil
	case "debug":
		o.Level = slog.LevelDebug
	case "info":
		o.Level = slog.LevelInfo
	case "warn":
		o.Level = slog.LevelWarn
	case "error":
		o.Level = slog.LevelError
	default:
		return nil, &inspect.UsageError{What: fmt.Sprintf("unknown log level %q", level), Hint: "choose debug, info, warn, error or off"}
	}
	switch f.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, &inspect.UsageError{What: fmt.Sprintf("unknown log format %q", f.logFormat), Hint: "choose text or json"}
}

// greet prints what to copy. A secret that was given is not shown.
func (f *serveFlags) greet(w io.Writer, url string) {
	key, secret := exampleAccessKey, exampleSecretKey
	if f.cred {
		key, secret = "ACCESS_KEY", "SECRET_KEY"
	}
	env, python, token := "", "", ""
	if f.sessionToken != "" {
		token = "SESSION_TOKEN"
		env, python = "AWS_SESSION_TOKEN="+token+" ", `, aws_session_token="`+token+`"`
	}
	kept := "is kept in memory"
	if f.state != "" {
		kept = "is kept in " + f.state
	}
	fmt.Fprintf(w, `wireproof answers for MediaConnect and RDS at %[1]s; --auth is %[4]s, what is bought %[5]s.

AWS CLI:
  AWS_ACCESS_KEY_ID=%[2]s AWS_SECRET_ACCESS_KEY=%[3]s %[6]saws --endpoint-url %[1]s --region us-east-1 rds describe-reserved-db-instances-offerings --max-items 5
  AWS_ACCESS_KEY_ID=%[2]s AWS_SECRET_ACCESS_KEY=%[3]s %[6]saws --endpoint-url %[1]s --region us-east-1 mediaconnect list-offerings
boto3:
  python3 -c 'import boto3; print(boto3.client("rds", "us-east-1", endpoint_url="%[1]s", aws_access_key_id="%[2]s", aws_secret_access_key="%[3]s"%[7]s).describe_reserved_db_instances_offerings(MaxRecords=20))'
AWS SDK for Go:
  // import: github.com/aws/aws-sdk-go-v2/aws, github.com/aws/aws-sdk-go-v2/credentials, github.com/aws/aws-sdk-go-v2/service/rds
  client := rds.New(rds.Options{Region: "us-east-1", BaseEndpoint: aws.String("%[1]s"), Credentials: credentials.NewStaticCredentialsProvider("%[2]s", "%[3]s", "%[8]s")})

`, url, key, secret, f.auth, kept, env, python, token)
}

// serverName is the Server header: a product and its version, both tokens.
func serverName() string {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version[1:]
	}
	return "Wireproof/" + version
}
