# make run: the site with the demo's content. make test: everything that needs no service. See README.md.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
TEST_REDIS_URL ?= redis://127.0.0.1:6379/9
PYTEST := $(BIN)/python -Wd -m pytest -q -n auto --dist loadgroup

.PHONY: run serve test lint unit test-services test-newest browser lock format clean jekyll bench-import bench-kramdown bench-sites bench-trip audit bench-pages guide-pictures

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

# The first time: migrate, import demo/, create an administrator and print the password once. Then serve.
run: export DEBUG ?= 1
run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: $(RUN_STAMP)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py first_run
	$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# The production server, with the environment as given.
serve: $(RUN_STAMP)
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	$(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --backpressure 32 --no-ws portfolio.wsgi:application

test: lint unit

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check templates
	SECRET_KEY=lint ALLOWED_HOSTS=localhost HTTPS=0 $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=example.org \
	  SITE_URL=https://example.org $(BIN)/python -Wd manage.py check --deploy --fail-level WARNING

unit: $(DEV_STAMP) browser jekyll
	$(PYTEST)

# The same suite on PostgreSQL and Redis, without what asks neither: Markdown, and how pages look and read.
NO_SERVICE := --ignore=tests/markdown --ignore=tests/browser/test_accessibility.py --ignore=tests/browser/test_reader.py
test-services: $(DEV_STAMP) browser jekyll
	DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL) $(PYTEST) $(NO_SERVICE)

# The same suite on Python 3.13, and so on the newest Django that the requirements allow.
test-newest: $(DEV_STAMP) jekyll
	@newest=$$(sh tests/newest_python.sh) || \
	  { echo "No Python 3.13 here: the second interpreter is not tested."; exit 0; }; \
	[ -x $(VENV)-newest/bin/python ] || "$$newest" -m venv $(VENV)-newest; \
	$(VENV)-newest/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt && \
	$(VENV)-newest/bin/python -Wd -m pytest -q -n auto --dist loadgroup -m "not browser"

browser:
	@sh tests/browser/install.sh

# What exported sites are built with in the tests.
jekyll:
	@sh tests/sites/install.sh

# How long an import takes, beside Jekyll's build of the same posts: make bench-import POSTS=10000. See docs/bench.md.
POSTS ?= 1000
bench-import: $(RUN_STAMP)
	$(BIN)/python benchmarks/import.py $(POSTS)

# Which of kramdown's own test cases are read otherwise: make bench-kramdown CASES=~/kramdown/test/testcases.
bench-kramdown: $(RUN_STAMP)
	$(BIN)/python benchmarks/kramdown_cases.py $(CASES)

# How near imported Jekyll sites come to what Jekyll makes of them: make bench-sites SITES="~/blog ~/notes.git@v2".
TOOLS ?= ../shared/tools
WORK ?= /tmp/portfolio-sites
bench-sites: $(DEV_STAMP)
	$(BIN)/python benchmarks/sites.py --tools $(TOOLS) --work $(WORK) --port $(PORT) $(SITES)

# Whether Jekyll sites come out as they went in, and with one word edited on every page: make bench-trip SITES="~/blog".
ROUNDS ?= 3
bench-trip: $(DEV_STAMP)
	$(BIN)/python benchmarks/round_trip.py --rounds $(ROUNDS) $(SITES)

# What strangers' programs say of the demo: Lighthouse, the Nu HTML checker, weights, feeds. See docs/audit.md.
audit: $(DEV_STAMP) browser
	$(BIN)/python -m tests.audit $(PARTS)

# The pictures of the guide, taken anew from a site of the demo.
guide-pictures: $(DEV_STAMP) browser
	$(BIN)/python -m tests.make_guide_pictures docs/images/guide

# What each kind of page costs with few posts and with many. See docs/bench.md.
SIZES ?= 100 10000
bench-pages: $(RUN_STAMP)
	$(BIN)/python benchmarks/pages.py $(SIZES)

lock: $(DEV_STAMP)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml templates

clean:
	rm -rf $(VENV) $(VENV)-newest staticfiles .pytest_cache .ruff_cache
