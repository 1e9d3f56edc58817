"""Titles, and headings that repeat them: shown once as plain text, and exported as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from portfolio.models import HomePage, SiteSettings
from tests.importer.trees import CONFIG, post, row, run, write_tree

pytestmark = pytest.mark.django_db

FILES = {
    "about.md": "# About the gauge {#top}\n\nIt stands *dry*.\n",
    "notes.md": "---\ntitle: Notes & more\n---\n\nNotes &amp; more\n====\n\nWater.\n",
    "twice.md": (
        "---\ntitle: \"It's a **tide**\"\n---\n<!-- kept -->\n## It's a tide!\n\nWater.\n\n## It's a tide\n\nAgain.\n"
    ),
    "liquid.md": "---\ntitle: Ebb\n---\n# {{ page.title }}\n\nWater.\n",
    "page.html": "---\ntitle: Weir\n---\n<h1>Weir</h1>\n<p>Water.</p>\n",
    "_posts/2021-05-04-quay.md": post("# Quay\n\nWater.\n", title="Quay"),
}


def heading_texts(title: str) -> list[str]:
    body = Page.objects.get(title=title).specific.body
    return [block.value["text"] for block in body if block.block_type == "heading"]


def imported(tmp_path: Path, files: dict[str, str] = FILES, config: str = CONFIG + "remote_theme: a/b\n") -> Path:
    run(write_tree(tmp_path / "site", files, config))
    return tmp_path / "out"


def export(folder: Path) -> None:
    call_command("export_markdown", str(folder), verbosity=0)


def rename(title: str, new: str) -> None:
    page = Page.objects.get(title=title).specific
    page.title = new
    page.save_revision().publish()


def test_the_heading_of_the_title_is_shown_once_and_exported_as_it_was(tmp_path: Path, client: Client) -> None:
    out = imported(tmp_path)
    assert [heading_texts(title) for title in ("About the gauge", "Notes & more", "Ebb", "Weir", "Quay")] == [[]] * 5
    assert heading_texts("It's a tide") == ["It’s a tide"]
    html = client.get("/about/").content.decode()
    assert html.count("About the gauge</") == 2  # in the head and once on the page
    export(out)
    for path, text in FILES.items():
        assert (out / path).read_text() == text


@pytest.mark.parametrize(
    ("title", "path", "changed"),
    [
        ("About the gauge", "about.md", r"# The \*new\* gauge {#top}"),
        ("Notes & more", "notes.md", r"# The \*new\* gauge"),
        ("Ebb", "liquid.md", r"# The \*new\* gauge"),
        ("Weir", "page.html", "<h1>The *new* gauge</h1>"),
        ("Quay", "_posts/2021-05-04-quay.md", r"# The \*new\* gauge"),
    ],
)
def test_a_new_title_is_written_into_the_heading_too(title: str, path: str, changed: str, tmp_path: Path) -> None:
    out = imported(tmp_path)
    new = "The *new* gauge"
    rename(title, new)
    export(out)
    text = (out / path).read_text()
    assert changed in text.splitlines()
    assert text.startswith("---") == (path != "about.md")
    assert text.splitlines()[-1] == FILES[path].splitlines()[-1]
    run(out, overwrite=True)
    assert heading_texts(new) == []


@pytest.mark.parametrize(
    "body",
    [
        "# Ebb\n\n* TOC\n{:toc}\n\n## More\n",
        "# Ebb\n\n[Up](#ebb)\n",
        "# [Ebb](https://tides.example/)\n\nWater.\n",
        "# Ebb and flow\n\nWater.\n",
        "Water.\n\n# Ebb\n",
    ],
)
def test_a_heading_that_is_more_than_the_title_stays(body: str, tmp_path: Path) -> None:
    imported(tmp_path, {"a.md": f"---\ntitle: Ebb\n---\n{body}"})
    html = Page.objects.get(title="Ebb").specific.body.render_as_block()
    assert "Ebb" in html


def test_the_front_page_keeps_it(tmp_path: Path) -> None:
    imported(tmp_path, {"index.md": "---\ntitle: Welcome\n---\n# Welcome\n\nWater.\n"})
    assert [block.block_type for block in HomePage.objects.get().body] == ["heading", "text"]


def test_a_heading_that_an_editor_adds_is_exported(tmp_path: Path) -> None:
    out = imported(tmp_path)
    page = Page.objects.get(title="Quay").specific
    page.body = [("heading", {"text": "Weir", "level": "2", "anchor": ""}), ("text", "<p>More water.</p>")]
    page.save_revision().publish()
    export(out)
    assert "More water." in (out / "_posts/2021-05-04-quay.md").read_text()


def test_menu_entries_and_headline_are_plain_text(tmp_path: Path, client: Client) -> None:
    files = {
        "a.md": "---\ntitle: Ebb\n---\nWater.\n",
        "_data/navigation.yml": "main:\n- title: '**Ebb** &amp; `flow`'\n  url: /a.html\n",
    }
    imported(tmp_path, files, CONFIG + 'description: "Reads _tides_ with `__init__` &mdash; <b>daily</b>"\n')
    settings = SiteSettings.objects.get()
    assert settings.headline == "Reads tides with __init__ — daily"
    assert [link.text for link in settings.navigation_links] == ["Ebb & flow"]


@pytest.mark.parametrize(
    ("path", "front", "slug"),
    [
        ("_posts/2021-05-04-a.md", "permalink: /2021/the-tide/", "the-tide"),
        ("_posts/2021-05-04-a.md", "permalink: /notes/the-tide.html", "the-tide"),
        ("_posts/2021-05-04-a.md", "permalink: /2021/", "a"),
        ("_posts/2021-05-04-a.md", "permalink: /:year/:title/", "a"),
        ("a.md", "permalink: /the-tide/index.html", "the-tide"),
    ],
)
def test_the_slug_is_that_of_the_permalink(path: str, front: str, slug: str, tmp_path: Path) -> None:
    report = run(write_tree(tmp_path / "site", {path: f"---\ntitle: Tide\n{front}\n---\nWater.\n"}))
    assert Page.objects.get(title="Tide").slug == slug
    assert row(report, path).page_url.endswith(f"/{slug}/")
