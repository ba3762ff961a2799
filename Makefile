# `make` alone lists what there is to make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=

RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev
NODE    := node_modules/.installed
CLIENTS := $(VENV).clients/.installed
PIP     := $(BIN)/python -m pip -qq

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test test-crash coverage mutants check format bench attack openapi jsom docs screenshots lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(RUNTIME) ## serve the demo mailbox on 127.0.0.1:8025    (ARGS="--port 0 --ephemeral")
	@exec $(BIN)/afterlook serve $(ARGS)

test: $(DEV) $(CLIENTS) $(if $(shell command -v npm),$(NODE)) ## run every test, PostgreSQL included           (ARGS="-k paging -x")
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

test-crash: $(DEV) ## kill the server 110 times, sync at length; long    (ARGS="-k sqlite")
	@$(BIN)/python -m pytest -n auto -m crash $(ARGS)

# What covers them, without sockets; the wires' own tests reach the rest of what is measured.
COVERING = tests/odata tests/csom tests/mailbox tests/sync tests/outlook tests/spec tests/workmanagement \
	tests/sharepoint tests/store

coverage: $(DEV) ## measure what the tests reach of the rules and the store
	@rm -rf .coverage && mkdir .coverage
	@$(BIN)/coverage run -m pytest -q -n auto --dist worksteal -k "not live" $(ARGS) $(COVERING)
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

mutants: $(DEV) ## look for faults that no test sees   (MODULE=afterlook/mailbox/schedule.py)
	@$(BIN)/python -m tests.tools.mutants $(MODULE) $(ARGS)

check: $(DEV) $(NODE) ## lint, types, import direction, drift of generated files
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.tools.openapi --check
	@$(BIN)/python -m tests.tools.metadata --check
	@$(BIN)/python -m tests.tools.operations --check
	@$(BIN)/python -m tests.tools.jsom --check
	@$(BIN)/python -m tests.tools.texts --check
	@$(BIN)/python -m tests.tools.compliance --check
	@$(BIN)/python -m tests.tools.migration --check
	@node_modules/.bin/biome ci --error-on-warnings
	@for project in tests/js/tsconfig.*.json; do node_modules/.bin/tsc -p $$project || exit 1; done

format: $(DEV) $(NODE) ## let ruff and biome mend and lay out the code
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format
	@node_modules/.bin/biome check --write

bench: $(DEV) ## measure speed against the floor                (ARGS="--help")
	@$(BIN)/python -m benchmarks $(ARGS)

attack: $(DEV) ## attack a server on loopback, hold it against its bounds    (ARGS="--postgres")
	@$(BIN)/python -m benchmarks.attack $(ARGS)

openapi: $(DEV) ## write openapi/ anew, and what Python calls of it
	@$(BIN)/python -m tests.tools.openapi --write
	@$(BIN)/python -m tests.tools.operations --write
	@$(BIN)/python -m tests.tools.metadata --write

jsom: $(DEV) ## write the types of the script library anew, from those of CSOM
	@$(BIN)/python -m tests.tools.jsom --write

docs: $(DEV) ## write docs/compliance.md anew from the tests, docs/migration.md from its table
	@$(BIN)/python -m tests.tools.compliance --write
	@$(BIN)/python -m tests.tools.migration --write

# Names, versions and hashes, for every platform; nobody's registry address.
COMPILE = UV_CACHE_DIR=$(VENV).lock/cache $(VENV).lock/bin/uv pip compile --quiet --upgrade \
	--universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links

screenshots: $(DEV) ## take the pictures of the docs anew, in Chromium    (ARGS="--only console")
	@$(BIN)/python -m tests.tools.screenshots docs/images $(ARGS)

lock: ## bring the lock files to the newest versions
	@rm -rf $(VENV).lock
	@$(PYTHON) -m venv $(VENV).lock
	@$(VENV).lock/bin/python -m pip -qq install uv
	@$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	@$(COMPILE) pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(COMPILE) --group clients --output-file requirements-clients.lock
	@rm -rf $(VENV).lock

clean: ## remove the environment and every cache, never any data
	@rm -rf node_modules $(VENV) $(VENV).lock $(VENV).clients .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	@find app tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# Made anew, not mended: what a lock no longer names must not linger.
# By the Python behind it, where it is itself the one on the path.
# Debian takes ensurepip out of Python; its python3-pip is then as good a start.
$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Afterlook needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	@echo 'Preparing $(VENV); this happens once and takes a minute.' >&2
	@python=$$($(PYTHON) -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))'); \
	if "$$python" -c 'import ensurepip' 2>/dev/null; then \
		"$$python" -m venv --clear $(VENV); \
	elif "$$python" -m pip --version >/dev/null 2>&1; then \
		"$$python" -m venv --clear --without-pip $(VENV) && "$$python" -m pip -qq --python $(BIN)/python install pip; \
	else \
		echo 'This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; \
	fi
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Clients of Microsoft Graph, unmodified, for tests/clients. Not compiled: a test imports few of the many files.
$(CLIENTS): $(RUNTIME) requirements-clients.lock
	@echo 'Preparing $(VENV).clients; this happens once and takes half a minute.' >&2
	@$(BIN)/python -m venv --clear --without-pip $(VENV).clients
	@$(PIP) --python $(VENV).clients/bin/python install --no-compile --require-hashes -r requirements-clients.lock
	@touch $@

# What checks and tests the browser scripts; the server needs none of it.
$(NODE): package-lock.json
	@command -v npm >/dev/null || { echo 'The browser scripts are checked by Node 20 or newer, with npm.' >&2; exit 1; }
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
