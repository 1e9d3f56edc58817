"""The Content-Security-Policy of each part of the site, obeyed by a browser that people work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.admin_window import AdminWindow

# A browser tells some violations on its console and some to the page only.
LISTEN = """addEventListener('securitypolicyviolation', event => {
  console.warn(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`)
})"""


class Watch:
    """What a window's pages did against their policies."""

    def __init__(self, context: BrowserContext) -> None:
        self.found: list[str] = []
        context.add_init_script(LISTEN)
        context.on("console", lambda message: self.note(message.text))

    def note(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.found.append(text)


@pytest.fixture
def watched(windows: Callable[[], Page]) -> Iterator[tuple[Page, Watch]]:
    page = windows()
    watch = Watch(page.context)
    yield page, watch
    assert watch.found == []


def test_sign_in_and_password_reset_work_under_the_strictest_policy(watched: tuple[Page, Watch], staff: None) -> None:
    page, _ = watched
    for address in ("/admin/password_reset/", "/admin/login/"):
        answer = page.goto(address)
        assert answer
        assert "unsafe" not in answer.headers["content-security-policy"]
        page.wait_for_load_state("networkidle")
    AdminWindow(page, "editor")


def test_an_editor_works_without_meeting_the_policy(watched: tuple[Page, Watch], staff: None, tmp_path: Path) -> None:
    page, watch = watched
    picture = tmp_path / "sluice.png"
    # No other test uploads this colour: the dialog would ask about an equal picture.
    Image.new("RGB", (1200, 700), (30, 90, 110)).save(picture)
    owner = AdminWindow(page, "owner")
    owner.add_page("Blog", "Blog post")
    owner.title("Sluice gates")
    owner.write(owner.add_block("Text"), "The gate opens at noon.")
    block = owner.add_block("Image")
    owner.click(block.get_by_role("button", name="Choose an image"))
    dialog = page.get_by_role("dialog")
    owner.click(dialog.get_by_role("tab", name="Upload"))
    dialog.locator("input[type=file]").set_input_files(picture)
    owner.fill(dialog.get_by_role("textbox", name="Title"), "Sluice")
    owner.click(dialog.get_by_role("button", name="Upload"))
    expect(dialog).to_be_hidden()
    owner.fill(block.get_by_role("textbox", name="Alt text"), "A sluice, closed")
    preview = owner.preview()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Sluice gates")
    owner.click(page.get_by_role("button", name="Toggle checks"))
    page.wait_for_timeout(1500)
    owner.publish()
    for address in (
        *(
            "/admin/",
            "/admin/pages/",
            "/admin/images/",
            "/admin/images/add/",
            "/admin/documents/add/",
            "/admin/reports/",
        ),
        *("/admin/settings/portfolio/sitesettings/", "/admin/account/", "/admin/users/", "/admin/workflows/list/"),
        *("/blog/sluice-gates/", "/"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert watch.found == []
