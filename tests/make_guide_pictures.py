"""Take the guide's pictures: an editor at work in a new installation, the window as small as it may be.

.venv/bin/python -m tests.make_guide_pictures docs/images/guide
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.admin_window import AdminWindow
from tests.browser.test_admin_workflows import DEMO_INTERVIEW, INDICATOR, PASTED, bring, pack, paste, press
from tests.browser.test_clipboard import FOLDER, field
from tests.browser.test_clipboard import paste as from_clipboard
from tests.running_site import ROOT, RunningSite, running_site

CV = ROOT / "tests" / "experience" / "histories" / "word-cv.txt"
WIDTH, HEIGHT = 1280, 760  # of the window
PATIENCE = 30_000  # milliseconds for what the site works out, on a busy machine
SHOWN, QUALITY = 960, 78  # width of the stored picture, and how well it is kept


class Camera:
    """Stores what the window shows."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder

    def take(self, name: str, height: int = HEIGHT) -> None:
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(self.page.screenshot(animations="disabled"))).convert("RGB")
        picture.thumbnail((SHOWN, SHOWN * height))
        picture.save(self.folder / f"{name}.webp", quality=QUALITY, method=6)
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


def writing(admin: AdminWindow, camera: Camera) -> None:
    admin.begin("Post", "Blog post")
    admin.title("Rust on the hinge")
    admin.write(admin.page.get_by_role("region", name="Summary"), "The lower hinge rusts first, and why.")
    admin.write(admin.add_block("Text"), "The lower hinge rusts first. The tide reaches it twice a day.")
    expect(admin.page.locator(INDICATOR)).to_have_attribute("data-w-autosave-state-value", "saved")
    camera.take("write", 860)
    admin.open_blocks()
    camera.take("blocks", 860)
    admin.page.keyboard.press("Escape")
    admin.page.get_by_role("button", name="Toggle status").click()
    admin.page.get_by_role("button", name="Set schedule").click()
    field = admin.page.get_by_role("dialog").get_by_label("Go live date/time")
    field.fill(f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d} 06:00")
    camera.take("schedule")
    admin.page.keyboard.press("Escape")
    admin.act("Save draft")
    expect(admin.said()).to_contain_text("Rust on the hinge")
    admin.act("Publish…")
    expect(admin.page.get_by_role("button", name="Publish now")).to_be_visible()
    camera.take("publish", 1000)


def pictures(admin: AdminWindow, camera: Camera) -> None:
    admin.begin("Post", "Blog post")
    admin.title("At the mooring")
    block = admin.add_block("Image")
    admin.click(block.get_by_role("button", name="Choose an image"))
    chooser = admin.page.get_by_role("dialog")
    admin.click(chooser.get_by_role("link").filter(has=admin.page.get_by_role("img")).first)
    expect(chooser).to_have_count(0)
    admin.fill(block.get_by_role("textbox", name="Alt text"), "A woman from behind, who looks out over the estuary")
    block.scroll_into_view_if_needed()
    camera.take("pictures", 960)


def pasting(admin: AdminWindow, camera: Camera) -> None:
    admin.begin("Post", "Blog post")
    admin.title("Salt on the gauge")
    from_clipboard(field(admin.add_block("Text")), (FOLDER / "google_docs.html").read_text("utf-8"))
    expect(admin.page.get_by_text("Pasted as 6 blocks.")).to_be_visible()
    admin.page.locator(".pasted-note").evaluate("note => note.scrollIntoView({ block: 'center' })")
    camera.take("paste", 860)


def markdown(admin: AdminWindow, camera: Camera) -> None:
    admin.begin("Post", "Blog post")
    paste(admin.add_block("Text"), PASTED)
    expect(admin.page.get_by_text("Pasted as 6 blocks.")).to_be_visible()
    camera.take("markdown", 860)
    admin.act("Save draft")
    admin.page_menu("Edit as Markdown")
    camera.take("edit-markdown", 760)


def interview(admin: AdminWindow, camera: Camera) -> None:
    admin.choose("Write", "Interview from text")
    text = DEMO_INTERVIEW.read_text("utf-8").replace("\n\nPhotos:", "\n\nA gull walked across the table.\n\nPhotos:")
    admin.page.get_by_label("The interview").fill(text)
    admin.page.locator(".facts").scroll_into_view_if_needed()
    admin.page.get_by_role("heading", name="Recognised parts").evaluate("heading => heading.scrollIntoView()")
    camera.take("interview", 900)


def experience(admin: AdminWindow, camera: Camera) -> None:
    admin.page.goto("/admin/roles/")
    admin.page.get_by_role("main").get_by_role("link", name="Data engineer at Fjordline Robotics").first.click()
    camera.take("experience", 900)
    admin.page.goto("/admin/snippets/experience/skill/")
    camera.take("skills")
    admin.page.get_by_role("row").filter(has_text="NumPy").get_by_role("button", name="More options").click()
    admin.page.get_by_role("link", name="Merge into another skill").first.click()
    camera.take("merge", 520)


def project(admin: AdminWindow, camera: Camera) -> None:
    admin.page.goto("/admin/projects/")
    admin.page.get_by_role("main").get_by_role("link", name="Springneap").first.click()
    camera.take("project", 1100)


def experience_from_text(admin: AdminWindow, camera: Camera) -> None:
    admin.choose("Write", "Experience from text")
    admin.page.get_by_label("Your experience").fill(CV.read_text("utf-8"))
    entry = admin.page.locator(".recognised-entry").filter(has_text="Summer intern at Fjordline Robotics")
    entry.evaluate("entry => entry.scrollIntoView()")
    camera.take("experience-text", 900)


def take_import_and_export(admin: AdminWindow, camera: Camera, folder: Path) -> None:
    archive = folder / "notes.zip"
    pack(archive, {"_posts/2022-06-11-listening-to-the-seabed.md": ("greased", "oiled")})
    bring(admin, archive)
    camera.take("import", 900)
    press(admin, "Import")
    camera.take("undo")
    admin.choose("Import, export", "Export")
    press(admin, "Export the site")
    camera.take("export")


def moving(admin: AdminWindow, camera: Camera) -> None:
    admin.open_page("Leaving Fjordline")
    admin.click(admin.page.get_by_role("tab", name="Address and search"))
    admin.fill(admin.page.get_by_role("textbox", name="Address", exact=True), "goodbye-fjordline")
    admin.act("Publish")
    expect(admin.said()).to_contain_text("Leaving Fjordline")
    camera.take("redirects")


def take_all(site: RunningSite, folder: Path, scratch: Path) -> None:
    site.make_users({"ines": "Moderators"})
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            base_url=site.url, viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        admin, camera = AdminWindow(page, "ines"), Camera(page, folder)
        writing(admin, camera)
        pictures(admin, camera)
        pasting(admin, camera)
        markdown(admin, camera)
        interview(admin, camera)
        experience(admin, camera)
        project(admin, camera)
        experience_from_text(admin, camera)
        moving(admin, camera)
        take_import_and_export(admin, camera, scratch)
        page.goto("/admin/")
        camera.take("dashboard", 800)
        browser.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch, running_site(Path(scratch)) as site:
        take_all(site, folder, Path(scratch))


if __name__ == "__main__":
    main(ROOT / sys.argv[1])
