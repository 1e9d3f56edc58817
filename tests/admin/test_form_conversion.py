"""Switching the body of a form between blocks and Markdown: what the server makes of either, without storing it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portfolio.models import StandardPage
from tests import builders

pytestmark = pytest.mark.django_db

UNKNOWN = {"type": "poll", "value": {"question": "High or low?"}}
ADDRESS = "https://player.vimeo.com/video/123456"
CAPTION = rich_text("<p>Ebb</p>")
BLOCKS: list[tuple[str, Any]] = [
    ("text", rich_text("<p>It fell.</p><ul><li>by night</li></ul>")),
    ("text", rich_text("<p></p>")),
    ("heading", {"text": "Why", "level": "2"}),
    ("code", {"language": "python", "code": "depth = 0", "title": "", "highlight": ""}),
    ("embed", {"url": ADDRESS, "title": "", "caption": CAPTION, "height": "", "width": ""}),
    ("unknown", json.dumps(UNKNOWN)),
    ("text", rich_text("<p>It rose.</p>")),
]
IDS = [f"0000000{number}-aaaa" for number in range(len(BLOCKS))]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(builders.user("Editors"))
    return client


def body(blocks: list[tuple[str, Any]] = BLOCKS) -> dict[str, str]:
    """The fields of a body as the form has them."""
    stream = streamfield(blocks)
    for number in range(len(blocks)):
        stream[str(number)]["id"] = IDS[number]
    return nested_form_data({"body": stream})


def as_markdown(client: Client, **changed: str) -> str:
    return client.post(reverse("body_as_markdown"), body() | changed).json()["text"]


def as_blocks(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("text.md", text.encode())
    return client.post(reverse("body_as_blocks"), {**body(), "text": file})


def test_an_untouched_text_keeps_every_block_that_holds_something(editor: Client) -> None:
    text = as_markdown(editor)
    assert text.startswith("It fell.\n\n- by night\n\n## Why\n\n```python\ndepth = 0\n```\n\n<!-- block 00000004-aaaa")
    assert as_blocks(editor, text).json() == {
        "blocks": [{"kept": number} for number in (0, 2, 3, 4, 5, 6)],
        "notes": [],
        "invalid": [],
    }


def test_only_what_was_edited_or_moved_changes(editor: Client) -> None:
    text = as_markdown(editor).replace("It rose.", "It **stood**.").replace("## Why\n\n", "") + "\n## Why\n"
    blocks = as_blocks(editor, text).json()["blocks"]
    assert blocks[:4] + blocks[5:] == [{"kept": number} for number in (0, 3, 4, 5, 2)]
    assert (blocks[4]["type"], blocks[4]["id"]) == ("text", IDS[6])  # comments and history follow it
    words = json.loads(blocks[4]["value"])["blocks"][0]
    assert (words["text"], words["inlineStyleRanges"][0]["style"]) == ("It stood.", "BOLD")


def test_a_text_that_cannot_be_read_says_where(editor: Client) -> None:
    answer = as_blocks(editor, "Low.\n\n<!-- block 99999999 (table): edit it in the form -->\n")
    assert answer.status_code == 422
    assert answer.json()["errors"] == ["Line 3: This line stands for a block that is no longer on this page."]


def test_a_block_that_the_form_will_refuse_is_named_and_still_there(editor: Client) -> None:
    answer = as_blocks(editor, f"Low.\n\n## {'W' * 301}\n").json()
    assert [block["type"] for block in answer["blocks"]] == ["text", "heading"]
    assert answer["invalid"][0].startswith("Line 3: heading: ")


def test_nothing_else_is_read_and_nothing_is_stored(editor: Client) -> None:
    count = StandardPage.objects.count()
    assert editor.post(reverse("body_as_markdown"), {"body-count": "2"}).status_code == 400
    assert editor.post(reverse("body_as_markdown"), body() | {"body-count": "x"}).status_code == 400
    assert editor.get(reverse("body_as_markdown")).status_code == 405
    assert StandardPage.objects.count() == count


def test_empty_blocks_of_a_page_just_begun_have_a_text(editor: Client) -> None:
    empty = [
        ("quote", {"text": rich_text(""), "attribution": "", "url": ""}),
        ("code", {"language": "", "code": "", "title": "", "highlight": ""}),
        ("math", {"tex": ""}),
        ("image", {"image": {"image": "", "alt_text": ""}, "caption": rich_text(""), "credit": "", "size": "column",
                   "align": "", "link": "", "title": ""}),
    ]  # fmt: skip
    answer = editor.post(reverse("body_as_markdown"), body(empty))
    assert answer.status_code == 200
