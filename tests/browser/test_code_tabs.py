"""Tabs of code in a browser without scripts: one is shown at a time, on paper all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.running_site import RunningSite

POST = """---
title: Install it
---
```bash
pip install tides
```
{: title="pip" data-group="install"}

```bash
uv add tides
```
{: title="uv" data-group="install"}
"""


@pytest.fixture
def address(site: RunningSite, tmp_path: Path) -> str:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("title: Installing\npermalink: /installing/:title/\n")
    (tmp_path / "_posts/2012-05-01-install-it.md").write_text(POST)
    site.manage("import_markdown", str(tmp_path))
    return "/blog/install-it/"


@pytest.mark.parametrize("width", [390, 1280])
def test_one_alternative_is_shown_at_a_time(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    pip, uv = page.get_by_text("pip install tides"), page.get_by_text("uv add tides")
    tabs = page.locator(".tabs summary")
    expect(pip).to_be_visible()
    expect(uv).to_be_hidden()
    boxes = [tab.bounding_box() for tab in tabs.all()]
    assert [box and box["y"] for box in boxes] == [boxes[0] and boxes[0]["y"]] * 2, "side by side"
    tabs.nth(1).focus()
    page.keyboard.press("Enter")
    expect(uv).to_be_visible()
    expect(pip).to_be_hidden()
    page.emulate_media(media="print")
    expect(pip).to_be_visible()
    expect(uv).to_be_visible()
