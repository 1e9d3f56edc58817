"""Who may import whom."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from portfolio.engines.registry import ENGINES, UNSUPPORTED

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = {
    # Pure: neither Django nor Wagtail, and each other downwards only.
    "portfolio.markdown": (),
    "portfolio.documents": ("portfolio.markdown",),
    "portfolio.interviews": ("portfolio.documents",),
    "portfolio.engines": ("portfolio.documents", "portfolio.markdown"),
    "experience.from_text.parser": ("portfolio.documents",),
    "experience.resume.readers": ("portfolio.documents", "portfolio.engines", "portfolio.markdown"),
    # What the site is made of.
    "portfolio.images": (),
    "portfolio.languages": ("portfolio.documents",),
    "portfolio.validation": ("portfolio.documents", "portfolio.markdown"),
    "portfolio.blocks": ("portfolio.documents", "portfolio.markdown"),
    "portfolio.models": (
        "portfolio.blocks",
        "portfolio.documents",
        "portfolio.images",
        "portfolio.languages",
        "portfolio.markdown",
        "portfolio.validation",
    ),
    "portfolio.images.renditions": ("portfolio.images", "portfolio.models"),
    "portfolio.images.share_images": ("portfolio.images.renditions", "portfolio.models"),
    # In and out.
    "portfolio.importer": (
        "portfolio.blocks",
        "portfolio.documents",
        "portfolio.engines",
        "portfolio.images",
        "portfolio.images.renditions",
        "portfolio.images.share_images",
        "portfolio.interviews",
        "portfolio.markdown",
        "portfolio.models",
        "portfolio.validation",
    ),
    "portfolio.exporter": (
        "portfolio.blocks",
        "portfolio.documents",
        "portfolio.engines",
        "portfolio.importer",
        "portfolio.markdown",
        "portfolio.models",
    ),
    # Page types and taxonomies: what they are to the rest of the site.
    "portfolio.content": (
        "portfolio.blocks",
        "portfolio.documents",
        "portfolio.exporter",
        "portfolio.importer",
        "portfolio.languages",
        "portfolio.markdown",
        "portfolio.models",
    ),
    "portfolio.delivery": ("portfolio.content", "portfolio.languages", "portfolio.markdown", "portfolio.models"),
    "portfolio.search": (
        "portfolio.blocks",
        "portfolio.content",
        "portfolio.markdown",
        "portfolio.models",
        "portfolio.validation",
    ),
    "portfolio.discovery": (
        "portfolio.blocks",
        "portfolio.content",
        "portfolio.delivery",
        "portfolio.documents",
        "portfolio.markdown",
        "portfolio.models",
    ),
    "portfolio.backup": ("portfolio.delivery", "portfolio.documents", "portfolio.models"),
}
PURE_PACKAGES = (
    "portfolio.markdown",
    "portfolio.documents",
    "portfolio.interviews",
    "portfolio.engines",
    "experience.from_text.parser",
    "experience.resume.readers",
)
# The apps know what the site is made of, how documents come in and go out, and never each other.
APPS = ("blog", "experience")
# These put it all together, and are imported by urls, settings, commands and one another.
COMPOSING = ("portfolio.admin", "portfolio.management")


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


def dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".")


def offences(module: str, *forbidden: str) -> list[str]:
    return [name for name in imported(module) if any(name == bad or name.startswith(bad + ".") for bad in forbidden)]


def package(name: str) -> str:
    """The package of the table that a module belongs to, or "" for what is not of the project."""
    known = (*PACKAGES, *APPS, *COMPOSING, "portfolio")
    return max((known_name for known_name in known if f"{name}.".startswith(f"{known_name}.")), key=len, default="")


def edges(module: str) -> set[str]:
    """Packages of the project that a module imports, beside its own."""
    own = package(dotted(module))
    return {package(name) for name in imported(module)} - {own, ""}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_imports_only_what_the_table_allows(name: str) -> None:
    own = [module for module in modules(name.replace(".", "/")) if package(dotted(module)) == name]
    assert own
    found = {module: edges(module) - set(PACKAGES[name]) for module in own}
    assert {module: names for module, names in found.items() if names} == {}


def test_the_table_has_no_cycle() -> None:
    TopologicalSorter(PACKAGES).prepare()  # raises CycleError, which names the packages


def test_the_table_allows_nothing_that_no_module_needs() -> None:
    needless = []
    for name, allowed in PACKAGES.items():
        own = [module for module in modules(name.replace(".", "/")) if package(dotted(module)) == name]
        needed = set().union(*(edges(module) for module in own))
        needless += [f"{name} -> {other}" for other in allowed if other not in needed]
    assert needless == []


@pytest.mark.parametrize("app", APPS)
def test_the_apps_do_not_import_each_other(app: str) -> None:
    others = set(APPS) - {app}
    assert {module: found for module in modules(app) if (found := edges(module) & others)} == {}


@pytest.mark.parametrize("module", [module for name in PURE_PACKAGES for module in modules(name.replace(".", "/"))])
def test_pure_modules_know_neither_django_nor_wagtail(module: str) -> None:
    assert offences(module, "django", "wagtail", "taggit", "modelcluster") == []


OUTSIDE_ENGINES = [
    module
    for folder in ("portfolio", *APPS)
    for module in modules(folder)
    if not module.startswith("portfolio/engines/")
]
ENGINE_NAMES = {engine.name for engine in (*ENGINES, *UNSUPPORTED)}


def test_an_engine_is_a_folder_that_only_the_registry_knows() -> None:
    folders = [f"portfolio.engines.{path.name}" for path in (ROOT / "portfolio/engines").iterdir() if path.is_dir()]
    found = {module: offences(module, *folders) for module in OUTSIDE_ENGINES}
    found |= {module: offences(module, *folders) for module in modules("portfolio/engines") if module.count("/") == 2}
    assert {module for module, names in found.items() if names} == {"portfolio/engines/registry.py"}


def test_nothing_but_an_engine_compares_with_the_name_of_one() -> None:
    found = [
        f"{module}:{node.lineno}"
        for module in OUTSIDE_ENGINES
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare | ast.MatchValue)
        for constant in ast.walk(node)
        if isinstance(constant, ast.Constant) and constant.value in ENGINE_NAMES
    ]
    assert found == []


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


def test_test_modules_have_names_of_their_own() -> None:
    """Without packages pytest knows a module by its name alone, and refuses to collect a second one."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_a_class_name_means_one_thing() -> None:
    """Commands are excepted, whose class has to be called `Command`."""
    homes: dict[str, list[str]] = {}
    for folder in ("portfolio", "blog", "experience", "tests"):
        for module in modules(folder):
            if "/management/commands/" in module:
                continue
            for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


