# Short names for what is done in this repository; `make help` lists them.
TOOLS := $(or $(JUDGES_HOME),.tools)
# Looked up when a recipe runs: `tools` may have made it just before.
PYTHON = $(shell command -v $(TOOLS)/venv/bin/python || echo python3)
JUDGES := tests/judges

.PHONY: build test bless look validate bench specimen fmt lint doc fonts tools help
.DEFAULT_GOAL := build

build: ## build the program, optimised (the default)
	cargo build --release

test: tools ## format, lints, documentation, all tests, and every output before the judges
	$(PYTHON) $(JUDGES)/suite.py

bless: ## take today's output as the reference of the golden tests; CASE=name for one
	BLESS=1 cargo test $(CASE)
	git diff --stat -- tests

look: tools ## contact sheets and pages of newspaper, book and EPUB, in target/look; BOOK=folder for another
	cargo build
	$(PYTHON) $(JUDGES)/look.py $(BOOK)

specimen: ## every rule in four traditions and two directions: PDF and pictures in target/specimen
	cargo build
	$(PYTHON) docs/specimen/pages.py

validate: tools ## build every publication and put it before all judges; BOOKS="a b" for others
	cargo build
	$(PYTHON) $(JUDGES)/outputs.py --all

bench: tools ## benches, then whole-process times beside Typst and pandoc where they are installed
	cargo bench
	cargo build --release
	$(PYTHON) $(JUDGES)/bench.py $(BOOKS)

fmt: ## format all Rust sources
	cargo fmt

lint: ## clippy on all targets; a warning is an error
	cargo clippy --all-targets -- -D warnings

doc: ## the library's documentation; a warning is an error
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

fonts: ## make the bundled faces anew from Debian's package and compare them with fonts/
	fonts/make.sh

tools: ## install the judges into .tools and from Debian, where missing
	@$(JUDGES)/install.sh

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 12
