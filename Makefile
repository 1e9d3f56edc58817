# make run: the site with the demo's content. make test: everything that needs no service. See README.md.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
# One or several: requirements-s3.txt, -metrics and -sentry each have all of it and an extra. The stamp names those
# that were installed: others are installed at once, and without a name the same again, so an upgrade keeps the extras.
INSTALLED := $(if $(wildcard $(RUN_STAMP)),$(or $(wildcard $(shell cat $(RUN_STAMP))),requirements.txt))
REQUIREMENTS ?= $(or $(INSTALLED),requirements.txt)
EXTRAS := metrics s3 sentry
DEV_STAMP := $(VENV)/.dev
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
TEST_REDIS_URL ?= redis://127.0.0.1:6379/9
# One more than processors: tests of a browser, a server or a killed process wait for a third of their time.
TEST_WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST := $(BIN)/python -Wd -m pytest -q -n $(TEST_WORKERS) --dist loadgroup

.PHONY: other-requirements run build serve check test lint unit test-services test-newest test-both newest browser lock format clean jekyll nginx graphviz bench-import bench-kramdown bench-sites bench-trip audit bench-pages bench-calls bench-http guide-pictures messages drill

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(REQUIREMENTS) $(if $(filter-out $(INSTALLED),$(REQUIREMENTS)),other-requirements) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes $(addprefix -r ,$(REQUIREMENTS))
	@echo $(REQUIREMENTS) > $@

$(DEV_STAMP): requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(RUN_STAMP)

# On the first run: migrate, import demo/, create an administrator and print the password once. Then serve.
# make run EMPTY=1 begins without the demo.
run: export DEBUG ?= 1
run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: $(RUN_STAMP)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py first_run $(if $(EMPTY),--empty)
	$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# What a release needs before it is served: the requirements, and the static files collected, hashed and compressed.
build: $(RUN_STAMP)
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0

# The production server, with the environment as given. It installs nothing when .venv is there, and collects static
# files only when those of this code are missing.
serve: | $(BIN)/granian
	@exec $(BIN)/python -m portfolio.delivery.server --build

$(BIN)/granian:
	$(MAKE) $(RUN_STAMP)

# Before every commit: lint, types, and the tests of the pure packages without slow ones.
CHECKED := $(addprefix tests/,markdown documents interviews engines project/test_architecture.py test_docs.py)
SLOW := *hostile* *growth* *any* *highlight* *plain_prose* *delimiters* *third_engine*
check: lint
	$(PYTEST) -m "not django_db" $(CHECKED) $(SLOW:%=--ignore-glob='%.py')

test: lint unit

# Each drill on the kind of database that suffers most: kills on PostgreSQL, a crowd on SQLite.
CROWD := tests/drills/test_drills.py::test_people_read_and_write_while_an_import_runs
KILLS := tests/drills/test_drills.py::test_what_was_killed_and_run_again_is_as_one_clean_run

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check templates
	$(BIN)/mypy
	SECRET_KEY=lint ALLOWED_HOSTS=localhost HTTPS=0 $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=example.org \
	  SITE_URL=https://example.org $(BIN)/python -Wd manage.py check --deploy --fail-level WARNING

unit: $(DEV_STAMP) browser jekyll nginx graphviz
	$(PYTEST) --deselect $(KILLS)

# The same suite on PostgreSQL and Redis, without what asks neither: text, pictures, hostile input to the
# import, how pages look. Of the browser's tests those of two requests at the same time.
NO_SERVICE := $(addprefix --ignore=tests/,markdown documents interviews engines images sites templates templatetags languages \
  $(addprefix deploy/test_,containers.py environment_example.py nginx.py reload.py systemd.py) project test_docs.py importer/hostile importer/test_convert.py importer/test_photos.py importer/test_killed.py \
  exporter/test_any_document.py hostile/test_hostile_requests.py hostile/test_emptiest_drafts.py \
  blocks/test_markup_cache.py blocks/test_unknown_blocks.py delivery/test_middleware.py delivery/test_file_names.py \
  delivery/test_stored_files.py delivery/test_admin_parameters.py admin/test_many_pages.py admin/test_roles.py \
  admin/test_paste.py admin/test_from_text.py admin/test_experience_from_text.py admin/test_dashboard.py \
  admin/test_task_backends.py delivery/test_error_mail.py delivery/test_error_reports.py commands/test_first_run.py \
  search/test_terms.py \
  pages/test_stored_addresses.py pages/test_stored_rich_text.py \
  $(addprefix browser/test_,accessibility.py admin_workflows.py clipboard.py editor.py policy.py reader.py session.py \
  unknown_block_form.py works.py writing_by_keyboard.py))
# Every address with every value is asked once on each database; the same with every setting, and of the admin, on SQLite.
ON_SQLITE := --deselect tests/hostile/test_no_server_errors.py::test_whatever_the_settings_are_every_list_answers \
  --deselect tests/hostile/test_no_server_errors.py::test_the_admin_shows_whatever_is_stored \
  --deselect "tests/hostile/test_no_server_errors.py::test_whatever_is_stored_every_public_address_answers[Pacific/Pago_Pago]"
SERVICES := DATABASE_URL=$(TEST_DATABASE_URL) REDIS_URL=$(TEST_REDIS_URL)
test-services: $(DEV_STAMP) browser jekyll
	$(SERVICES) $(PYTEST) $(NO_SERVICE) $(ON_SQLITE) --deselect $(CROWD)

