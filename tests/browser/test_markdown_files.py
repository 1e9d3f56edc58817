"""Files and lists in the Markdown of a body: what is dropped is asked for its alt text, what was typed stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.admin_window import AdminWindow
from tests.browser.test_clipboard import body, kinds, paste, png


@pytest.fixture
def admin(sign_in: Callable[..., AdminWindow]) -> AdminWindow:
    admin = sign_in("moderator")
    admin.begin("Post", "Blog post")
    return admin


@pytest.fixture
def markdown(admin: AdminWindow) -> Locator:
    admin.page.get_by_role("button", name="Markdown", exact=True).click()
    field = admin.page.get_by_role("textbox", name="Body as Markdown")
    expect(field).to_be_focused()
    return field


def test_files_dropped_into_markdown(admin: AdminWindow, markdown: Locator) -> None:
    problems = admin.page.locator(".body-markdown-problems")
    markdown.evaluate("field => { field.dataset.drop = '1' }")
    markdown.fill("Words.")
    paste(markdown, files=[("one.png", "image/png", png("crimson")), ("a.txt", "text/plain", "YQ==")])
    expect(problems).to_contain_text("a.txt is not a picture")
    expect(markdown).to_have_value(re.compile(r"^Words\.\n\n!\[\]\(/media/\S+\)\n\n$"))
    expect(problems).to_contain_text("Line 3: the picture has no alt text")
    expect(problems).to_contain_text("a.txt is not a picture")  # still, beside it

    admin.page.keyboard.type("A red field")  # the cursor stands between the brackets
    expect(markdown).to_have_value(re.compile(r"!\[A red field\]\("))
    expect(problems).to_be_hidden()
    paste(markdown, files=[(f"{colour}.png", "image/png", png(colour)) for colour in ("tomato", "peru")])
    expect(markdown).to_have_value(re.compile(r"field\]\(\S+\)(\n\n!\[\]\(\S+\)){2}\n\n$"))
    admin.page.get_by_role("button", name="Blocks", exact=True).click()
    expect(markdown).to_be_hidden()
    assert kinds(admin) == ["text", "image", "image", "image"]
    pictures = body(admin).get_by_role("region", name="Image", exact=True)
    expect(pictures.first.get_by_role("textbox", name="Alt text")).to_have_value("A red field")
    expect(pictures.nth(1).get_by_role("checkbox", name="Decorative")).not_to_be_checked()


def test_text_beside_a_picture_of_it_is_pasted_as_text(admin: AdminWindow, markdown: Locator) -> None:
    paste(markdown, text="Mon\t3", files=[("image.png", "image/png", png("crimson"))])
    expect(admin.page.locator(".body-markdown-problems")).to_be_hidden()
    expect(markdown).to_have_value("")  # the browser pastes it, which a script cannot make it do


def test_what_was_typed_is_there_again(admin: AdminWindow, markdown: Locator) -> None:
    typed = '1) one\n2) "two" -- it\'s\n\n* star\n'
    markdown.fill(typed)
    admin.page.get_by_role("button", name="Blocks", exact=True).click()
    expect(markdown).to_be_hidden()
    admin.page.get_by_role("button", name="Markdown", exact=True).click()
    expect(markdown).to_have_value(typed)
    admin.page.get_by_role("button", name="Blocks", exact=True).click()
    admin.add_block("Divider")
    admin.page.get_by_role("button", name="Markdown", exact=True).click()
    expect(markdown).to_have_value(re.compile(r'^1\. one\n2\. "two" -- it\'s\n'))
