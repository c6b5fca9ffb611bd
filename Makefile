# make demo     set up, run the main job on the seed article, print who said what; writes demo/
# make test     all tests, in two processes; those on labelled corpora where the corpora are. PYTEST_OPTIONS= for one process
# make check    format, lint, types, imports, generated files
# make quality  the scores against their floors, on the labelled corpora (KG_QUALITY_DATA, else ../shared/quality)
# make screenshots  the pictures of the page in docs/images, in headless Chromium
# make clean    remove what the other targets made

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
SEED := examples/seed-article.txt
PYTEST_OPTIONS ?= -n 2
# Several interpreters can be asked for by name and not start (version managers leave such shims), so each is run before it is taken.
CANDIDATES := python3.12 python3.13 python3.14 python3 python

.PHONY: demo test check quality screenshots clean
.DELETE_ON_ERROR:

demo: $(BIN)/.runtime
	rm -rf demo
	mkdir demo
	$(BIN)/kg build $(SEED) --store demo/store
	@echo
	@$(BIN)/kg query examples/who-said-what.rq --store demo/store
	@echo
	$(BIN)/kg export --store demo/store --output demo/graph.ttl
	$(BIN)/kg view --store demo/store --output demo/graph.html
	@echo
	@echo "Written: demo/graph.ttl (Turtle), demo/graph.html (open it in a browser), demo/store."
	@echo "Ask on with: $(BIN)/kg query --list"

test: $(BIN)/.dev
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: $(BIN)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/make_vocab.py --check
	$(BIN)/python scripts/make_cli_docs.py --check

quality: $(BIN)/.dev
	$(BIN)/python -m pytest tests/quality -m quality -s

screenshots: $(BIN)/.dev
	$(BIN)/python scripts/make_screenshots.py

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kg tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$("$$candidate" --version)"; \
	    rm -rf $(VENV); \
	    exec "$$candidate" -m venv $(VENV); \
	  fi; \
	done; \
	echo "No Python 3.12 or newer with venv was found (tried: $(CANDIDATES)). Install one from python.org or your package manager, then run make again." >&2; \
	exit 1

# Stamps: an installation is repeated only when what it depends on has changed.
$(BIN)/.runtime: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(BIN)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(BIN)/.runtime
