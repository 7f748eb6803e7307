# The menu. `make serve` and `make test` are all that a newcomer needs.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= corpus
INDEX  ?= index
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: serve build test lint bench clean install browser lock

serve: build
	$(BIN)/qgraph serve --index $(INDEX) --host $(HOST) --port $(PORT)

build: install
	$(BIN)/qgraph build --corpus $(CORPUS) --index $(INDEX)

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "需要 $(PYTHON)，请先安装 Python 3.11。"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

browser:
	sh scripts/install_browser.sh

test: install browser
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: build
	$(BIN)/python bench/run.py --index $(INDEX)

lock:
	$(BIN)/python -m pip freeze --exclude-editable | sed -E 's/^torch==([0-9.]+)\+cpu$$/torch==\1/' > requirements.lock

clean:
	rm -rf $(VENV) .models .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find index -mindepth 1 ! -name README.md ! -name "*.jsonl" -delete
