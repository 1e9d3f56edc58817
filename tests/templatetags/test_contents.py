"""Which texts get a table of contents, and what stands in it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

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


def test_a_long_text_lists_its_sections_and_not_their_parts(client):
    body = [heading("Ebb"), heading("Small", "3"), heading("Flood", anchor="high"), heading("Slack"), heading("Ebb")]
    assert links(client, body) == [("#ebb", "Ebb"), ("#high", "Flood"), ("#slack", "Slack"), ("#ebb-1", "Ebb")]


def test_the_highest_level_that_is_used_counts(client):
    body = [heading(f"Part {number}", "4") for number in range(1, 5)]
    assert [text for _, text in links(client, body)] == ["Part 1", "Part 2", "Part 3", "Part 4"]


def test_a_short_text_has_no_contents(client):
    assert links(client, [heading("Ebb"), heading("Flood"), heading("Slack")]) == []
    assert links(client, [("text", "<p>No heading at all.</p>")]) == []
