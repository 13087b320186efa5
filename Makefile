# Everything is Go: make test needs nothing but Go. Targets marked [network]
# download modules or packages the first time.

GO       ?= go
FUZZTIME ?= 10s
BENCHFLAGS ?=
MUTANTSFLAGS ?=
LOADFLAGS ?=
SOAK     ?= 3m
KILLS    ?= 20

.DEFAULT_GOAL := help

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: test
test: ## Run the tests of the main module
	$(GO) test ./...

.PHONY: check
check: fmt vet test ## What a change has to pass: format, vet, tests

.PHONY: build
build: ## Build bin/wireproof
	$(GO) build -trimpath -o bin/wireproof ./cmd/wireproof

.PHONY: fmt
fmt: ## Fail where gofmt would change a file
	@out="$$(gofmt -s -l .)"; if [ -n "$$out" ]; then echo "gofmt -s -w these:"; echo "$$out"; exit 1; fi

.PHONY: vet
vet: ## Run go vet
	$(GO) vet ./...

.PHONY: race
race: ## Run the tests under the race detector (needs a C compiler)
	$(GO) test -race -short ./...

.PHONY: test-386
test-386: ## Run the codec's tests with 32-bit integers (on amd64 Linux)
	GOARCH=386 $(GO) vet ./codec/...
	GOARCH=386 $(GO) test -short ./codec/...

.PHONY: tidy
tidy: ## Fail where go mod tidy would change go.mod or go.sum [network]
	$(GO) mod tidy -diff

.PHONY: cover
cover: ## Write coverage.html and print the coverage of each package
	$(GO) test -coverpkg=./... -coverprofile=coverage.out ./...
	$(GO) tool cover -func=coverage.out | tail -1
	$(GO) tool cover -html=coverage.out -o coverage.html

.PHONY: fuzz
fuzz: ## Run each fuzz target for FUZZTIME (10s)
	@$(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.Dir}}{{end}}' ./... | while read -r dir; do \
	  for target in $$(cat "$$dir"/*_test.go | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(f \*testing\.F).*/\1/p' | sort -u); do \
	    echo "fuzz $${dir#$(CURDIR)/} $$target"; \
	    ( cd "$$dir" && $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x . ) || exit 1; \
	  done; \
	done

.PHONY: oracles
oracles: ## Hold the XML reader against expat, libxml2 and the W3C suite, where they can be had [network]
	WIREPROOF_ORACLES=1 $(GO) test -count 1 -run Oracle -v ./codec/xmlwire
	@if command -v npm >/dev/null; then \
	  dir=$$(mktemp -d) && suite=$$(sh codec/xmlwire/testdata/fetch-xmlconf.sh "$$dir") && \
	  WIREPROOF_XMLCONF="$$suite" $(GO) test -count 1 -run XMLConf -v ./codec/xmlwire && rm -rf "$$dir"; \
	else echo "the W3C suite comes by npm, which is not here"; fi

.PHONY: bench
bench: ## Compare the codec's speed with other libraries [network]
	cd codec/bench && $(GO) run ./cmd/table $(BENCHFLAGS)

.PHONY: load
load: ## Compare the emulator's speed with a bare net/http server; fail below the targets
	$(GO) run ./conformance/emulator/loadtest -rounds 9 -check $(LOADFLAGS)

.PHONY: bench-check
bench-check: ## Build codec/bench and run each benchmark once [network]
	cd codec/bench && $(GO) vet ./... && $(GO) test -bench . -benchtime 1x ./...

.PHONY: interop
interop: ## Hold the codec against real SDKs and parsers [network]
	cd conformance/interop && $(GO) vet ./... && $(GO) test ./...

.PHONY: interop-js
interop-js: ## The same with the SDK for JavaScript; needs node and npm [network]
	$(MAKE) -C conformance/interop js

.PHONY: soak
soak: ## Load wireproof serve for SOAK (3m) with its memory watched, then kill -9 it KILLS (20) times while it sells
	$(GO) run ./conformance/emulator/soak -for $(SOAK) -kills $(KILLS)

.PHONY: mutants
mutants: ## Hold the suite against every fault and every harmless variation; prints the kill matrix
	$(GO) run ./conformance/mutants $(MUTANTSFLAGS)

.PHONY: clean
clean: ## Remove what the targets above built
	rm -rf bin wireproof coverage.out coverage.html
