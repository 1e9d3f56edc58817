"""Writing by keyboard: Enter goes on, starts of lines become blocks, a deleted block comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.admin_window import AdminWindow
from tests.browser.test_clipboard import body, kinds, note

# The fields of a body as the form would send them, and its blocks as they are stored.
FIELDS = """form => ({
    fields: [...new FormData(form)].filter(([name]) => name.startsWith("body-")),
    blocks: document.querySelector("#body-root").rootBlock.states(),
})"""


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
    expect(body(admin).get_by_role("combobox", name="Language")).to_have_value("python")
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


def test_a_body_is_blocks_and_markdown_in_turn(sign_in: Callable[[str], AdminWindow]) -> None:
    admin = sign_in("moderator")
    admin.open_page("Listening to the seabed")
    admin.wait_for_autosave()
    form = admin.page.locator("form[data-edit-form]")
    as_blocks = admin.page.get_by_role("button", name="Blocks", exact=True)
    as_markdown = admin.page.get_by_role("button", name="Markdown", exact=True)
    markdown = admin.page.get_by_role("textbox", name="Body as Markdown")
    before = form.evaluate(FIELDS)
    as_markdown.press("Enter")
    expect(markdown).to_be_focused()
    text = markdown.input_value()
    as_blocks.press("Enter")
    expect(markdown).to_be_hidden()
    assert form.evaluate(FIELDS) == before  # there and back changes nothing
    expect(form).to_have_attribute("data-w-unsaved-force-value", "false")

    # What is not saved yet goes with the switch, in either direction, and into the preview.
    as_markdown.press("Enter")
    markdown.fill(f"**Unsaved** words.\n\n{text}")
    expect(admin.page.get_by_role("link", name=re.compile("^Unsaved words")).first).to_be_attached()  # in the minimap
    preview = admin.preview()
    expect(preview.get_by_text("Unsaved words.")).to_be_visible()
    admin.click(admin.page.get_by_role("button", name="Toggle preview"))
    as_blocks.press("Enter")
    expect(markdown).to_be_hidden()
    expect(body(admin).get_by_role("textbox").first).to_have_text("Unsaved words.")
    assert kinds(admin)[1:] == [field["type"] for field in before["blocks"]]

    # A text with an error is kept, says where it is, and is not sent.
    as_markdown.press("Enter")
    expect(markdown).to_have_value(f"**Unsaved** words.\n\n{text}")
    wrong = "Low.\n\n<!-- block 99999999 (table): edit it in the form -->\n"
    markdown.fill(wrong)
    for attempt in (as_blocks.click, lambda: admin.act("Save draft")):
        attempt()
        expect(admin.page.locator(".body-markdown-problems")).to_be_focused()
        admin.page.get_by_role("button", name="Line 3").click()
        expect(markdown).to_be_focused()
    expect(markdown).to_have_value(wrong)
    expect(admin.page.locator(".body-markdown-problems")).to_contain_text("Not saved")
    expect(admin.page.get_by_text("Autosave is paused")).to_be_visible()
    markdown.fill(text)
    as_blocks.click()
    expect(markdown).to_be_hidden()
    assert form.evaluate(FIELDS)["blocks"] == before["blocks"]

    # What is written and switched away from at once is stored too, whatever autosave is doing meanwhile.
    for pause in (600, 100):
        expect(form).to_have_attribute("data-w-unsaved-force-value", "false")
        as_markdown.click()
        expect(markdown).to_be_focused()
        markdown.press("Control+End")
        admin.page.keyboard.type(f" Gone after {pause}?")
        admin.page.wait_for_timeout(pause)
        as_blocks.click()
        expect(markdown).to_be_hidden()
        expect(form).to_have_attribute("data-w-unsaved-force-value", "false")
        expect(admin.page.get_by_text("Saved", exact=True)).to_be_visible()
        admin.page.reload()
        admin.wait_for_autosave()
        assert f"Gone after {pause}?" in str(form.evaluate(FIELDS)["fields"])