# The same suite on Python 3.13, and so on the newest Django that the requirements allow, without what takes long and
# asks neither: processes that are killed, hostile input, how time grows with a text.
NO_VERSION := $(addprefix --ignore=tests/,drills hostile sites backup deploy images importer/hostile \
  importer/test_killed.py importer/test_undo_everything.py importer/test_photos.py importer/bulk/test_bulk_pages.py \
  interviews/test_interview_growth.py exporter/test_any_document.py delivery/test_page_cache_processes.py \
  pages/test_stored_addresses.py pages/test_stored_rich_text.py pages/test_canaries.py pages/test_rows_read.py \
  admin/test_many_pages.py admin/test_roles.py admin/test_task_backends.py admin/test_dashboard.py \
  project/test_parsers.py markdown/test_hostile_markdown.py)
NEWEST := $(VENV)-newest/bin/python
NEWEST_PYTEST := $(NEWEST) $(wordlist 2,99,$(PYTEST))
test-newest: newest jekyll
	@[ ! -x $(NEWEST) ] || $(NEWEST_PYTEST) -m "not browser" $(NO_VERSION)

# What CI runs after `make test`: another Python, another Django and another database in one run, and the pure packages,
# which ask for no service. Where it fails, the two before tell which of them it is.
test-both: newest browser jekyll
	@if [ -x $(NEWEST) ]; then \
	  $(NEWEST_PYTEST) -m "not django_db" $(CHECKED) $(SLOW:%=--ignore-glob='%.py') && \
	  $(SERVICES) $(NEWEST_PYTEST) $(NO_SERVICE) $(ON_SQLITE) --deselect $(CROWD); \
	else $(MAKE) test-services; fi

newest: $(DEV_STAMP)
	@newest=$$(sh tests/newest_python.sh) || \
	  { echo "No Python 3.13 here: the second interpreter is not tested."; exit 0; }; \
	[ -x $(NEWEST) ] || "$$newest" -m venv $(VENV)-newest; \
	$(NEWEST) -m pip install --quiet --require-hashes -r requirements-dev.txt

browser:
	@sh tests/browser/install.sh

# Install Jekyll, with which the tests build exported sites.
jekyll:
	@sh tests/sites/install.sh

# What runs deploy/nginx.conf in the tests.
nginx:
	@sh tests/deploy/install.sh

# What draws diagrams.
graphviz:
	@sh tests/images/install.sh

# How long an import takes, beside Jekyll's build of the same posts: make bench-import POSTS=10000. See docs/bench.md.
POSTS ?= 1000
bench-import: $(RUN_STAMP)
	$(BIN)/python benchmarks/import.py $(POSTS)

# Which of kramdown's own test cases are read differently: make bench-kramdown CASES=~/kramdown/test/testcases.
bench-kramdown: $(RUN_STAMP)
	$(BIN)/python benchmarks/kramdown_cases.py $(CASES)

# Compare imported Jekyll sites with Jekyll's build of them: make bench-sites SITES="~/blog ~/notes.git@v2".
TOOLS ?= ../shared/tools
WORK ?= /tmp/portfolio-sites
bench-sites: $(DEV_STAMP)
	$(BIN)/python benchmarks/sites.py --tools $(TOOLS) $(if $(THEMES),--themes $(THEMES)) --work $(WORK) --port $(PORT) $(SITES)

# Round trip of Jekyll sites through import and export, also with one word edited on every page: make bench-trip SITES="~/blog".
ROUNDS ?= 3
bench-trip: $(DEV_STAMP)
	$(BIN)/python benchmarks/round_trip.py --rounds $(ROUNDS) $(SITES)

# Audit the demo with Lighthouse, the Nu HTML checker, page weights and feed schemas. See docs/audit.md.
audit: $(DEV_STAMP) browser
	$(BIN)/python -m tests.audit $(PARTS)

# Take the pictures of the guide again, from the demo site.
guide-pictures: $(DEV_STAMP) browser
	$(BIN)/python -m tests.make_guide_pictures docs/images/guide

# Update and compile the catalogues of what readers see: portfolio/locale/<language>/LC_MESSAGES/django.po.
messages: $(DEV_STAMP)
	$(BIN)/python -m tests.make_messages

# What each kind of page costs with few posts and with many, beside a minimal Wagtail site. See docs/bench.md.
SIZES ?= 100 10000
bench-pages: $(RUN_STAMP)
	$(BIN)/python benchmarks/pages.py $(SIZES)

# The function calls of each kind of page alone: the same in every run, on a busy machine too.
bench-calls: $(RUN_STAMP)
	$(BIN)/python benchmarks/pages.py --calls $(SIZES)

# Requests a second over HTTP, beside a static file, a bare Django view and a minimal Wagtail site. See docs/bench.md.
bench-http: $(RUN_STAMP)
	$(BIN)/python benchmarks/http_load.py

# Load, restarts of PostgreSQL and Redis, killed processes, a full disk; half an hour, on this machine only.
# See docs/drills.md. make drill DRILLS="load kills" runs some.
DRILL_DATABASE_URL ?= $(TEST_DATABASE_URL)
DRILLS ?=
drill: $(DEV_STAMP) browser
	DATABASE_URL=$(DRILL_DATABASE_URL) $(BIN)/python -m tests.drills $(DRILLS)
	$(BIN)/python -Wd -m pytest -q tests/browser/test_session.py tests/admin/test_edit_conflict.py tests/delivery

# The extras are constrained by the development requirements, which have all of them: so several can be installed.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-header --quiet pyproject.toml
lock: $(DEV_STAMP)
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt
	for extra in $(EXTRAS); do \
	  $(COMPILE) --extra $$extra -c requirements-dev.txt -o requirements-$$extra.txt || exit; done

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml templates

clean:
	rm -rf $(VENV) $(VENV)-newest staticfiles .pytest_cache .ruff_cache .mypy_cache
