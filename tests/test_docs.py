"""The documentation says what the code does: settings, options, report codes, links."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path

import pytest

from portfolio.delivery.release import version
from portfolio.engines.registry import layouts
from portfolio.management.commands.import_markdown import Command

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "CHANGELOG.md", ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
VARIABLE = re.compile(r"(?:env(?:\.\w+)?|env_int|environ\.get|required_in_production)\(\s*\"([A-Z][A-Z0-9_]+)\"")
OF_SYSTEMD = {"LISTEN_PID"}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_environment_variable_is_documented_and_no_other() -> None:
    used = set(VARIABLE.findall(read("portfolio/settings.py") + read("portfolio/delivery/server.py"))) - OF_SYSTEMD
    documented = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", read("docs/settings.md"), re.MULTILINE))
    assert documented == used
    assert {"SECRET_KEY", "PORT"} <= used


def test_every_option_of_the_import_is_documented() -> None:
    parser = ArgumentParser(add_help=False)
    Command().add_arguments(parser)
    page = read("docs/import-jekyll.md")
    options = [option for action in parser._actions for option in action.option_strings]
    assert [option for option in options if f"| `{option}" not in page] == []
    assert options


def test_every_layout_of_the_export_is_documented() -> None:
    page = read("docs/export.md")
    assert [layout for layout in layouts() if f"| `--layout {layout}` |" not in page] == []
    assert len(layouts()) == 3


def test_every_problem_an_interview_can_have_is_documented() -> None:
    codes = set(re.findall(r"Severity\.\w+,\s*\"([a-z-]+)\"", read("portfolio/interviews/assembly.py")))
    page = read("docs/interviews.md")
    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []
    assert "uncertain-line" in codes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|/|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_changelog_describes_the_version_and_what_comes_after_it() -> None:
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    released = dict(headings[1:])
    assert version() in released
    assert all(released.values())  # each has its date
