"""Pages that GitHub's own plugins make of a Jekyll site's files, and the links between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from portfolio.engines import open_source
from portfolio.engines.jekyll.config import read_config
from portfolio.engines.jekyll.plugins import PAGES_PLUGINS, active_plugins
from portfolio.models import HomePage
from tests.engines.test_folder import article, folder
from tests.exporter.test_export import changed_lines, edit, export, files
from tests.importer.trees import codes, row, run

GEMFILE = "source 'https://rubygems.example'\ngem 'github-pages', group: :jekyll_plugins\n"
PLUGINS_IN_GROUP = (
    "group :jekyll_plugins do\n" + "".join(f"  gem '{name}'\n" for name in sorted(PAGES_PLUGINS)) + "end\n"
)


def paths(source: Path) -> dict[str, str]:
    """Path and address of each document."""
    with open_source(source) as opened:
        return {entry.path: entry.url for entry in opened.site_context().entries}


@pytest.mark.parametrize(
    ("gemfile", "config"),
    [
        (GEMFILE, ""),
        ("group :jekyll_plugins do\n  gem 'github-pages', '~> 231'\nend\n", ""),
        ('gem "github-pages", "~> 231"\n', ""),
        ("", "theme: jekyll-theme-cayman\n"),
        ("", "remote_theme: someone/theme@v1\n"),
        ("gem 'jekyll'\n", "plugins: [jekyll-optional-front-matter, jekyll-readme-index, jekyll-relative-links]\n"),
        ("gem 'jekyll'\n" + PLUGINS_IN_GROUP, ""),
        ("", "gems:\n- github-pages\n"),
    ],
)
def test_a_site_that_github_builds_is_recognised(tmp_path: Path, gemfile: str, config: str) -> None:
    folder(tmp_path, {"_config.yml": f"title: x\n{config}", **({"Gemfile": gemfile} if gemfile else {})})
    assert active_plugins(tmp_path, read_config(tmp_path / "_config.yml")) >= PAGES_PLUGINS


@pytest.mark.parametrize(
    ("gemfile", "config"),
    [("", ""), ("gem 'jekyll'\n", "theme: minima\n"), ("# gem 'github-pages'\ngem 'jekyll'\n", ""),
     ("", "theme: mine\n"), ("gem 'jekyll-relative-links'\n", "")],
)  # fmt: skip
def test_other_sites_have_none_of_these_plugins(tmp_path: Path, gemfile: str, config: str) -> None:
    folder(tmp_path, {"_config.yml": f"title: x\n{config}", **({"Gemfile": gemfile} if gemfile else {})})
    assert not active_plugins(tmp_path, read_config(tmp_path / "_config.yml")) & PAGES_PLUGINS


PROJECT = {
    "Gemfile": GEMFILE,
    "_config.yml": "title: Tool\nurl: https://tool.example\n",
    "README.md": "# Tool\n\nSee [the guide](docs/guide.md#set-up) editme.\n",
    "CHANGELOG.md": "# Changes\n",
    "LICENSE.md": "MIT\n",
    "CONTRIBUTING.md": "# Contributing\n",
    "docs/README.md": "# Docs\n",
    "docs/guide.md": "# The guide\n\n## Set up\n\n[Home](../README.md), [docs](README.md), [terms](../LICENSE.md).\n",
    "docs/faq.md": "---\nlayout: default\n---\n# Questions\n\nA [guide](guide.md), [ref][g].\n\n[g]: ./guide.md\n",
}


def test_markdown_without_front_matter_is_a_page_unless_it_is_about_the_project(tmp_path: Path) -> None:
    assert paths(folder(tmp_path, PROJECT)) == {
        "CHANGELOG.md": "/CHANGELOG.html",
        "README.md": "/",
        "docs/README.md": "/docs/",
        "docs/faq.md": "/docs/faq.html",
        "docs/guide.md": "/docs/guide.html",
    }
    with open_source(tmp_path) as source:
        told = {problem.message.partition(":")[0] for problem in source.problems if problem.code == "no-front-matter"}
    assert told == {"CONTRIBUTING.md", "LICENSE.md"}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("include: [CONTRIBUTING.md]\n", {"CONTRIBUTING.md": "/CONTRIBUTING.html"}),
        ("optional_front_matter:\n  enabled: false\n", {"CHANGELOG.md": None, "docs/guide.md": None, "README.md": "/"}),
        ("require_front_matter: true\n", {"CHANGELOG.md": None, "README.md": "/"}),
        ("readme_index:\n  enabled: false\n", {"README.md": None, "CHANGELOG.md": "/CHANGELOG.html"}),
        ("exclude: [docs]\n", {"docs/guide.md": None}),
        ("permalink: pretty\n", {"docs/guide.md": "/docs/guide/", "docs/README.md": "/docs/"}),
    ],
)
def test_the_plugins_follow_the_configuration(tmp_path: Path, config: str, expected: dict[str, str | None]) -> None:
    found = paths(folder(tmp_path, {**PROJECT, "_config.yml": PROJECT["_config.yml"] + config}))
    assert {path: found.get(path) for path in expected} == expected


def test_a_readme_is_no_index_beside_one(tmp_path: Path) -> None:
    found = paths(folder(tmp_path, {**PROJECT, "index.md": "# Start\n"}))
    assert "README.md" not in found
    assert found["index.md"] == "/"


def test_a_readme_with_front_matter_is_the_index_if_the_site_says_so(tmp_path: Path) -> None:
    readme = "---\ntitle: Tool\n---\nText.\n"
    assert paths(folder(tmp_path, {**PROJECT, "README.md": readme}))["README.md"] == "/README.html"
    config = PROJECT["_config.yml"] + "readme_index:\n  with_frontmatter: true\n"
    assert paths(folder(tmp_path, {**PROJECT, "README.md": readme, "_config.yml": config}))["README.md"] == "/"


def test_markdown_without_front_matter_is_told_of_on_any_site(tmp_path: Path) -> None:
    sources = {"_config.yml": "title: x\ncollections: [talks]\n", "README.md": "# x\n", "notes/a.md": "# A\n",
               "_talks/b.md": "# B\n", "index.md": "---\n---\nText\n"}  # fmt: skip
    with open_source(folder(tmp_path, sources)) as source:
        assert [file.path for file in source.files] == ["index.md"]
        told = sorted(problem.message.partition(":")[0] for problem in source.problems)
    assert told == ["README.md", "_talks/b.md", "notes/a.md"]


@pytest.mark.django_db
@pytest.mark.parametrize("permalink", ["date", "pretty"])
def test_links_between_files_lead_to_pages_and_stay_in_the_source(
    client: Client, tmp_path: Path, permalink: str
) -> None:
    config = PROJECT["_config.yml"] + f"permalink: {permalink}\n"
    source = folder(tmp_path / "in", {**PROJECT, "_config.yml": config})
    report = run(source)
    guide = row(report, "docs/guide.md").page_url
    assert article(client, report, "docs/faq.md").count(f'href="{guide}"') == 2
    html = article(client, report, "docs/guide.md")
    assert 'href="/"' in html
    assert "/documents/" in html  # LICENSE.md is a file, as it was
    home = HomePage.objects.get()
    assert f'{guide}#set-up"' in str(home.body.get_prep_value())
    assert codes(row(report, "docs/faq.md")) == []
    assert client.get("/docs/guide.md", follow=True).status_code == 200
    expected = files(source)
    export(tmp_path / "out")
    assert files(tmp_path / "out") == expected
    edit(home, {"editme": "edited"})
    assert export(tmp_path / "again").problems == []
    changed = changed_lines(expected["README.md"], (tmp_path / "again/README.md").read_bytes())
    assert changed == (
        ["See [the guide](docs/guide.md#set-up) editme."],
        ["See [the guide](docs/guide.md#set-up) edited."],
    )
