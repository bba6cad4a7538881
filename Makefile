# Lingti 领题. `make` alone tells what there is.
#
# Everything lives in .venv, installed from the hashed locks in requirements/; a stamp beside it says which lock
# is in, so a second call starts at once. A Python is looked for; PYTHON=/path/to/python overrules.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

ARGS ?=
JOBS ?= auto
COVER ?=
DATABASE ?= sqlite
PYTHON ?= python3.13 python3.12 python3.11 python3 python
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
UV = $(or $(shell command -v uv),$(wildcard .venv/bin/uv))
DOTS := { while read -r word _; do if [ "$$word" = Collecting ]; then printf .; fi; done; echo " done"; }
export LINGTI_TEST_DATABASE := $(DATABASE)
ENTIRE := workflow/*,services/*,storage/*

.PHONY: help sandbox crash bench mutants test check static audit cover format lock pictures browser fonts

help: ## this list
	@echo "Lingti 领题: make <target>"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  %-9s %s\n", $$1, $$2 }'

sandbox: .venv/run.ok fonts ## play every seat in a browser page: no account, no network (ARGS="--port 9000")
	@$(PY) -m bot sandbox $(ARGS)

test: .venv/dev.ok browser ## the whole suite (ARGS="tests/workflow -k ladder", JOBS=2, DATABASE=postgresql)
	@$(PY) -m pytest -n $(JOBS) $(COVER) $(ARGS)

check: COVER := --cov --cov-report=
check: static audit test cover ## what CI checks: format, lint, types, imports, advisories, tests and their coverage

static: .venv/dev.ok ## the checks that run nothing: format, lint, types, imports
	@echo "format"; $(PY) -m ruff format --quiet --check .
	@echo "lint"; $(PY) -m ruff check --quiet .
	@echo "types"; $(PY) -m mypy --no-error-summary
	@echo "imports"; out=$$($(PY) .venv/bin/lint-imports --no-cache) || { echo "$$out"; exit 1; }

cover: .venv/dev.ok # the gates, over what `make check` has just measured
	@echo "coverage of $(ENTIRE)"; $(PY) -m coverage report --include='$(ENTIRE)' --skip-covered --fail-under=100
	@echo "coverage of everything"; $(PY) -m coverage report --format=total --fail-under=96

format: .venv/dev.ok ## bring the code into its usual shape
	@$(PY) -m ruff check --quiet --fix-only . ; $(PY) -m ruff format --quiet .

lock: ## renew the locks after a change of pyproject.toml (ARGS=--upgrade for newer versions; needs uv)
	@test -n "$(UV)" || { echo "make lock needs uv: pip install uv"; exit 1; }
	@for group in run=build dev=dev; do \
	  $(UV) pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	    --no-annotate --extra postgres --group $${group#*=} --output-file requirements/$${group%=*}.txt $(ARGS); \
	done

crash: .venv/dev.ok ## kill real processes at every named step, 200 times each (ARGS="--kills 5"; all of it takes an hour)
	@$(PY) -m tests.crash $(ARGS)

bench: .venv/dev.ok ## measure ours beside a peer, in one run (ARGS="turn sweep"; all of them take long)
	@$(PY) -m bench $(ARGS)

mutants: .venv/dev.ok ## change the rules in two thousand places and see which tests notice (docs/mutation.md; takes long)
	@test -d .venv/mutants/mutmut || { \
	  echo "installing mutmut beside the house"; $(PIP) install --quiet --target .venv/mutants mutmut==3.8.1; \
	} || { echo "mutmut cannot be fetched: no package index in reach."; exit 1; }
	@rm -rf mutants; for act in "run --max-children 1" results; do nice -n 15 $(PY) -c \
	  'import os, sys; sys.path.append(os.path.abspath(".venv/mutants")); from mutmut.__main__ import cli; cli()' $$act; \
	done

pictures: .venv/dev.ok browser ## take the pictures of the documents anew
	@$(PY) docs/images/make.py

audit: .venv/dev.ok ## ask the public advisory database about every locked package (ARGS=--strict: or fail)
	@echo "advisories"; $(PY) .ci/audit.py $(ARGS)

$(PY):
	@for python in $(PYTHON); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  found=$$python; \
	  $$python -c 'import ensurepip, venv' 2>/dev/null || continue; \
	  echo "making .venv with $$($$python --version)"; \
	  exec $$python -m venv --clear .venv; \
	done; \
	if [ -n "$${found-}" ]; then \
	  echo "$$found is here but cannot make a virtual environment."; \
	  echo "On Debian or Ubuntu: apt-get install python3-venv. Then call make again."; \
	else \
	  echo "Lingti needs Python 3.11 or newer; none was found. Name one with: make PYTHON=/path/to/python ..."; \
	fi; exit 1

.venv/%.ok: requirements/%.txt pyproject.toml | $(PY)
	@echo "installing the $$(grep -c == $<) packages of $<"
	@$(PIP) install --require-hashes --only-binary :all: -r $< | $(DOTS)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(if $(findstring dev,$*),.venv/run.ok)

fonts: .venv/run.ok # a Chinese font for the pictures in chat; without one they are told in words
	@$(PY) -c 'from reports.drawing.fonts import chinese; chinese()' 2>/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing a Chinese font for the pictures"; \
	  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	    apt-get -qq install -y --no-install-recommends fonts-noto-cjk >/dev/null; } 2>/dev/null && exit 0; \
	fi; \
	echo "No Chinese font here: pictures are told in words. On Debian or Ubuntu: apt-get install fonts-noto-cjk."

browser:
	@chromium() { command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; }; \
	fonts() { ! command -v fc-list >/dev/null || [ -n "$$(fc-list :lang=zh)" ]; }; \
	if chromium && fonts; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing Chromium and Chinese fonts for the browser tests"; \
	  apt-get -qq update; \
	  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	else \
	  echo "The browser tests need Chromium and a Chinese font; those that miss them are skipped."; \
	  echo "On Debian: apt-get install chromium fonts-noto-cjk. On macOS: brew install --cask chromium."; \
	fi
