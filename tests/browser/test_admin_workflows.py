"""Editors at work in the admin: pasting, scheduling, moving a page, importing a site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.admin_window import AdminWindow
from tests.browser.test_autosave import is_autosave, is_store
from tests.running_site import ROOT, RunningSite, running_site

DEMO_INTERVIEW = ROOT / "demo" / "_interviews" / "a-tide-is-a-kind-of-clock.txt"
SEEDS = ROOT.parent / "shared" / "seeds" / "site" / "_interviews"
SEED_INTERVIEW = SEEDS / "machine-learning-engineer-the-job-of-a-problem-solver.txt"
INDICATOR = "#w-autosave-indicator"
ASIDE = "A gull walked across the table."
PASTED = """---
title: What the gauge said
---

The gauge stood **dry** at noon.

## Why it was dry

- The pipe was blocked.
- Nobody had looked.

```python
depth = 0
```

> It is never the gauge.

| hour | depth |
| ---- | ----- |
| 12   | 0     |
"""


@pytest.mark.parametrize(
    ("file", "questions"),
    [
        (DEMO_INTERVIEW, 7),
        pytest.param(
            SEED_INTERVIEW,
            9,
            marks=pytest.mark.skipif(not SEED_INTERVIEW.is_file(), reason="it lies beside the repository, not in it"),
        ),
    ],
    ids=["demo", "seed"],
)
def test_an_interview_is_pasted_corrected_with_a_click_and_published(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page], file: Path, questions: int
) -> None:
    """A remark between two turns looks like a question; the editor says that it is to be left out."""
    text = file.read_text("utf-8").replace("\n\nPhotos:", f"\n\n{ASIDE}\n\nPhotos:")
    title = text.partition("\n")[0] + " Told again"
    text = text.replace(text.partition("\n")[0], title)
    admin = sign_in("moderator")
    admin.choose("Write", "Interview from text")
    admin.fill(admin.page.get_by_label("The interview"), text)
    parts = admin.page.locator("#recognised-parts")
    part = parts.locator(".part").filter(has_text=ASIDE)
    wrong = part.get_by_role("combobox")
    expect(wrong).not_to_have_value("boilerplate")
    wrong.select_option(label="Leave out")
    expect(part).to_contain_text("corrected by you")
    expect(parts).to_contain_text(f"{questions} questions with answers")
    admin.click(parts.get_by_role("button", name="Create draft"))

    expect(admin.page.get_by_text("is a draft now. Look it over, then publish it.")).to_be_visible()
    expect(admin.page.get_by_role("textbox", name="Title", exact=False).first).to_have_value(title)
    admin.publish()
    reader = windows()
    admin.read_by(reader)
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.locator("[data-article-body] .exchange")).to_have_count(questions)
    expect(reader.get_by_role("article")).not_to_contain_text(ASIDE)


def test_markdown_pasted_into_a_body_becomes_blocks_and_is_saved_by_itself(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page]
) -> None:
    refused: list[str] = []
    admin = sign_in("moderator")
    admin.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    for _ in range(2):  # the second has the title of the first
        admin.begin("Post", "Blog post")
        part = admin.add_block("Text")
        with admin.page.expect_response(is_autosave) as saved:
            paste(part, PASTED)
        expect(admin.page.get_by_text("Pasted as 6 blocks.")).to_be_visible()
        assert saved.value.json()["success"]
        expect(admin.page.locator(INDICATOR)).to_have_attribute("data-w-autosave-state-value", "saved")
        expect(admin.page).to_have_url(re.compile("/edit/"))
    body = admin.page.get_by_role("region", name="Body", exact=True)
    for kind in ("Text", "Heading", "Code", "Quote", "Table"):
        expect(body.get_by_role("region", name=kind).first).to_be_visible()
    assert refused == []
    admin.publish()

    reader = windows()
    admin.read_by(reader)
    expect(reader).to_have_url(re.compile("/blog/what-the-gauge-said-[0-9]+/$"))
    expect(reader.get_by_role("heading", name="Why it was dry")).to_be_visible()
    expect(reader.get_by_role("cell", name="12")).to_be_visible()
    expect(reader.locator("pre code .n").first).to_have_text("depth")


def test_nothing_is_tried_or_said_before_a_new_page_has_a_title(sign_in: Callable[[str], AdminWindow]) -> None:
    tried: list[str] = []
    admin = sign_in("moderator")
    admin.page.on("request", lambda request: tried.append(request.url) if is_store(request) else None)
    admin.begin("Post", "Blog post")
    paste(admin.add_block("Text"), PASTED[PASTED.index("The gauge") :])
    expect(admin.page.get_by_text("Pasted as 6 blocks.")).to_be_visible()
    expect(admin.page.locator("form[data-edit-form]")).to_have_attribute("data-w-unsaved-has-edits-value", "true")
    expect(admin.page.locator(INDICATOR)).not_to_have_attribute(
        "data-w-autosave-state-value", re.compile("saving|paused")
    )
    assert tried == []
    with admin.page.expect_response(is_autosave) as saved:
        admin.title("A title at last")
    assert saved.value.json()["success"]


def test_a_body_is_edited_as_markdown_and_the_version_before_is_kept(sign_in: Callable[[str], AdminWindow]) -> None:
    admin = sign_in("moderator")
    admin.choose("Write", "Post from Markdown")
    admin.fill(admin.page.get_by_label("Markdown"), PASTED.replace("What the gauge said", "Edited as text"))
    admin.click(admin.page.get_by_role("button", name="Create draft"))
    expect(admin.page.get_by_text("“Edited as text” is a draft now.")).to_be_visible()

    admin.page_menu("Edit as Markdown")
    field = admin.page.get_by_label("Markdown")
    before = field.input_value()
    assert "## Why it was dry" in before
    admin.fill(field, before.replace("Nobody had looked.", "Nobody had asked."))
    admin.click(admin.page.get_by_role("button", name="Save as draft"))
    expect(admin.page.get_by_text("The new text of “Edited as text” is saved as a draft.")).to_be_visible()
    body = admin.page.get_by_role("region", name="Body", exact=True)
    expect(body.get_by_text("Nobody had asked.", exact=True)).to_be_visible()

    admin.page_menu("Edit as Markdown")
    assert field.input_value() == before.replace("Nobody had looked.", "Nobody had asked.")
    admin.click(admin.page.get_by_role("link", name="Back without saving"))
    admin.page_menu("History")
    rows = admin.page.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="Edited as Markdown")).to_have_count(1)
    expect(rows).to_have_count(3)  # the heading, the first version, the edited one


def test_a_scheduled_post_goes_live_when_its_hour_has_come(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page], site: RunningSite
) -> None:
    reader, admin = windows(), sign_in("moderator")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    admin.begin("Post", "Blog post")
    admin.title("Tomorrow at low water")
    admin.write(admin.add_block("Text"), "The causeway is dry by then.")
    admin.schedule(tomorrow)
    admin.act("Schedule to publish")
    admin.click(admin.page.get_by_role("button", name="Schedule", exact=True))
    expect(admin.said()).to_contain_text("'Tomorrow at low water' has been scheduled for publishing")
    assert reader.request.get("/blog/tomorrow-at-low-water/").status == 404
    admin.page.goto("/admin/")
    waiting = admin.page.get_by_role("region", name="To do")
    expect(waiting.get_by_role("link", name="Tomorrow at low water")).to_be_visible()

    site.manage("publish_scheduled")
    assert reader.request.get("/blog/tomorrow-at-low-water/").status == 404
    site.manage_at(tomorrow + timedelta(minutes=1), "publish_scheduled")
    reader.goto("/blog/tomorrow-at-low-water/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Tomorrow at low water")
    expect(reader.get_by_text("The causeway is dry by then.")).to_be_visible()


def test_old_addresses_lead_to_a_page_that_was_moved_or_renamed_and_the_editor_is_told(
    sign_in: Callable[[str], AdminWindow], windows: Callable[[], Page]
) -> None:
    reader, admin = windows(), sign_in("moderator")
    for title in ("Harbour", "Slipway"):
        admin.begin("Plain page", "Page")
        admin.title(title)
        admin.publish()
    admin.page.goto("/admin/")
    admin.open_page("Slipway")
    admin.page_menu("Move")
    admin.settle()
    admin.click(admin.page.get_by_role("main").get_by_role("button", name="Actions"))
    admin.click(admin.page.get_by_role("button", name="Choose another page"))
    chooser = admin.page.get_by_role("dialog")
    admin.fill(chooser.get_by_placeholder("Search"), "Harbour")
    admin.click(chooser.get_by_role("link", name="Harbour", exact=True))
    expect(chooser).to_have_count(0)
    admin.click(admin.page.get_by_role("button", name="Confirm"))
    admin.click(admin.page.get_by_role("button", name="Yes, move this page"))
    expect(admin.page.get_by_text("The old address /slipway now redirects to the new one.")).to_be_visible()
    reader.goto("/slipway/")
    expect(reader).to_have_url(re.compile("/harbour/slipway/$"))

    admin.open_page("Harbour")
    admin.click(admin.page.get_by_role("tab", name="Address and search"))
    slug = admin.page.get_by_role("textbox", name="Address")
    admin.fill(slug, "quay")
    slug.blur()
    admin.act("Publish")
    expect(admin.page.get_by_text("2 old addresses now redirect to the new ones")).to_be_visible()
    for old, new in (("/harbour/", "/quay/"), ("/harbour/slipway/", "/quay/slipway/"), ("/slipway/", "/quay/slipway/")):
        reader.goto(old)
        expect(reader).to_have_url(re.compile(new + "$"))


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("empty"), demo=False) as running:
        running.make_users({"moderator": "Moderators"})
        yield running


@pytest.fixture
def admin_of_empty_site(browser: Browser, empty_site: RunningSite) -> Iterator[AdminWindow]:
    context = browser.new_context(base_url=empty_site.url, viewport={"width": 1280, "height": 900})
    yield AdminWindow(context.new_page(), "moderator")
    context.close()


def test_a_site_is_tried_applied_edited_imported_again_and_taken_back(
    admin_of_empty_site: AdminWindow, browser: Browser, empty_site: RunningSite, tmp_path: Path
) -> None:
    admin = admin_of_empty_site
    reader = browser.new_context(base_url=empty_site.url).new_page()
    first, second = tmp_path / "notes.zip", tmp_path / "again" / "notes.zip"
    pack(first, {})
    second.parent.mkdir()
    pack(second, {"_posts/2022-06-11-listening-to-the-seabed.md": ("greased", "oiled")})

    bring(admin, first)
    expect(admin.page.get_by_text("Nothing is written yet.")).to_be_visible()
    assert reader.request.get("/blog/listening-to-the-seabed/").status == 404
    press(admin, "Import")
    expect(admin.page.get_by_text("This is imported.")).to_be_visible()
    for address in ("/blog/listening-to-the-seabed/", "/2022/06/11/listening-to-the-seabed/", "/about/"):
        assert reader.request.get(address).status == 200, address

    admin.open_page("Listening to the seabed")
    admin.title("Listening to the seabed, edited")
    admin.publish()

    bring(admin, second)
    expect(admin.page.get_by_role("listitem").filter(has_text="1 to merge")).to_be_visible()
    press(admin, "Import")
    expect(admin.page.get_by_text("This is imported.")).to_be_visible()
    reader.goto("/blog/listening-to-the-seabed/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Listening to the seabed, edited")
    expect(reader.get_by_role("article")).to_contain_text("oiled")

    press(admin, "Undo this import")
    expect(admin.page.get_by_text("This import was undone")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Listening to the seabed, edited")
    expect(reader.get_by_role("article")).to_contain_text("greased")
    reader.context.close()


def bring(admin: AdminWindow, archive: Path) -> None:
    """Upload an archive and wait for the report of the dry run."""
    admin.choose("Import, export", "Import")
    admin.page.get_by_label("Archive").set_input_files(archive)
    press(admin, "Try it")
    expect(admin.page.get_by_role("heading", name="Documents")).to_be_visible(timeout=120_000)


def press(admin: AdminWindow, name: str) -> None:
    """A button that begins work in the background; wait until that is done."""
    admin.page.evaluate("document.documentElement.dataset.before = ''")
    admin.click(admin.page.get_by_role("button", name=name, exact=True))
    expect(admin.page.locator("html:not([data-before])")).to_have_count(1, timeout=120_000)
    admin.page.wait_for_load_state()
    expect(admin.page.locator("[data-progress]")).to_have_count(0, timeout=120_000)


def pack(file: Path, changes: dict[str, tuple[str, str]]) -> None:
    """demo/ as an archive, with words of some files replaced."""
    demo = ROOT / "demo"
    with ZipFile(file, "w") as archive:
        for path in sorted(demo.rglob("*")):
            if path.is_file():
                name, data = path.relative_to(demo).as_posix(), path.read_bytes()
                if name in changes:
                    old, new = changes[name]
                    data = data.replace(old.encode(), new.encode())
                archive.writestr(f"notes/{name}", data)


def paste(part: Locator, text: str) -> None:
    """What the browser tells the page when somebody pastes plain text."""
    field = part.get_by_role("textbox").first
    field.click()
    field.evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
