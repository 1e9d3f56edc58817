"""An excerpt as a summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from blog.models import BlogPage
from portfolio.importer.body.summary import summary_from_html
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from tests.importer.trees import post, run, write_tree


@pytest.mark.parametrize(
    "markdown",
    ["Low water.[^1]\n\n[^1]: At six.\n", "Low water.[^1]\n", "Low[^a] water.[^b]\n\n[^a]: At *six*.\n"],
    ids=["with-note", "note-elsewhere", "both"],
)
def test_marks_of_notes_and_notes_are_left_out(markdown: str) -> None:
    assert summary_from_html(to_html(markdown, Options())) == "<p>Low water.</p>"


def test_what_only_looks_like_a_mark_stays() -> None:
    assert summary_from_html("<p>H<sup>2</sup> and [1] and x[^ y]</p>") == "<p>H<sup>2</sup> and [1] and x[^ y]</p>"


@pytest.mark.django_db
def test_a_summary_without_marks_still_is_the_beginning_of_its_text(tmp_path: Path, client: Client) -> None:
    run(write_tree(tmp_path, {"_posts/2021-05-04-tides.md": post("Low water.[^1]\n\nMore.\n\n[^1]: At six.\n")}))
    page = BlogPage.objects.get()
    assert page.summary_or_excerpt == "<p>Low water.</p>"
    assert client.get(page.url).content.decode().count(">Low water.<") == 1
