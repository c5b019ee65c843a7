# `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check bench setup clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: ## set up what is missing, load the demonstration, serve http://127.0.0.1:8000 (PORT=8001 changes it)
	@bin/system-packages run
	@python3 -m bin.run

test: ## set up what is missing and run every check and every test (SQLite, PostgreSQL, Chromium)
	@bin/system-packages test
	@python3 -m bin.test all

check: ## the fast half: style, migrations, deployment checks, tests without a browser on SQLite
	@bin/system-packages test
	@python3 -m bin.test fast

bench: ## measure pages as ratios to a bare view of the same server
	@bin/system-packages run
	@python3 -m bin.bench

setup: ## only the set-up that `make test` needs
	@bin/system-packages test
	@python3 -m bin.setup test

clean: ## remove everything that set-up made (var/ with the data you entered stays)
	rm -rf .venv node_modules static/vendor .pytest_cache .ruff_cache .hypothesis
