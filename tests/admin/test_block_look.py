"""A block as readers see it while it is edited: code with its colours, a formula set, an embed before its click."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.telepath import JSContext

from portfolio.blocks import BodyBlocks
from portfolio.models import MarkupResult
from tests import builders

pytestmark = pytest.mark.django_db

CODE = {"code": "depth = 0", "title": "", "highlight": ""}
EMBED = {"title": "", "caption": "null", "height": "", "width": ""}


@pytest.fixture
def look(client: Client) -> Any:
    client.force_login(builders.user("Editors"))

    def ask(kind: str, **fields: str) -> Any:
        data = {f"value-{name}": value for name, value in fields.items()}
        return client.post(reverse("block_look"), {"type": kind, **data})

    return ask


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("code", {**CODE, "language": "python"}, '<span class="o">=</span>'),
        ("math", {"tex": "E = mc^2"}, "<math "),
        ("embed", {**EMBED, "url": "https://player.vimeo.com/video/123456"}, "vimeo.com"),
    ],
)
def test_a_block_is_shown_as_on_a_page_and_nothing_is_stored(
    look: Any, kind: str, fields: dict[str, str], shown: str
) -> None:
    answer = look(kind, **fields).json()
    assert shown in answer["html"]
    assert "<script" not in answer["html"]
    assert answer["errors"] == {}
    assert not MarkupResult.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields", "field", "message"),
    [
        ("code", {**CODE, "language": "pyton"}, "language", "Did you mean python?"),
        ("code", {**CODE, "language": "qqq", "code": ""}, "language", "Choose one of the list"),
        ("code", {**CODE, "language": "", "highlight": "all"}, "highlight", "Write line numbers"),
        ("math", {"tex": r"\frac{"}, "tex", "Readers see its TeX"),
        ("embed", {**EMBED, "url": "https://films.example/1"}, "url", "Nothing can be shown"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    look: Any, kind: str, fields: dict[str, str], field: str, message: str
) -> None:
    errors = look(kind, **fields).json()["errors"]
    assert list(errors) == [field]
    assert message in errors[field]


def test_languages_without_colours_and_empty_blocks_are_fine(look: Any) -> None:
    for language in ("", "text", "mermaid", "C++"):
        assert look("code", **CODE, language=language).json()["errors"] == {}
    assert look("embed", **EMBED, url="").json() == {"html": "", "errors": {}}
    assert look("html", source="<b>").status_code == 400


def test_fields_say_what_belongs_there() -> None:
    packed = str(JSContext().pack(BodyBlocks()))
    for words in ("Write a caption", "Write a heading", "Describe the picture", "Write or paste the code", "E = mc^2"):
        assert words in packed, words
    assert "code-languages" in packed


@pytest.mark.parametrize(("source", "is_drawn"), [("digraph { ebb -> flood }", True), ("digraph { ebb -> ", False)])
def test_a_diagram_that_cannot_be_drawn_is_said_at_its_code(
    look: Any, monkeypatch: pytest.MonkeyPatch, source: str, is_drawn: bool
) -> None:
    monkeypatch.setattr("portfolio.admin.editor.block_look.renderer", lambda program: ["dot"])
    draw = lambda text, program: "<svg></svg>" if text.strip().endswith("}") else ""  # noqa: E731
    monkeypatch.setattr("portfolio.blocks.markup_cache._draw_diagram", [draw])
    answer = look("code", **{**CODE, "code": source, "language": "dot"}).json()
    assert ("code" in answer["errors"]) is not is_drawn
    assert ("<svg" in answer["html"]) is is_drawn
