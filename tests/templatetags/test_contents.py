"""Which texts get a table of contents, and what stands in it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from portfolio.markdown.maths import marked_tex, show_formulas
from portfolio.templatetags.contents import contents
from tests import builders

pytestmark = pytest.mark.django_db


def heading(text: str, level: str = "2", anchor: str = "") -> tuple[str, dict[str, str]]:
    return ("heading", {"text": text, "level": level, "anchor": anchor})


def links(client, body: list) -> list[tuple[str, str]]:
    page = builders.post(body=body)
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    found = html.select(".contents a")
    assert all(html.find(id=link["href"].removeprefix("#")) for link in found)
    return [(link["href"], link.get_text()) for link in found]


def test_a_long_text_lists_its_sections_and_their_parts(client):
    body = [heading("Ebb"), heading("Small", "3"), heading("Flood", anchor="high"), heading("Slack"), heading("Ebb")]
    sections = [("#ebb", "Ebb"), ("#small", "Small"), ("#high", "Flood"), ("#slack", "Slack"), ("#ebb-1", "Ebb")]
    assert links(client, body) == sections


def test_the_highest_level_that_is_used_counts(client):
    body = [heading(f"Part {number}", "4") for number in range(1, 5)]
    assert [text for _, text in links(client, body)] == ["Part 1", "Part 2", "Part 3", "Part 4"]


def test_a_short_text_has_no_contents(client):
    assert links(client, [heading("Ebb"), heading("Flood"), heading("Slack")]) == []
    assert links(client, [("text", "<p>No heading at all.</p>")]) == []


def headings(*rows: tuple[int, str]) -> str:
    return "".join(f'<h{level} id="{text}">{text}</h{level}><p>x</p>' for level, text in rows)


def shown(html: str) -> list[tuple[str, list[str]]]:
    return [(section.text, [part.text for part in section.parts]) for section in contents(html)]


def test_two_levels_are_listed_whoever_made_them() -> None:
    html = headings((2, "a"), (3, "b"), (4, "deep"), (3, "c"), (2, "d"))
    assert shown(html) == [("a", ["b", "c"]), ("d", [])]


def test_few_headings_need_no_list() -> None:
    assert shown(headings((2, "a"), (2, "b"), (2, "c"))) == []
    assert shown(headings((2, "a"), (3, "b"), (3, "c"), (3, "d"))) == []


def test_headings_of_quotations_and_without_an_id_are_none_of_the_text() -> None:
    html = headings((2, "a"), (2, "b"), (2, "c"), (2, "d")) + "<h2>e</h2>"
    assert [text for text, _ in shown(f"<blockquote>{headings((1, 'q'))}</blockquote>{html}")] == ["a", "b", "c", "d"]


def test_many_parts_leave_the_sections_alone() -> None:
    html = headings(*[(2, f"s{number}") for number in range(10)], *[(3, f"p{number}") for number in range(30)])
    assert all(parts == [] for _, parts in shown(html))


def test_text_of_a_heading_has_no_mark_up_and_no_tex() -> None:
    formula = show_formulas(marked_tex("x^2", display=False))
    html = (
        headings((2, "a"), (2, "b"), (2, "c"))
        + f'<h2 id="f">On <em>{formula}</em><a class="heading-anchor" href="#f"></a></h2>'
    )
    assert shown(html)[-1] == ("On x²", [])


@pytest.mark.parametrize("make", [builders.project, builders.publication, builders.talk])
def test_works_have_contents_as_posts_have(client, make):
    words = ("Gauge", "Mooring", "Logger", "Drift")
    page = make(title="Springneap", body=[("heading", {"text": text, "level": "2"}) for text in words])
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert [link.text for link in html.select(".contents a")] == list(words)
