"""Writing and publishing as people meet it who have never seen Wagtail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.admin_window import SIGN_IN_STEPS, AdminWindow

FORBIDDEN_TO_EDITORS = {
    "settings": "/admin/settings/portfolio/sitesettings/",
    "users": "/admin/users/",
    "groups": "/admin/groups/",
    "redirects": "/admin/redirects/",
    "sites": "/admin/sites/",
    "workflows": "/admin/workflows/list/",
}
DENIED = "Sorry, you do not have permission to access this area."


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "hinge.png"
    Image.new("RGB", (1200, 700), (140, 70, 30)).save(path)
    return path


def test_editor_writes_a_post_and_a_moderator_publishes_it(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page], picture: Path
) -> None:
    reader = windows()
    editor = sign_in("editor")
    editor.add_page("Blog", "Blog post")
    editor.title("Rust on the hinge")
    editor.write(editor.add_block("Text"), "The lower hinge rusts first.")
    code = editor.add_block("Code")
    editor.fill(code.get_by_role("combobox", name="Language"), "python")
    editor.fill(code.get_by_role("textbox", name="Code"), "def rust(years):\n    return years * 2\n")
    quote = editor.add_block("Quote")
    editor.write(quote, "Salt is patient.")
    editor.fill(quote.get_by_role("textbox", name="Source"), "Tor, who oils it")
    upload(editor, picture, title="Hinge", alt="A hinge, brown with rust")

    preview = editor.preview()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Rust on the hinge")
    expect(preview.get_by_role("img", name="A hinge, brown with rust")).to_be_visible()

    editor.act("Save draft")
    expect(editor.said()).to_contain_text("Rust on the hinge")
    assert reader.request.get("/blog/rust-on-the-hinge/").status == 404
    expect(editor.page.get_by_role("button", name="Publish")).to_have_count(0)
    editor.act("Submit for review")
    expect(editor.said()).to_contain_text("has been submitted for moderation")
    assert reader.request.get("/blog/rust-on-the-hinge/").status == 404

    moderator = sign_in("moderator")
    waiting = moderator.page.get_by_role("region", name="Awaiting your review")
    moderator.click(waiting.get_by_role("link", name="Rust on the hinge"))
    moderator.act("Approve and publish")
    moderator.click(moderator.page.get_by_role("button", name="Approve and publish now"))
    row = moderator.page.get_by_role("row").filter(has_text="Rust on the hinge")
    expect(row.get_by_role("link", name="Current page status: live")).to_be_visible()

    reader.goto("/blog/")
    reader.get_by_role("link", name="Rust on the hinge").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Rust on the hinge")
    expect(reader.get_by_text("The lower hinge rusts first.")).to_be_visible()
    expect(reader.locator("blockquote")).to_contain_text("Salt is patient.")
    expect(reader.get_by_text("Tor, who oils it")).to_be_visible()
    expect(reader.locator("pre code .k").first).to_have_text("def")
    shown = reader.get_by_role("img", name="A hinge, brown with rust")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize("name", ["moderator", "owner"])
def test_a_post_is_published_in_at_most_six_steps_after_signing_in(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page], name: str
) -> None:
    admin = sign_in(name)
    admin.click(admin.page.get_by_role("link", name="Write a post"))
    admin.settle()
    admin.title(f"Low water at six, says the {name}")
    admin.press("Enter")
    admin.type("Nobody was there to see it.")
    admin.publish()

    reader = windows()
    reader.goto(f"/blog/low-water-at-six-says-the-{name}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(f"Low water at six, says the {name}")
    expect(reader.get_by_text("Nobody was there to see it.")).to_be_visible()
    assert admin.steps - SIGN_IN_STEPS <= 6


def test_a_category_and_an_author_are_made_on_the_form_of_a_post(sign_in: Callable[[str], AdminWindow]) -> None:
    editor = sign_in("editor")
    editor.begin("Post", "Blog post")
    editor.title("Samphire")
    editor.page.get_by_role("tab", name="Details").click()
    category = editor.page.get_by_role("textbox", name="New category")
    for _ in range(2):  # the second time it is there already
        category.fill("Salt marshes")
        category.press("Enter")
        expect(editor.page.get_by_text("Salt marshes is ticked.")).to_be_visible()
        expect(category).to_have_value("")
    editor.page.get_by_role("textbox", name="New author").fill("Ilse Brandt")
    editor.page.get_by_role("button", name="Add author").click()
    expect(editor.page.get_by_role("checkbox", name="Ilse Brandt")).to_be_checked()
    expect(editor.page.get_by_role("heading", name="New: Blog post")).to_be_visible()  # nothing was submitted
    editor.act("Save draft")
    expect(editor.said()).to_contain_text("Samphire")
    editor.page.get_by_role("tab", name="Details").click()
    for name in ("Salt marshes", "Ilse Brandt"):
        expect(editor.page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()


def test_editor_is_kept_out_of_what_is_not_writing(sign_in: Callable[[str], AdminWindow]) -> None:
    editor = sign_in("editor")
    for name, address in FORBIDDEN_TO_EDITORS.items():
        editor.page.goto(address)
        expect(editor.said(), name).to_contain_text(DENIED)
        assert editor.page.url.endswith("/admin/"), name
    expect(editor.page.get_by_role("button", name="Settings")).to_have_count(0)


def test_every_block_is_in_a_group_and_says_what_it_is_for(sign_in: Callable[[str], AdminWindow]) -> None:
    editor = sign_in("editor")
    editor.add_page("Blog", "Blog post")
    blocks = editor.open_blocks()

    for group in ("Text", "Interview", "Media", "Technical", "As written"):
        expect(blocks.locator(".w-combobox__optgroup-label").get_by_text(group, exact=True)).to_be_visible()
    names = blocks.get_by_role("option").all_inner_texts()
    assert len(names) == 15
    told = set()
    for name, eye in zip(names, blocks.get_by_role("button", name="Preview").all(), strict=True):
        eye.click()
        beside = editor.page.locator(".w-combobox-preview")
        expect(beside.locator(".w-combobox-preview__label")).to_have_text(name)
        told.add(beside.locator(".w-combobox-preview__description").inner_text())
    assert len(told) == len(names), "each block has words of its own"
    assert "" not in told


@pytest.mark.parametrize(
    ("section", "title", "heading"),
    [
        ("Blog", "Mara Lindqvist: “A tide is a kind of clock”", re.compile("A tide is a kind of clock")),
        ("Experience", "Survey assistant at Brackwater Survey", re.compile("Brackwater Survey")),
    ],
)
def test_panel_shows_an_interview_and_a_role_as_readers_see_them(
    sign_in: Callable[[str], AdminWindow], section: str, title: str, heading: re.Pattern[str]
) -> None:
    owner = sign_in("owner")
    owner.open_section(section)
    owner.click(owner.page.get_by_role("main").get_by_role("link", name=title, exact=True))
    preview = owner.preview()

    expect(preview.get_by_role("heading", level=1)).to_have_text(heading)
    expect(preview.get_by_role("main").get_by_role("article")).to_be_visible()


def test_embed_from_an_unknown_site_is_refused_with_advice(sign_in: Callable[[str], AdminWindow]) -> None:
    editor = sign_in("editor")
    editor.add_page("Blog", "Blog post")
    editor.title("A film of the hinge")
    embed = editor.add_block("Embed")
    editor.fill(embed.get_by_role("textbox", name="Address"), "https://films.example/hinge")
    editor.act("Save draft")

    expect(editor.page.get_by_text("Use the https address of a YouTube, Vimeo or CodePen page")).to_be_visible()


def test_period_that_cannot_be_read_is_refused_with_examples(sign_in: Callable[[str], AdminWindow]) -> None:
    owner = sign_in("owner")
    owner.add_page("Experience", "Experience entry")
    owner.title("Keeper of the sluice")
    owner.fill(owner.page.get_by_role("textbox", name="Period"), "a long while ago")
    owner.act("Save draft")

    expect(owner.page.get_by_text("Write years, or months and years, with a dash between")).to_be_visible()


def upload(admin: AdminWindow, picture: Path, *, title: str, alt: str) -> None:
    """Add an image block with a new picture."""
    block = admin.add_block("Image")
    admin.click(block.get_by_role("button", name="Choose an image"))
    chooser = admin.page.get_by_role("dialog")
    admin.click(chooser.get_by_role("tab", name="Upload"))
    chooser.get_by_label("File").set_input_files(picture)
    expect(chooser.get_by_label("Title")).to_have_value(picture.stem)  # taken from the file's name
    admin.fill(chooser.get_by_label("Title"), title)
    admin.click(chooser.get_by_role("button", name="Upload"))
    expect(chooser).to_have_count(0)
    admin.fill(block.get_by_role("textbox", name="Alt text"), alt)
