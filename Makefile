# `make demo` and `make test` do everything on a Debian or Ubuntu machine that has Python and make.

PYTHON ?= python3
VENV ?= .venv
DEMO_API_PORT ?= 8088
DEMO_WEB_PORT ?= 8080
WORKERS ?= 2

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends
IS_ROOT_ON_DEBIAN := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
AT_ONCE := -n $(WORKERS) --dist worksteal
DEMO_API := http://127.0.0.1:$(DEMO_API_PORT)
DEMO_SETTINGS := $(VENV)/demo.toml
DEMO_HISTORY := $(VENV)/demo-journal.sqlite3
ON_DEMO_FLEET := MAIA_CONSOLE_CONFIG=$(DEMO_SETTINGS) MAIA_CONSOLE_PROFILE=demo \
	MAIA_CONSOLE_API_URL=$(DEMO_API)/dpc MAIA_CONSOLE_TOKEN_URL=$(DEMO_API)/oauth/dpc/token \
	MATILLION_CLIENT_ID=demo MATILLION_CLIENT_SECRET=demo-secret \
	MAIA_CONSOLE_POLL_SECONDS=5 MAIA_CONSOLE_DATABASE_URL=sqlite:///$(DEMO_HISTORY)

.PHONY: help demo demo-tui test check unit-tests browser-tests system-packages bench \
	screenshots constraints clean

help:
	@echo 'make demo         the web console on a demo fleet, and how to open the terminal console on it'
	@echo 'make test         format check, lint, types, import contracts, tests'
	@echo 'make bench        the benchmark; writes docs/benchmarks.md'
	@echo 'make screenshots  the pictures in screenshots/'
	@echo 'make constraints  the newest versions that fit, into constraints.txt'
	@echo 'make clean        removes the virtual environment and the caches'

demo: $(VENV)/web-installed $(DEMO_SETTINGS)
	@rm -f $(DEMO_HISTORY)*; \
	$(BIN)/maia-console demo serve --port $(DEMO_API_PORT) --history $(DEMO_HISTORY) 2>$(VENV)/demo-api.log & api=$$!; \
	trap 'kill $$api 2>/dev/null; wait $$api 2>/dev/null' EXIT; \
	trap 'exit 0' INT; trap 'exit 143' TERM HUP; \
	until grep -q $(DEMO_API) $(VENV)/demo-api.log; do \
	  kill -0 $$api 2>/dev/null || { cat $(VENV)/demo-api.log >&2; \
	    echo 'Another port: make demo DEMO_API_PORT=8090' >&2; exit 1; }; \
	  sleep 0.1; \
	done; \
	echo 'The demo API:          $(DEMO_API)/dpc'; \
	echo 'The terminal console on the same fleet, from another terminal:'; \
	echo '    make -C $(CURDIR) demo-tui$(if $(filter 8088,$(DEMO_API_PORT)),, DEMO_API_PORT=$(DEMO_API_PORT))'; \
	echo 'The web console starts now; ctrl+c stops it.'; \
	$(ON_DEMO_FLEET) $(BIN)/maia-console web --port $(DEMO_WEB_PORT)

demo-tui: $(VENV)/web-installed $(DEMO_SETTINGS)
	@$(ON_DEMO_FLEET) $(BIN)/maia-console tui

test: check unit-tests browser-tests

check: $(VENV)/dev-installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit-tests: check system-packages
	$(BIN)/python -m pytest -m 'not browser' $(AT_ONCE)

# A run of its own: Playwright's event loop would break every asynchronous test after it.
browser-tests: unit-tests
	@if [ -d tests/browser ]; then \
	  echo '$(BIN)/python -m pytest -p playwright -m browser tests/browser $(AT_ONCE)'; \
	  $(BIN)/python -m pytest -p playwright -m browser tests/browser $(AT_ONCE); \
	else \
	  echo 'There are no browser tests: tests/browser does not exist.'; \
	fi

# What only root can install. Where it cannot be had, the tests that need it say so.
system-packages: $(VENV)/dev-installed
	@if ! $(BIN)/python -m tests.chromium >/dev/null; then \
	  if $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) chromium; fi; \
	  $(BIN)/python -m tests.chromium >/dev/null \
	    || $(BIN)/playwright install $$($(IS_ROOT_ON_DEBIAN) && echo --with-deps) chromium \
	    || echo 'No Chromium was found and none could be installed.' >&2; \
	fi
	@if ! command -v tmux >/dev/null; then \
	  if $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) tmux \
	    || echo 'tmux could not be installed.' >&2; \
	  else echo 'tmux is not installed; with it: apt-get install tmux' >&2; fi; \
	fi
	@if ! $(BIN)/python -m tests.ssh.server; then \
	  if $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) openssh-server openssh-client \
	    || echo 'OpenSSH could not be installed.' >&2; fi; \
	fi
	@if ! $(BIN)/python -m tests.postgres >/dev/null; then \
	  if $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) postgresql \
	    || echo 'PostgreSQL could not be installed.' >&2; \
	  else $(BIN)/python -m tests.postgres >/dev/null || true; fi; \
	fi
	@if ! $(BIN)/python -m tests.axe >/dev/null 2>&1; then \
	  if ! command -v npm >/dev/null && $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) npm; fi; \
	  if command -v npm >/dev/null; then \
	    npm install --prefix $(VENV)/node --no-package-lock --no-audit --no-fund --ignore-scripts \
	      axe-core@$$($(BIN)/python -c 'from tests.axe import VERSION; print(VERSION)') || true; \
	  fi; \
	  $(BIN)/python -m tests.axe >/dev/null || true; \
	fi

bench: $(VENV)/dev-installed system-packages
	$(BIN)/python -m tests.bench.run

screenshots: $(VENV)/dev-installed system-packages
	$(BIN)/python -m screenshots.take
	$(BIN)/python -m screenshots.cast

constraints:
	rm -rf $(VENV)/newest
	$(PYTHON) -m venv $(VENV)/newest
	$(VENV)/newest/bin/python -m pip install -q -e '.[dev]'
	sed -n '/^#/p' constraints.txt > $(VENV)/newest/constraints.txt
	$(VENV)/newest/bin/python -m pip freeze --exclude-editable >> $(VENV)/newest/constraints.txt
	mv $(VENV)/newest/constraints.txt constraints.txt
	rm -rf $(VENV)/newest

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/web-installed: $(VENV)/created pyproject.toml constraints.txt
	@echo 'Installing the console …'
	@$(INSTALL) -e '.[web]'
	@touch $@

$(DEMO_SETTINGS): $(VENV)/created
	@printf '[profiles.demo]\nregion = "eu1"\n' > $@

$(VENV)/dev-installed: $(VENV)/created pyproject.toml constraints.txt
	@echo 'Installing the console and the tools for its tests …'
	@$(INSTALL) -e '.[dev]'
	@touch $@

$(VENV)/created:
	@command -v $(PYTHON) >/dev/null \
	  || { echo '$(PYTHON) was not found. Python 3.11 or newer is needed.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
	    'Name another one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  if $(IS_ROOT_ON_DEBIAN); then apt-get update -q && $(APT_INSTALL) $$package; \
	  else echo "Python's venv module is missing. As root: apt-get install $$package" >&2; \
	    exit 1; fi; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
