# Sallyport: two commands do everything on a fresh Debian machine with a Swift toolchain: make demo, make test.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
MINUTES ?= 60
CONFIGURATION := --configuration release
BUILT := .build/release
# Programs and tests in one build (docs/decisions/005-the-builds-of-make-test.md), beside that which is installed.
TESTED := --configuration release --scratch-path .build-tests -Xswiftc -enable-testing
TARGET ?= all
SECONDS ?= 60
LINTED := $(wildcard Package.swift Sources Tests Benchmarks)

.DEFAULT_GOAL := help
.PHONY: help setup build demo test trials bench accuracy accuracy-attribution lint install uninstall clean fuzz bench-short endurance

help: ## Show these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing on this machine: Debian packages; checks the Swift toolchain
	@scripts/setup.sh

build: ## Build the programs: .build/release/sallyport, sallyport-init and sallyport-probe
	$(SWIFT) build $(CONFIGURATION)

demo: setup build ## Show a sample agent that misbehaves, and what comes of it; needs no network and no key
	SALLYPORT=$(CURDIR)/$(BUILT)/sallyport Examples/demo/demo.sh

test: setup ## Run all tests: units, the style, and real agents end to end
	$(SWIFT) build $(TESTED) --build-tests
	$(SWIFT) test $(TESTED) --skip-build --no-parallel
	SALLYPORT=$(CURDIR)/.build-tests/release/sallyport Tests/EndToEnd/run.sh

trials: setup build ## Kill each process of runs under load 200 times and compare both records; takes half an hour
	SALLYPORT=$(CURDIR)/$(BUILT)/sallyport SALLYPORT_TRIAL_KILLS=$(or $(KILLS),200) \
	  Tests/EndToEnd/run.sh test_kill_trials.py test_disk_faults.py

fuzz: setup ## Invent inputs for every reader of foreign bytes: TARGET=http1-request SECONDS=600
	SWIFT='$(SWIFT)' scripts/fuzz.sh $(TARGET) $(SECONDS) $(LIMIT)

bench: build ## Measure what Sallyport costs, beside mitmproxy, Squid and nginx (fetches them); ten minutes on an idle machine
	SALLYPORT=$(CURDIR)/$(BUILT)/sallyport Benchmarks/run.sh

bench-short: build ## The same with few requests, in a few minutes: good enough to see a change for the worse
	SALLYPORT=$(CURDIR)/$(BUILT)/sallyport Benchmarks/run.sh --short

endurance: build ## Mixed traffic for MINUTES (60); fails where anything grows or stalls
	Benchmarks/endurance.py --sallyport $(CURDIR)/$(BUILT)/sallyport --minutes $(MINUTES)

accuracy: build ## Measure what is found, beside other programs, and write docs/accuracy.md (fetches them)
	Benchmarks/accuracy.sh $(CURDIR)/$(BUILT)/sallyport

accuracy-attribution: build ## Measure which lines are found, on source trees fetched from packages
	Benchmarks/attribution.sh $(BUILT)/attribution-measure accuracy

lint: ## Check formatting, scripts and data files; changes nothing
	$(SWIFT) format lint --strict --parallel --recursive $(LINTED)
	scripts/check-files.py

install: build ## Install under PREFIX (/usr/local), beneath DESTDIR if that is set
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh install $(BUILT)

uninstall: ## Take away what install put under PREFIX
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh uninstall

clean: ## Delete what was built
	rm -rf .build .build-tests
