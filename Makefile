# Everything is made in .venv, from locks with hashes. `make demo` and `make test` need Python 3.11+ and make, nothing else.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
WORKERS ?= 2
DEMO := monitor-demo
NATIVE := $(BIN)/python build_native.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint types format native lock look wheel bench browser clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.ready-dev ## make .venv with everything a developer needs
	@$(NATIVE) || true

demo: $(VENV)/.ready-run ## the sample morning: from feeds to a digest you can open
	@$(NATIVE) || true
	@$(BIN)/monitor demo

native: $(VENV)/.ready-dev ## the compiled twins of the matching core; set-up tries it, and without them Python serves
	@$(NATIVE)

# worksteal: a worker has long runs of files, so that what a file or a folder shares is made once, not by each.
test: setup browser ## everything .ci/run tests: lint, types, contracts, tests
	@$(MAKE) --no-print-directory lint types
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: setup ## ruff, and the contracts on who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: setup ## mypy, strict
	$(BIN)/mypy

format: setup ## put the code in the house's form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

wheel: setup ## dist/monitor-*.whl, for every machine; with NATIVE_WHEEL=1 the compiled core is in it, for those like this one
	@rm -rf dist
	$(if $(NATIVE_WHEEL),HATCH_BUILD_HOOK_ENABLE_CUSTOM=true) $(BIN)/python -m hatchling build -t wheel

bench: $(VENV)/.ready-bench ## how fast it is here, beside its peers (docs/benchmarks.md)
	@$(NATIVE) || true
	@set -- benchmarks/bench_*.py; [ -e "$$1" ] || { echo "there are no benchmarks/bench_*.py" >&2; exit 1; }; \
	for file; do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename "$$file" .py) || exit 1; done

# The development lock is resolved first and binds the others, so a package has one version in all three.
# UPGRADE=--upgrade takes newer versions; without it only what pyproject.toml asks for moves.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

lock: setup ## remake the locks after a change of pyproject.toml
	$(COMPILE) $(UPGRADE) --all-extras --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) --extra postgres -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) --group bench -c requirements-dev.lock -o requirements-bench.lock
	$(COMPILE) $(UPGRADE) --group build -c requirements-dev.lock -o requirements-build.lock

# Needs node, and only whoever takes a newer look runs it: what it makes is committed. npm checks each package against the
# integrity that look/package-lock.json holds.
LOOK := monitor/web/static/vendor
look: ## the pages' styles and scripts, from the packages that look/package-lock.json names
	cd look && npm ci --silent
	rm -rf $(LOOK) && mkdir -p $(LOOK)
	cd look/node_modules/@scottish-government/design-system && cp dist/images/icons/icons.stack.svg $(abspath $(LOOK))/ && \
	  cp LICENSE.txt $(abspath $(LOOK))/design-system.LICENSE.txt && \
	  sed '/^\/\/# sourceMappingURL/d' dist/scripts/design-system.js > $(abspath $(LOOK))/design-system.js && \
	  sed 's|/\*# sourceMappingURL=[^*]*\*/||' dist/css/design-system.min.css > $(abspath $(LOOK))/design-system.css
	cd look/node_modules/htmx.org && cp LICENSE $(abspath $(LOOK))/htmx.LICENSE.txt && \
	  sed '/^\/\/# sourceMappingURL/d' dist/htmx.min.js > $(abspath $(LOOK))/htmx.js
	rm -rf look/node_modules

clean: ## remove what make made
	rm -rf $(VENV) $(DEMO) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -f monitor/core/matching/native/*.so monitor/core/matching/native/built.py
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up -----------------------------------------------------------------------------------------------------

# Tried in order; `make demo PYTHON=/path/to/python` takes that one and no other.
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3.14 python3 python)

$(VENV)/pyvenv.cfg:
	@old=; bare=; \
	for python in $(PYTHONS); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old="$$old $$python ($$version)"; continue; }; \
	  $$python -c 'import venv, ensurepip' 2>/dev/null || { bare="$$bare $$python ($$version)"; continue; }; \
	  echo "set-up: $$python ($$version) -> $(VENV)"; \
	  $$python -m venv --clear $(VENV) && exit 0; exit 1; \
	done; \
	echo "Monitor needs Python 3.11 or newer with its venv module; tried: $(PYTHONS)." >&2; \
	[ -z "$$old" ] || echo "  too old:$$old" >&2; \
	[ -z "$$bare" ] || echo "  without venv:$$bare - on Debian and Ubuntu: apt-get install python3-venv" >&2; \
	echo "Install one, or name one: make $(or $(MAKECMDGOALS),setup) PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(VENV)/.ready-run: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "set-up: packages from requirements.lock, checked by hash (about a minute the first time)"
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "set-up: packages from requirements-dev.lock, checked by hash (a minute or two the first time)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-bench: requirements-bench.lock $(VENV)/.ready-dev
	@echo "set-up: the peers that benchmarks/ compares with, from requirements-bench.lock"
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

# Tests that look at mails and pages drive the system's Chromium: Debian's without windows, with which a page costs a
# sixth of the processor time, or else the whole one. Without any they are skipped and say so. Never fatal.
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30
browser:
	@there() { command -v "$$1" >/dev/null 2>&1; }; \
	if there chromium-headless-shell; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && there apt-get; then \
	  echo "set-up: Debian's chromium, for the tests that look at mails and pages"; \
	  $(APT) update && $(APT) install -y --no-install-recommends chromium-headless-shell fonts-liberation \
	    $$(there chromium && echo chromium) >/dev/null && exit 0; \
	  there chromium || $(APT) install -y --no-install-recommends chromium fonts-liberation >/dev/null && exit 0; \
	fi; \
	there chromium || there chromium-browser || \
	  echo "note: no chromium here and it could not be installed (needs root and apt-get):" \
	    "the tests that look at mails and pages are skipped"
