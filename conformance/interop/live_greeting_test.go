package interop

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The lines that wireproof serve prints at its start to be copied, copied: from
// what the command really prints, into a shell or a program, while it serves with
// signatures verified.
func TestLivePrintedLines(t *testing.T) {
	t.Parallel()
	printed, url := serving(t, "--auth", "verify")
	for heading, lines := range map[string]int{"AWS CLI:": 2, "boto3:": 1, "AWS SDK for Go:": 2} {
		if len(printed[heading]) != lines {
			t.Fatalf("%d lines under %s: %q", len(printed[heading]), heading, printed)
		}
		for _, line := range printed[heading] {
			if !strings.Contains(line, url) && !strings.HasPrefix(line, "// import: ") {
				t.Errorf("no %s in %s", url, line)
			}
		}
	}

	t.Run("AWS CLI", func(t *testing.T) {
		name := or(os.Getenv("WIREPROOF_AWS"), "aws")
		if err := exec.Command(name, "--version").Run(); errors.Is(err, exec.ErrNotFound) {
			t.Skipf("not tried: no %s (Debian: awscli)", name)
		} else if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"ReservedDBInstancesOfferingId", "arn:aws:mediaconnect:us-east-1:"} {
			if out := shell(t, name, printed["AWS CLI:"][i]); strings.Count(out, want) < 5 {
				t.Errorf("%s\nprints %s", printed["AWS CLI:"][i], out)
			}
		}
	})
	t.Run("boto3", func(t *testing.T) {
		name := or(os.Getenv("WIREPROOF_PYTHON"), "python3")
		err := exec.Command(name, "-c", "import boto3").Run()
		var exit *exec.ExitError
		if errors.Is(err, exec.ErrNotFound) || errors.As(err, &exit) {
			t.Skipf("not tried: no %s with boto3 (Debian: python3-boto3)", name)
		} else if err != nil {
			t.Fatal(err)
		}
		if out := shell(t, name, printed["boto3:"][0]); strings.Count(out, "'ReservedDBInstancesOfferingId'") != 20 {
			t.Errorf("%s\nprints %s", printed["boto3:"][0], out)
		}
	})
	t.Run("Go", func(t *testing.T) {
		lines := printed["AWS SDK for Go:"]
		imports, ok := strings.CutPrefix(lines[0], "// import: ")
		if !ok {
			t.Fatalf("no imports in %q", lines)
		}
		program := "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n"
		for _, path := range strings.Split(imports, ", ") {
			program += "\t\"" + path + "\"\n"
		}
		program += ")\n\nfunc main() {\n\t" + lines[1] + `
	out, err := client.DescribeReservedDBInstancesOfferings(context.Background(), &rds.DescribeReservedDBInstancesOfferingsInput{})
	if err != nil {
		panic(err)
	}
	fmt.Println(len(out.ReservedDBInstancesOfferings))
}
`
		file := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
			t.Fatal(err)
		}
		// In this module, which has the SDK.
		out, err := exec.CommandContext(t.Context(), "go", "run", file).CombinedOutput()
		if err != nil || string(out) != "100\n" {
			t.Errorf("%v: %s\nof\n%s", err, out, program)
		}
	})
}

// A secret that was given is not printed, and the lines say where it belongs.
func TestLivePrintedLinesWithoutSecret(t *testing.T) {
	t.Parallel()
	printed, _ := serving(t, "--access-key", "AKIDOFMINE", "--secret-key", "s3cr3t", "--session-token", "t0k3n")
	for heading, lines := range printed {
		for _, line := range lines {
			if strings.Contains(line, "s3cr3t") || strings.Contains(line, "t0k3n") ||
				(!strings.Contains(line, "SECRET_KEY") || !strings.Contains(line, "SESSION_TOKEN")) && !strings.HasPrefix(line, "// import: ") {
				t.Errorf("%s %s", heading, line)
			}
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

var heading = regexp.MustCompile(`^[A-Za-z0-9 ]+:$`)

// serving builds and starts the command until the test ends, and gives the indented
// lines that it prints, by the heading above them, and its URL.
func serving(t *testing.T, flags ...string) (printed map[string][]string, url string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "wireproof")
	build := exec.Command("go", "build", "-o", binary, "./cmd/wireproof")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(binary, slices.Concat([]string{"serve", "--addr", ":0", "--log-level", "warn"}, flags)...)
	log, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("no URL: %v", err)
	}
	text, err := os.ReadFile(log.Name())
	if err != nil {
		t.Fatal(err)
	}
	printed = map[string][]string{}
	under := ""
	for line := range strings.Lines(string(text)) { // all written before the URL
		line = strings.TrimRight(line, "\n")
		if heading.MatchString(line) {
			under = line
		} else if command, ok := strings.CutPrefix(line, "  "); ok && under != "" {
			printed[under] = append(printed[under], command)
		}
	}
	return printed, strings.TrimSpace(line)
}

// shell runs a printed line as a person would, in an environment without any
// configuration of AWS. name is the program that the line's own name stands for.
func shell(t *testing.T, name, line string) string {
	t.Helper()
	path := os.Getenv("PATH")
	if filepath.IsAbs(name) {
		path = filepath.Dir(name) + string(filepath.ListSeparator) + path
	}
	home := t.TempDir()
	deadline := time.AfterFunc(time.Minute, func() { t.Errorf("it takes more than a minute: %s", line) })
	defer deadline.Stop()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
	cmd.Env = []string{"PATH=" + path, "HOME=" + home, "LC_ALL=C.UTF-8", "PYTHONUTF8=1", "AWS_PAGER=", "AWS_EC2_METADATA_DISABLED=true"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s\nfails: %v\n%s", line, err, out)
	}
	return string(out)
}
