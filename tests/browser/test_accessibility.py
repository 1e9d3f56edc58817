"""What axe finds on the public pages, on a phone and a desktop, in light and dark: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.addresses import NOT_FOUND, PAGES
from tests.running_site import RunningSite


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_to_object_to(
    browser: Browser, site: RunningSite, width: int, scheme: Literal["light", "dark"]
) -> None:
    # The checks come as a script of the page, which the site's own policy would not let in.
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    objections = []
    for kind, address in (PAGES | {"not found": NOT_FOUND, "log in": "/admin/login/"}).items():
        page.goto(address)
        objections += [f"{kind} {address}: {said}" for said in objections_in(Axe().run(page).response)]
    context.close()

    assert not objections, "\n".join(objections)


def objections_in(results: dict[str, Any]) -> Iterator[str]:
    for violation in results["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html']}\n{node['failureSummary']}"
