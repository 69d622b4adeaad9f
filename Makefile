# What people do with this repository. `make help` explains every target.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BUILD_VENV := build/venv
# What is compared with an oracle or fuzzed gains most from more examples.
MANY := tests/domain/case/test_oracle.py tests/domain/case/test_withheld.py tests/domain/case/test_merging_properties.py \
  tests/domain/base/test_canonical.py tests/trust/test_fuzz.py tests/domain/playbook/test_playbook_properties.py
BUILD_READY := $(BUILD_VENV)/.ready
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

# Qt draws into memory wherever nobody is looking.
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: help demo test attack lint format types imports bench build conformance exhaustive screenshots translations clean

help:  ## explain every target
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

demo: $(READY)  ## open the app on the sample organisation; without a display tell both stories into build/demo and build/life
	@if [ -n "$${CI:-}" ] || [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  rm -rf build/demo build/life; \
	  $(BIN)/countersign demo --headless --out build/demo; \
	  $(BIN)/countersign demo --story life --headless --out build/life; \
	else \
	  $(BIN)/countersign-desk --sample; \
	fi

test: $(READY)  ## run the tests, in random order, on two cores
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

attack: $(READY)  ## try every attack there is a test for; print what each one met, and the tests
	$(BIN)/python -m tests.attacks --jobs $(JOBS)

lint: $(READY)  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY)  ## let ruff format the code and fix what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

imports: $(READY)  ## who may import whom
	$(BIN)/lint-imports --no-cache

bench: $(READY)  ## measure against the floors and goals, as ratios
	$(OFFSCREEN) $(BIN)/python -m tests.benchmarks

build: $(BUILD_READY)  ## build the stand-alone program into dist/countersign and let it test itself
	$(BUILD_VENV)/bin/pyinstaller --noconfirm --log-level ERROR --workpath build/pyinstaller --distpath dist build.spec
	@du -sh --apparent-size dist/countersign
	dist/countersign/countersign --help >/dev/null
	$(OFFSCREEN) dist/countersign/countersign selftest

conformance: $(READY)  ## check acts and records with openssl, qpdf, pdfsig, veraPDF and EU DSS
	@.ci/system-packages check
	$(BIN)/python -m pytest -q -m conformance
	@cat build/dss/attacks.txt

exhaustive: $(READY)  ## try every byte, every row and many more random histories; minutes long
	@.ci/system-packages check
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q -m exhaustive
	HYPOTHESIS_PROFILE=ci $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q $(MANY)

screenshots: $(READY)  ## a picture of every screen in both themes into build/screens
	$(OFFSCREEN) $(BIN)/python -m ui.pictures.demo --out build/screens

translations: $(READY)  ## collect the counted texts of the screens for their English plural forms, and make the catalogue
	$(BIN)/pyside6-lupdate -silent -pluralonly -no-obsolete -locations none -source-language en -target-language en \
	  $$(find ui -name '*.py' | LC_ALL=C sort) -ts resources/i18n/countersign_en.ts
	$(BIN)/pyside6-lrelease -silent resources/i18n/countersign_en.ts

clean:  ## remove what was built, keep the environment
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

$(READY): pyproject.toml .ci/constraints.txt .ci/system-packages
	@PYTHON=$(PYTHON) .ci/system-packages
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Countersign needs Python 3.11 or newer; name one with: make PYTHON=python3.11")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP_INSTALL) --editable '.[test]'
	@touch $@

$(BUILD_READY): pyproject.toml .ci/constraints.txt .ci/system-packages
	@PYTHON=$(PYTHON) .ci/system-packages build
	@rm -rf $(BUILD_VENV)
	@mkdir -p build
	@$(PYTHON) -m venv $(BUILD_VENV)
	@$(BUILD_VENV)/bin/python $(PIP_INSTALL) --editable '.[build]'
	@touch $@
