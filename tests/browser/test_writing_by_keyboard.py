"""Writing by keyboard: Enter goes on, starts of lines become blocks, a deleted block comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.admin_window import AdminWindow
from tests.browser.test_clipboard import body, kinds, note


def test_a_post_is_written_without_the_mouse(sign_in: Callable[[str], AdminWindow]) -> None:
    admin = sign_in("moderator")
    admin.begin("Post", "Blog post")
    keys = admin.page.keyboard
    start = body(admin).get_by_role("button", name="Write here, or paste from anywhere")
    expect(start).to_be_visible()

    admin.page.locator("#id_title").focus()
    keys.type("Low water")
    keys.press("Enter")
    expect(start).to_be_hidden()
    keys.type("First line")
    keys.press("Enter")
    keys.type("## ")
    keys.type("Why it fell")
    keys.press("Enter")
    keys.type("```python")
    keys.press("Enter")
    keys.type("depth = 0")
    assert kinds(admin) == ["text", "heading", "code"]
    expect(body(admin).get_by_role("textbox").first).to_have_text("First line")
    heading = body(admin).locator("input[name$='-value-text']")
    expect(heading).to_have_value("Why it fell")
    expect(body(admin).get_by_role("textbox", name="Language")).to_have_value("python")
    expect(body(admin).get_by_role("textbox", name="Code")).to_have_value("depth = 0")

    # After a heading comes a text, and what a start became is text again with the same keys as any change.
    heading.press("Enter")
    keys.type("> ")
    keys.press("Control+z")
    assert kinds(admin) == ["text", "heading", "text", "code"]
    keys.press("Backspace")
    keys.type("---")
    keys.type("$$")
    assert kinds(admin) == ["text", "heading", "divider", "math", "code"]

    code = admin.page.locator("[data-streamfield-child]").filter(
        has=admin.page.locator("textarea[name$='-value-code']")
    )
    code.locator("button[title='Delete']").click()
    expect(note(admin.page)).to_contain_text("Code deleted.")
    assert kinds(admin) == ["text", "heading", "divider", "math"]
    keys.press("Control+z")
    assert kinds(admin) == ["text", "heading", "divider", "math", "code"]
    expect(body(admin).get_by_role("textbox", name="Code")).to_have_value("depth = 0")
    first = body(admin).get_by_role("region", name="Text").first
    first.get_by_role("button", name="Delete").click()
    note(admin.page).get_by_role("button", name="Undo").press("Enter")
    expect(body(admin).get_by_role("textbox").first).to_have_text("First line")
    expect(admin.page).not_to_have_url(re.compile("action-publish"))
