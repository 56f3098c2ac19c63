# Clic à Clic. `make` alone says what can be done.
# Everything is made in this folder: .venv/ (tools), var/ (data). Needed beforehand: Python 3.11, make, git.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
READY := .venv/.ready

help: ## Say what can be done
	@echo "Clic à Clic: make TARGET"; echo
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'
	@echo; echo "  HOST=0.0.0.0 make run    serves a class over the room's Wi-Fi (prints the address and its QR)"
	@echo "  PORT=9000 make run       on another port"

run: $(READY) ## Serve the site on http://127.0.0.1:8000 (PORT, HOST)
	@PORT=$(PORT) CLIC_HOST=$(HOST) exec $(BIN)/clic serve

# --- checks -----------------------------------------------------------------

quick: ## What green means for a commit, in 90 s: lint, types, pure, SQLite, one journey
	@$(MAKE) groups GROUPS="lint types quick-tests"

test: ## Everything on both databases and in a real browser, in 15 minutes
	@$(MAKE) groups GROUPS="lint types courses tests postgresql journeys"

test-long: ## The full breadth, before a release
	@$(MAKE) groups GROUPS="lint types courses tests-long"

lint: $(READY) ## Ruff, the lock, and what must not be committed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@! grep -nE 'https?://' requirements.lock || { echo "requirements.lock names an address: see 'make lock'"; exit 1; }
	@for folder in static/vendor tests/vendor; do (cd $$folder && sha256sum --quiet --check SHA256SUMS) || exit 1; done

types: $(READY) ## Mypy, strict on app/
	$(BIN)/mypy

courses: $(READY) ## Check the courses as the server would
	$(BIN)/clic check

# two runs: a browser's driver keeps an event loop running in its process
quick-tests: $(READY) browser
	$(PYTEST) -n 2 -m "not long and not kill and not postgresql and not journey"
	$(PYTEST) -m quick

tests: $(READY)
	$(PYTEST) -n 2 -m "not long and not postgresql and not journey"

postgresql: $(READY)
	$(PYTEST) -n 2 -m "not long and postgresql and not journey"

journeys: $(READY) browser
	$(PYTEST) -n 2 -m "not long and journey"

tests-long: $(READY) browser
	CLIC_KILL_CYCLES=$${CLIC_KILL_CYCLES:-500} HYPOTHESIS_PROFILE=long $(PYTEST) -n 2 -m "not journey"
	$(PYTEST) -n 2 -m journey

# Runs each of GROUPS, all of them even when one fails, and says at the end how long each took.
groups: $(READY)
	@status=0; report=""; \
	for group in $(GROUPS); do \
		echo "== $$group"; SECONDS=0; \
		if $(MAKE) $$group; then said=ok; else said=FAILED; status=1; fi; \
		report+=$$(printf '%-12s %5d s  %s' $$group $$SECONDS $$said)$$'\n'; \
	done; \
	printf '\n%s' "$$report"; exit $$status

browser: $(READY) # a Chromium for the journeys: this machine's, else Debian's, else npm's
	@$(BIN)/python -m tests.chromium > /dev/null

# --- work -------------------------------------------------------------------

format: $(READY) ## Put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) browser ## Answers per second, bytes on the wire, memory
	$(BIN)/python -m tests.benchmarks

pictures: $(READY) browser ## Contact sheets of the screens (ONLY=name for one)
	$(BIN)/python -m tests.pictures $(ONLY)

lock: $(READY) ## Write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements.lock

upgrade: $(READY) ## The same, taking the newest versions
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean: ## Forget the tools and the caches (never var/)
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the tools --------------------------------------------------------------

# uv comes from the lock like everything else: its own lines, with their hashes, are given to pip first.
$(READY): requirements.lock
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: install it, or name it with PYTHON=…" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv \
		|| { echo "Python cannot make a virtual environment: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@awk '/^[a-z]/ { uv = /^uv==/ } uv' requirements.lock > .venv/uv.txt
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt \
		|| { echo "uv cannot be installed: is the package registry reached?" >&2; exit 1; }
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock \
		&& $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . \
		|| { echo "The locked packages cannot be installed: is the package registry reached?" >&2; exit 1; }
	@touch $@

.PHONY: help run quick test test-long lint types courses quick-tests tests postgresql journeys tests-long groups \
	browser format bench pictures lock upgrade clean
