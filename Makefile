# Everything runs in .venv, which the first target that needs it makes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_STORE ?= sqlite:///demo.db
DEMO_PORT ?= 8501

.PHONY: demo test check bench floors figures clean help

help:  ## what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing Diurna into $(VENV) …"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/.installed
	@echo "Installing what the tests and checks need …"
	$(BIN)/python -m pip install --quiet --editable '.[test,check,parquet]'
	@touch $@

demo: $(VENV)/.installed  ## ingest the bundled corpus and open the app (DEMO_NO_SERVE=1: do not open it)
	$(BIN)/diurna ingest examples/corpus --store $(DEMO_STORE)
	@$(BIN)/diurna info --store $(DEMO_STORE)
ifndef DEMO_NO_SERVE
	$(BIN)/diurna app --store $(DEMO_STORE) --port $(DEMO_PORT)
else
	@echo "The app: $(BIN)/diurna app --store $(DEMO_STORE)"
endif

test: $(VENV)/.installed-test  ## run all tests
	$(BIN)/python -m pytest

check: $(VENV)/.installed-test  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-test  ## accuracy on the project's own gold with what each layer adds, then speed
	$(BIN)/python -m bench.accuracy --ablation
	$(BIN)/python -m bench.speed

floors: $(VENV)/.installed-test  ## accuracy alone; fails when a figure fell below bench/floors.json
	$(BIN)/python -m bench.accuracy --floors

figures: $(VENV)/.installed-test  ## measure, and write the tables of README.md and docs/accuracy.md
	$(BIN)/python -m bench.accuracy --ablation --json build/figures.json
	$(BIN)/python -m bench.readme build/figures.json

clean:  ## remove the environment, caches and the demo's store
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis demo.db demo.db-wal demo.db-shm
