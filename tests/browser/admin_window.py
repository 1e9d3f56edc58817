"""Page object of the admin: finds everything by the labels on the screen."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import quote

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.running_site import PASSWORD

SIGN_IN_STEPS = 3
DASHBOARD = "/admin/"
PUBLISHED = re.compile("(created and|has been) published")


class AdminWindow:
    """A window of the admin; ``steps`` counts what was clicked and what was filled in, signing in included.

    A page with the cookies of an earlier window of the same person is signed in already.
    """

    def __init__(self, page: Page, name: str, address: str = DASHBOARD) -> None:
        self.page = page
        self.steps = 0
        page.add_init_script(
            "addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = '' })"
        )
        page.goto(address)
        if page.get_by_label("Password").is_visible():
            self.fill(page.get_by_label("Username"), name)
            self.fill(page.get_by_label("Password"), PASSWORD)
            self.click(page.get_by_role("button", name="Sign in"))
        else:
            self.steps = SIGN_IN_STEPS
        if address == DASHBOARD:
            expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()

    def click(self, thing: Locator) -> None:
        thing.click()
        self.steps += 1

    def fill(self, field: Locator, text: str) -> None:
        field.fill(text)
        self.steps += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.steps += 1

    def type(self, text: str) -> None:
        """Type into the field for formatted text that has the focus."""
        expect(self.page.locator("[role=textbox]:focus")).to_have_count(1)
        self.page.keyboard.type(text)
        self.wait_for_text(self.page.locator("body"), text)
        self.steps += 1

    def wait_for_text(self, part: Locator, text: str) -> None:
        """Until the form has the text: its editor hands it over a quarter of a second after the last key."""
        expect(part.locator(f"input[type=hidden][value*={json.dumps(text)}]")).to_have_count(1)

    def write(self, part: Locator, text: str) -> None:
        """Type into the first field for formatted text of a part of the form."""
        part.get_by_role("textbox").first.click()
        self.page.keyboard.type(text)
        self.wait_for_text(part, text)
        self.steps += 1

    def open_section(self, name: str) -> None:
        """By way of the menu to the list of pages of a section; an administrator's begins above the home page."""
        self.click(self.page.get_by_role("button", name="Pages"))
        explorer = self.page.get_by_role("dialog", name="Page explorer")
        home = explorer.get_by_role("link", name="View child pages of 'Home'")
        section = explorer.get_by_role("link", name=name, exact=True)
        expect(home.or_(section)).to_be_visible()
        if home.is_visible():
            self.click(home)
        self.click(section)
        expect(self.page.get_by_role("heading", name=f"Exploring: {name}")).to_be_visible()

    def add_page(self, section: str, kind: str) -> None:
        """Open the form of a new page; a section with one kind of page goes there at once."""
        self.open_section(section)
        self.click(self.page.get_by_role("navigation", name="Actions").get_by_role("link", name="Add child page"))
        form = self.page.get_by_role("heading", name=f"New: {kind}")
        choice = self.page.get_by_role("link", name=f"{kind} . ")  # its name goes on with what it is for
        expect(form.or_(choice)).to_be_visible()
        if choice.is_visible():
            self.click(choice)
        expect(form).to_be_visible()
        self.settle()

    def choose(self, menu: str, item: str) -> None:
        """An item of a menu at the side that opens."""
        side = self.page.get_by_role("navigation", name="Main menu").or_(self.page.locator("#wagtail-sidebar"))
        self.click(side.get_by_role("button", name=menu, exact=True).first)
        self.click(side.get_by_role("link", name=item, exact=True))

    def begin(self, item: str, kind: str) -> None:
        """Begin a page by way of the menu “Write”."""
        self.choose("Write", item)
        expect(self.page.get_by_role("heading", name=f"New: {kind}")).to_be_visible()
        self.settle()

    def settle(self) -> None:
        """Wait as people do for a form that has just come up: what listens to its buttons comes a moment later."""
        self.page.wait_for_load_state("networkidle")

    def wait_for_autosave(self) -> None:
        """Until Wagtail has noted what the form holds, two seconds after it came up."""
        expect(self.page.locator("html[data-watched]")).to_have_count(1)

    def title(self, text: str) -> None:
        """Key by key, as the slug is made from it."""
        field = self.page.get_by_role("textbox", name="Title", exact=False).first
        field.clear()
        field.press_sequentially(text)
        expect(self.page.locator("#id_slug")).not_to_have_value("")
        self.steps += 1

    def open_blocks(self) -> Locator:
        """Press the last plus of the body; return the list to choose from."""
        body = self.page.get_by_role("region", name="Body", exact=True)
        self.click(body.get_by_role("button", name="Insert a block").last)
        blocks = self.page.get_by_role("listbox")
        expect(blocks).to_be_visible()
        return blocks

    def add_block(self, name: str) -> Locator:
        """Choose a block by its name; return its part of the form."""
        blocks = self.open_blocks()
        self.click(blocks.get_by_role("option", name=name, exact=True))
        expect(blocks).to_be_hidden()
        return self.page.get_by_role("region", name="Body", exact=True).get_by_role("region", name=name).first

    def preview(self) -> FrameLocator:
        """Open the panel beside the form that shows the page as it will be."""
        self.settle()
        self.click(self.page.get_by_role("button", name="Toggle preview"))
        return self.page.frame_locator("#w-preview-iframe")

    def act(self, name: str) -> None:
        """One of the actions at the foot of the form; all but the first are behind an arrow."""
        self.settle()
        actions = self.page.get_by_role("navigation", name="Actions (footer)")
        wanted = actions.get_by_role("button", name=name)
        if not wanted.is_visible():
            self.click(actions.get_by_role("button", name="More actions"))
        self.click(wanted)

    def page_menu(self, name: str) -> None:
        """One of the actions behind the dots beside the page's title."""
        header = self.page.locator(".w-slim-header")
        self.click(header.get_by_role("button", name="Actions"))
        self.click(header.get_by_role("link", name=name, exact=True).first)  # the history has a second, in the bar

    def open_page(self, title: str) -> None:
        """By way of the search at the side, to the form of a page."""
        self.page.goto(f"/admin/pages/search/?q={quote(title)}")
        self.click(self.page.get_by_role("main").get_by_role("link", name=title, exact=True).first)
        self.settle()

    def schedule(self, when: datetime) -> None:
        """Say when the page goes live."""
        self.click(self.page.get_by_role("button", name="Toggle status"))
        self.click(self.page.get_by_role("button", name="Set schedule"))
        dialog = self.page.get_by_role("dialog")
        self.fill(dialog.get_by_label("Go live date/time"), f"{when:%Y-%m-%d %H:%M}")
        calendar = self.page.locator(".xdsoft_datetimepicker:visible")
        expect(calendar).to_have_count(1)
        dialog.get_by_role("heading", name="Set publishing schedule").click()
        expect(calendar).to_have_count(0)
        self.click(dialog.get_by_role("button", name="Save schedule"))
        expect(self.page.get_by_role("button", name="Edit schedule")).to_be_visible()

    def read_by(self, reader: Page) -> None:
        """Open, in a reader's window, the page that was just published."""
        address = self.page.get_by_role("link", name="View live").first.get_attribute("href")
        assert address
        reader.goto(address)

    def publish(self) -> None:
        """The first time by way of the publish sheet.

        Whether the page was stored by itself before makes no difference but for the words.
        """
        self.act("Publish")
        now = self.page.get_by_role("button", name="Publish now")
        expect(now.or_(self.page.get_by_text(PUBLISHED).first).first).to_be_visible()
        if now.is_visible():
            self.click(now)
        expect(self.said()).to_contain_text(PUBLISHED)

    def said(self) -> Locator:
        """What the admin answers after an action."""
        return self.page.get_by_role("status").first
