"""The page's form with a block of an unknown type: shown as it is stored, offered to nobody, kept by a save."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.admin_window import AdminWindow
from tests.running_site import RunningSite

STORED = [
    {"type": "text", "value": "<p>It fell.</p>", "id": "fell"},
    {"type": "carousel", "value": {"slides": [1, 2]}, "id": "carousel-1"},
]
MAKE_PAGE = f"""
import json
from datetime import datetime, UTC
from blog.models import BlogIndexPage, BlogPage
body = {json.dumps(json.dumps(STORED))}
page = BlogPage(title="Carousel", slug="carousel", date=datetime(2024, 1, 1, tzinfo=UTC), body=body)
BlogIndexPage.objects.get().add_child(instance=page)
page.save_revision().publish()
print(page.pk)
"""
SHOW_BODY = """
import json
from blog.models import BlogPage
print(json.dumps(BlogPage.objects.get(slug="carousel").get_latest_revision().content["body"]))
"""


def test_the_form_shows_an_unknown_block_and_keeps_it(site: RunningSite, sign_in: Callable[[str], AdminWindow]) -> None:
    key = site.manage("shell", "--verbosity", "0", "-c", MAKE_PAGE).strip()
    editor = sign_in("moderator")
    editor.page.goto(f"/admin/pages/{key}/edit/")
    editor.settle()
    body = editor.page.get_by_role("region", name="Body", exact=True)
    field = body.locator("textarea[readonly]")
    expect(field).to_have_value(json.dumps({"type": "carousel", "value": {"slides": [1, 2]}}))
    blocks = editor.open_blocks()
    expect(blocks.get_by_role("option", name="Text", exact=True)).to_be_visible()
    expect(blocks.get_by_role("option", name="Unknown block")).to_have_count(0)
    editor.page.keyboard.press("Escape")
    editor.title("Carousel, again")
    editor.act("Save draft")
    expect(editor.said()).to_contain_text("Carousel")
    stored = json.loads(json.loads(site.manage("shell", "--verbosity", "0", "-c", SHOW_BODY)))
    assert stored[1] == STORED[1]
