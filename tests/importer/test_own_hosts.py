"""Host names of the old site: links and pictures there are its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page

from blog.models import BlogPage
from portfolio.documents.links import host_name
from portfolio.models import ImportSite
from tests.importer.trees import codes, picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

PATH = "_posts/2021-05-04-tides.md"
TEXT = (
    "See [about](https://www.tides.example/about/), [the app](https://tides.example/app/) and "
    "[others](https://other.example/about/).\n\n![A](http://tides.example/a.png)\n\n![B](https://tides.example/b.png)\n"
)
FILES = {
    PATH: post(TEXT),
    "about.md": "---\ntitle: About\npermalink: /about/\n---\nWater.\n",
    "a.png": picture(),
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Blog.Tides.example\n", "blog.tides.example"),
        ("https://www.tides.example/a/b", "tides.example"),
        ("localhost:4000", ""),
        ("tides.example:8080", "tides.example:8080"),
        ("no host", ""),
        ("", ""),
    ],
)
def test_a_host_name_is_read(text: str, name: str) -> None:
    assert host_name(text) == name


@pytest.mark.parametrize(
    ("files", "options"),
    [({"CNAME": "tides.example\n"}, {}), ({}, {"own_hosts": ["tides.example"]})],
    ids=["CNAME", "own host"],
)
def test_links_to_an_own_host_lead_to_pages_here(files: dict, options: dict, tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "site", {**FILES, **files})
    report = run(tree, **options)
    about = Page.objects.get(title="About")
    text, shown, kept = BlogPage.objects.get().body
    assert f'<a linktype="page" id="{about.pk}">about</a>' in str(text.value.source)
    assert 'href="/app/"' in text.value.source
    assert 'href="https://other.example/about/"' in text.value.source
    assert shown.block_type == "image"
    assert kept.block_type == "markdown"
    assert codes(row(report, PATH)) == ["dead-link", "remote-image"]
    assert run(tree).documents[0].outcome == "unchanged"  # the ledger remembers the hosts
    assert ImportSite.objects.get().hosts == ["tides.example"]
    page = BlogPage.objects.get()
    page.body[0].value.source = page.body[0].value.source.replace("See", "Read")
    page.save_revision().publish()
    call_command("export_markdown", str(tmp_path / "out"), verbosity=0)
    assert (tmp_path / "out" / PATH).read_text() == FILES[PATH].replace("See", "Read")


def test_without_it_they_are_links_to_another_site(tmp_path: Path) -> None:
    tree = write_tree(tmp_path / "site", FILES)
    report = run(tree)
    assert codes(row(report, PATH)) == ["remote-image", "remote-image"]
    assert 'href="https://tides.example/app/"' in BlogPage.objects.get().body[0].value.source
    report = run(tree, own_hosts=["tides.example"])  # which has everything converted again
    assert row(report, PATH).outcome == "updated"
