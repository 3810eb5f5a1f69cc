# `make` lists the commands. Each of them works alone on a fresh clone with python3 (3.11 or newer) and make.
PYTHON ?=
ARGS ?=
export PYTHON
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check format bench messages readme pictures clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
	  printf '  %-14s %s\n' "$$name" "$$what"; done

setup: ## make .venv with what servaudit needs to run
	@sh .ci/setup

setup-dev: ## make .venv with the development tools too
	@sh .ci/setup dev

demo: setup ## score the examples; the reports are put in demo/
	@sh .ci/demo

test: setup-dev ## run the tests (ARGS="-k name" for some of them)
	@$(BIN)/python -m pytest -n 2 --cov --cov-report= $(ARGS)

check: setup-dev ## lint, formatting, types, layers
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports --no-cache --no-logo

format: setup-dev ## repair formatting and what the linter can repair
	@$(BIN)/python -m ruff check --fix
	@$(BIN)/python -m ruff format

bench: setup-dev ## print the speed ratios (several minutes)
	@$(BIN)/python -m tests.bench $(ARGS)

messages: setup-dev ## collect the sentences to translate and compile the catalogues
	@$(BIN)/python tests/messages.py

readme: setup-dev ## run the commands that the README and the tutorials show and put in what they print
	@$(BIN)/python -m tests.pages

pictures: setup-dev ## take the pictures of docs/pictures (Chromium, LibreOffice and poppler are needed)
	@$(BIN)/python tests/pictures.py

clean: ## remove what the other commands made, .venv included
	rm -rf .venv demo dist build .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