# Private members of other packages are touched in these modules only, each with its reason and a test.
ADAPTERS = {
    "portfolio/delivery/redis_cache.py",
    "portfolio/delivery/server.py",
    "portfolio/images/field_files.py",
    "portfolio/importer/bulk/private_api.py",
    "portfolio/models/relation_cache.py",
    "portfolio/models/site/lookup.py",
    "portfolio/models/tag_manager.py",
}
# Documented in spite of their names: of models, of storages, of named tuples.
DOCUMENTED = set("_meta _state _default_manager _base_manager _prefetched_objects_cache _save _replace".split())


def own_names(tree: ast.AST) -> Iterator[str]:
    """What a module defines: functions, classes, variables and attributes of ``self``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.attr


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def is_call_of(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def foreign_members(tree: ast.AST, own: set[str]) -> Iterator[str]:
    """Names of members that no module of ours defines, or that are asked of a parent class, and imported names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (node.attr not in own or is_call_of(node.value, "super")):
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and not package(node.module or ""):
            yield from (alias.name for alias in node.names)
        elif is_call_of(node, "getattr", "setattr", "hasattr", "delattr"):
            yield from (value.value for value in node.args[1:2] if isinstance(value, ast.Constant))


def test_private_members_of_other_packages_are_touched_in_adapters_only() -> None:
    trees = {
        module: ast.parse((ROOT / module).read_text(encoding="utf-8"))
        for folder in ("portfolio", *APPS)
        for module in modules(folder)
    }
    own = {name for tree in trees.values() for name in own_names(tree)}
    found = {
        module: {name for name in foreign_members(tree, own) if name.startswith("_") and not name.startswith("__")}
        for module, tree in trees.items()
    }
    assert {module for module, names in found.items() if names - DOCUMENTED} == ADAPTERS


MOST_ENTRIES = 27  # modules and packages of one folder, which can be read in one glance


@pytest.mark.parametrize("app", ["portfolio", *APPS])
def test_a_folder_can_be_read_in_one_glance(app: str) -> None:
    folders = [ROOT / app, *(path for path in (ROOT / app).rglob("*") if path.is_dir() and any(path.glob("*.py")))]
    sizes = {
        folder.relative_to(ROOT).as_posix(): sum(
            (child.suffix == ".py" and child.name != "__init__.py") or (child.is_dir() and any(child.glob("*.py")))
            for child in folder.iterdir()
        )
        for folder in folders
    }
    assert {name: size for name, size in sizes.items() if size > MOST_ENTRIES} == {}


def test_only_djangos_own_files_lie_in_the_project_package() -> None:
    files = {path.name for path in (ROOT / "portfolio").glob("*.py")}
    assert files <= {"__init__.py", "apps.py", "asgi.py", "settings.py", "urls.py", "wagtail_hooks.py", "wsgi.py"}
