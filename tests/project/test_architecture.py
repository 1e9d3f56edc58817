"""Who may import whom."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The half of the importer that needs Django and Wagtail; everything else in it is pure.
WAGTAIL_HALF = {
    f"portfolio/importer/{name}.py"
    for name in (
        "answers",
        "assets",
        "batch",
        "blocks",
        "bodies",
        "changes",
        "files",
        "identity",
        "indexing",
        "jobs",
        "journal",
        "ledger",
        "lists",
        "lock",
        "looked_up",
        "merging",
        "names",
        "old_addresses",
        "pipeline",
        "placing",
        "plan",
        "redirects",
        "renames",
        "resources",
        "rich_text",
        "rows",
        "stored_values",
        "summary",
        "tree",
        "undo",
        "unused",
        "verify",
        "waiting",
        "writer",
    )
}
# The same of the exporter.
WAGTAIL_HALF |= {
    f"portfolio/exporter/{name}.py"
    for name in (
        "addresses",
        "edited",
        "entries",
        "meaning",
        "new",
        "page_writer",
        "pasted",
        "pipeline",
        "plan",
        "promised",
        "reread",
        "selection",
        "stored",
    )
}
COMPOSING = {
    "portfolio/archive.py",
    "portfolio/errors.py",
    "portfolio/facets.py",
    "portfolio/feeds/channels.py",
    "portfolio/feeds/items.py",
    "portfolio/llms.py",
    "portfolio/mappings.py",
    "portfolio/resume/content.py",
    "portfolio/resume/tasks.py",
    "portfolio/search.py",
    "portfolio/sitemaps.py",
    "portfolio/skills.py",
    "portfolio/twins/documents.py",
    "portfolio/urls.py",
}


def modules(folder: str) -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    )


def imported(module: str) -> Iterator[str]:
    """Every module that ``module`` imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def offences(module: str, *forbidden: str) -> list[str]:
    return [name for name in imported(module) if any(name == bad or name.startswith(bad + ".") for bad in forbidden)]


PURE = sorted(
    {*modules("portfolio/markdown"), *modules("portfolio/importer"), *modules("portfolio/exporter")} - WAGTAIL_HALF
)


@pytest.mark.parametrize("module", [*PURE, "experience/entries.py"])
def test_pure_modules_know_neither_django_nor_wagtail(module: str) -> None:
    assert offences(module, "django", "wagtail", "taggit", "modelcluster") == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_import_no_module_that_is_not(module: str) -> None:
    others = [name.removesuffix(".py").replace("/", ".") for name in WAGTAIL_HALF]
    assert offences(module, *others, "portfolio.models", "portfolio.blocks", "blog", "experience") == []


@pytest.mark.parametrize("module", modules("portfolio/markdown"))
def test_markdown_knows_nothing_of_the_importer(module: str) -> None:
    assert offences(module, "portfolio.importer") == []


@pytest.mark.parametrize("module", [*modules("portfolio/models"), *modules("portfolio/blocks")])
def test_models_and_blocks_import_no_app_and_no_importer(module: str) -> None:
    assert offences(module, "blog", "experience", "portfolio.importer", "portfolio.exporter") == []


@pytest.mark.parametrize(("app", "other"), [("blog", "experience"), ("experience", "blog")])
def test_the_apps_do_not_import_each_other(app: str, other: str) -> None:
    assert {module: found for module in modules(app) if (found := offences(module, other))} == {}


def test_of_the_project_package_only_what_composes_imports_the_apps() -> None:
    found = {module for module in modules("portfolio") if offences(module, "blog", "experience")}
    assert {module for module in found if not module.startswith("portfolio/management/")} <= COMPOSING


def test_the_list_of_impure_modules_is_true() -> None:
    assert {module for module in WAGTAIL_HALF if not (ROOT / module).is_file()} == set()
    for module in WAGTAIL_HALF:
        roots = ("django", "wagtail", "portfolio.models", "portfolio.blocks")
        others = [name.removesuffix(".py").replace("/", ".") for name in WAGTAIL_HALF]
        assert offences(module, *roots, *others), f"{module} is pure: say so here"


def test_every_module_says_what_it_is_for() -> None:
    bare = [
        module
        for folder in ("portfolio", "blog", "experience")
        for module in modules(folder)
        if (text := (ROOT / module).read_text(encoding="utf-8")).strip()
        and not module.endswith("apps.py")
        and ast.get_docstring(ast.parse(text)) is None
    ]
    assert bare == []


def test_the_python_here_is_one_that_the_project_supports() -> None:
    assert sys.version_info >= (3, 11)
