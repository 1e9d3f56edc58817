"""The HTML of the blocks whose template does more than print a value."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from portfolio.blocks import BodyBlocks
from tests import builders

pytestmark = pytest.mark.django_db


def shown(name: str, value: dict[str, Any], **context: Any) -> Tag:
    """The block as its own template shows it."""
    block = BodyBlocks().child_blocks[name]
    return BeautifulSoup(block.render(block.to_python(value), context=context), "html.parser")


def embed(url: str, **value: Any) -> Tag:
    return shown("embed", {"url": url, "title": "", "caption": "", "height": None, "width": None, **value})


def test_an_embed_names_the_other_site_only_inside_its_own_still_page():
    frame = embed("https://youtu.be/abcdefghijk").iframe
    assert not frame.has_attr("src")
    still = BeautifulSoup(frame["srcdoc"], "html.parser")
    assert still.select_one("a.show")["href"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert "www.youtube-nocookie.com" in still.get_text()
    assert [link["href"].startswith("/") for link in still.select("link")] == [True]
    assert not still.select("script, img, iframe, style")


def test_a_title_cannot_break_out_of_the_still_page():
    frame = embed("https://youtu.be/abcdefghijk", title='"><script>alert(1)</script>').iframe
    assert frame["title"] == '"><script>alert(1)</script>'
    assert not BeautifulSoup(frame["srcdoc"], "html.parser").select("script")


def test_an_embed_of_a_host_that_is_not_allowed_has_no_frame_and_no_link():
    html = embed("https://youtube.com.evil.example/embed/abcdefghijk", title="A film")
    assert html.get_text(strip=True) == "A film"
    assert not html.select("iframe, a")


def table(*headings: str) -> Tag:
    columns = [{"type": kind, "heading": heading} for kind, heading in zip(("text", "number"), headings, strict=True)]
    return shown("table", {"columns": columns, "rows": [{"values": ["Sluice", "4.28"]}], "caption": ""})


def test_a_table_without_headings_has_no_head():
    assert [len(table("", "").select(part)) for part in ("thead", "tr")] == [0, 1]


def test_an_empty_heading_beside_a_full_one_is_a_plain_cell():
    head = table("", "Metres").thead
    assert [cell.name for cell in head.find_all(["td", "th"])] == ["td", "th"]


def test_cells_are_aligned_by_what_they_hold():
    assert [cell["class"] for cell in table("Station", "Metres").select("td")] == [["text"], ["number"]]


def test_code_keeps_every_character_and_names_its_language():
    code = shown("code", {"language": "python", "code": "if a < b:\n    pass", "title": "", "highlight": "1"})
    assert code.pre.get_text() == "if a < b:\n    pass"
    assert code.code["class"] == ["language-python"]
    assert not code.select("figcaption")


def test_a_pull_quote_leads_to_the_answer_it_was_taken_from(client: Client):
    page = builders.interview(
        body=[
            builders.question_answer("Why?", "<p>Because of the tide.</p>"),
            builders.question_answer("How?", "<p>I go down and look. Every time.</p>"),
            ("pull_quote", {"text": "I go down and look.", "attribution": ""}),
        ]
    )
    body = BeautifulSoup(client.get(page.url).content, "lxml").select_one("[data-article-body]")
    quote = body.select_one(".pull-quote")
    assert quote["data-passage"] == "exact"
    answer = body.find(id=quote.a["href"].removeprefix("#"))
    assert answer.get_text(strip=True) == "I go down and look. Every time."
