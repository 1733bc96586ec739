# make run | demo | test | test-full | coverage | mutants | bench | bundle | screenshots | words | clean
# Each makes its own .venv and does the rest. On Windows: see README.md (pip install, streamlit run).

SHELL := /bin/sh
PY := .venv/bin/python
RUN := .venv/.run
DEV := .venv/.dev
MUTANTS := .venv/.mutants
# Browser tests wait more than they compute: three at a time are what two cores carry.
WORKERS ?= 3
# What failed beside others is run once more, alone and by name: a fault fails again; a test that a busy machine
# starved of time does not, and both runs stand in the output. What fails twice, or fails no test, fails.
ALONE := -v -n 0 --last-failed --last-failed-no-failures none

.DEFAULT_GOAL := help
.PHONY: help run demo test lint audit test-full coverage mutants bench bench-quick screenshots words browser office postgres nginx bundle clean

help:
	@printf '%s\n' \
	  'make run          打开看板 / start the dashboard on http://127.0.0.1:8501 (PORT=... picks another)' \
	  'make demo         另建演示数据 / write data/demo.duckdb with an invented project' \
	  'make test         检查与测试 / lint, types, contracts, unit, page and browser tests' \
	  'make test-full    断电、负载等慢测试与覆盖率 / the slow ones: kills, load; coverage' \
	  'make coverage     全部代码的覆盖率,约40分钟 / coverage of all code, 40 minutes' \
	  'make mutants      变异测试,约1.5小时,可断可续 / mutation testing of the arithmetic, 1.5 hours; goes on where it was' \
	  'make bench        测速(约半小时) / times against bare pages, and fifty people at once (half an hour)' \
	  'make bench-quick  粗测(2分钟内) / a coarser look in less than two minutes' \
	  'make bundle       离线安装包 / build/renewal-scorecard-bundle.zip: installs without a network' \
	  'make screenshots  重拍docs/里的图 / take the pictures in docs/ again' \
	  'make words        更新英文词表 / bring the English catalogue up to the code' \
	  'make clean        删除可再生成的文件(不动数据) / remove what can be made again (never the data)'

# The stamps lie inside .venv: a new requirements file, or no .venv, means installing again.
$(RUN): requirements.txt deploy/venv.sh
	@sh deploy/venv.sh requirements.txt
	@touch $@

$(DEV): requirements.txt requirements-postgres.txt requirements-dev.txt deploy/venv.sh
	@sh deploy/venv.sh requirements-dev.txt
	@touch $(RUN) $@

$(MUTANTS): $(DEV) requirements-mutants.txt
	@sh deploy/venv.sh requirements-mutants.txt
	@touch $@

run: $(RUN)
	@$(PY) -m deploy.run

demo: $(RUN)
	@$(PY) -m deploy.demo

lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

browser: $(DEV)
	@$(PY) tests/browser/find_browser.py

office: $(DEV)
	@$(PY) -m tests.documents.find_office

# What decides about figures and scores: in test-full its own tests are held to the coverage that pyproject.toml asks.
RULES := checks ingest progress scoring
# Folders and marks that are left out: .ci/run runs those of RULES, and properties, once: in test-full.
LATER ?=
MARKS ?=
test: lint browser
	$(PY) -m pytest $(LATER:%=--ignore=%) $(MARKS) -n $(WORKERS) --dist worksteal || $(PY) -m pytest $(ALONE)

postgres: $(DEV)
	@$(PY) tests/core/store/postgres_server.py

nginx: $(DEV)
	@$(PY) -m tests.deploy.nginx_server

# Properties with all their examples are tried without coverage: tracing takes twice as long.
PLAIN := -m "not (full or bench or hypothesis)"
SLOW := -m "full or (hypothesis and not bench)" --hypothesis-profile=full
COVERED := $(RULES:%=tests/core/%) $(PLAIN) $(RULES:%=--cov=core/%) --cov-report=term
test-full: $(DEV) browser office postgres nginx
	$(PY) -m pytest $(SLOW) -n $(WORKERS) --dist worksteal || $(PY) -m pytest $(SLOW) $(ALONE)
	$(PY) -m pytest $(COVERED) -n 2 --dist worksteal || $(PY) -m pytest $(COVERED) --cov-append $(ALONE)
	$(PY) -m tests.audit

# All of core by all its quick tests.
coverage: $(DEV) browser
	$(PY) -m pytest tests/core tests/pages $(PLAIN) --cov --cov-report=term -n 2 --dist worksteal

audit: $(DEV)
	@$(PY) -m tests.audit

# One process, at low priority. Afterwards: .venv/bin/python -m tests.mutants --list
mutants: $(MUTANTS)
	nice -n 15 $(PY) -m tests.mutants --go-on

# One process: what is measured has the machine to itself.
bench: $(DEV) browser
	@$(PY) tests/bench/bench.py
	@$(PY) tests/bench/bench_many.py
	@$(PY) tests/bench/bench_panel.py
	@$(PY) tests/bench/bench_import.py
	@$(PY) tests/bench/bench_documents.py
	@$(PY) tests/bench/bench_frames.py
	@$(PY) tests/bench/bench_load.py
	@$(PY) tests/bench/bench_fresh.py

# Under two minutes: fewer turns, the crowd for ten seconds, and neither the million events nor a fresh machine.
bench-quick: $(DEV) browser
	@$(PY) tests/bench/bench.py --quick
	@$(PY) tests/bench/bench_documents.py
	@$(PY) tests/bench/bench_frames.py
	@$(PY) tests/bench/bench_load.py 10

# For another Python than 3.11:  make bundle PYTHONS="3.11 3.13"
PYTHONS ?= 3.11
bundle: $(RUN)
	@$(PY) -m deploy.bundle.make $(foreach each,$(PYTHONS),--python $(each))

screenshots: $(DEV) browser
	@$(PY) tests/make_screenshots.py

words: $(DEV)
	@$(PY) -m tests.core.text.update

clean:
	rm -rf .venv build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
