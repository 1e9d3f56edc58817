"""What axe finds on every screen of the admin that is ours, with a desktop in light and a phone in dark: nothing.

Sizes do not depend on the scheme nor colours on the width, so the two cover the four. Wagtail's own faults are listed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser

from tests.browser.admin_window import AdminWindow
from tests.browser.conftest import DESKTOP, PHONE
from tests.running_site import RunningSite

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those that another width or scheme may change.
LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Faults of Wagtail's own parts: rule, what is at fault, and why it is not ours to mend.
WAGTAIL = [
    ("aria-input-field-name", ".public-DraftEditor-content", "Draftail takes no label for its field"),
    ("scrollable-region-focusable", ".DraftEditor-root", "the field within is focused, not its frame"),
    ("scrollable-region-focusable", ".w-minimap *", "the list of the minimap, whose links are focused"),
    ("target-size", ".w-minimap *", "the minimap beside a form"),
    ("target-size", ".listing .title-wrapper a", "titles in a listing, which stand close above its buttons"),
    ("color-contrast", ".page-status-tag", "the tag of a page's status in the header"),
    ("page-has-heading-one", "html:has(form[data-edit-form])", "the form of a snippet has its title in a breadcrumb"),
]
RUN = """options => axe.run(document, { resultTypes: ["violations"], runOnly: options }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) => [
        id, target.join(" "), `${html.slice(0, 200)} ${failureSummary}`,
    ])))"""
MATCHES = "([target, selector]) => document.querySelector(target)?.matches(selector) ?? false"
STILL = "* { transition: none !important; animation: none !important }"  # or colours are read on their way


def test_axe_finds_nothing_on_our_screens(browser: Browser, site: RunningSite, staff: None) -> None:
    output = site.manage(
        "shell", "--verbosity", "0", "-c",
        "from tests.browser.admin_screens import print_screens; print_screens('owner')",
    )  # fmt: skip
    screens: dict[str, str] = json.loads(output.splitlines()[-1])
    assert len(screens) > 40
    context = browser.new_context(base_url=site.url, bypass_csp=True)  # the site's policy would not let axe in
    context.add_init_script(path=AXE)
    page = context.new_page()
    AdminWindow(page, "owner")
    found = []
    for name, address in screens.items():
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.add_style_tag(content=STILL)
        found += [f"{name}, desktop: {fault}" for fault in faults(page, {"type": "tag", "values": STANDARDS})]
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        found += [f"{name}, phone: {fault}" for fault in faults(page, {"type": "rule", "values": LOOK})]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}, phone: is wider than the screen")
    context.close()
    assert not found, "\n".join(found)


def faults(page: Any, options: dict[str, Any]) -> list[str]:
    found = []
    for rule, target, said in page.evaluate(RUN, options):
        known = [selector for wrong, selector, _ in WAGTAIL if wrong == rule]
        if not any(page.evaluate(MATCHES, [target, selector]) for selector in known):
            found.append(f"{rule}: {target}: {said}")
    return found
