"""Sections of the home page as data of the site: pages that a section shows are named by their address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from portfolio.content.site_data import PageFinder, SiteDataPart
from portfolio.models import HomePage

MOST_SECTIONS = 50


def described_sections() -> list[dict[str, Any]]:
    home = HomePage.objects.first()
    blocks = home.sections.raw_data if home else ()
    return [{"type": block["type"], **described_value(block.get("value"))} for block in blocks]


def described_value(value: Any) -> dict[str, Any]:
    """The settings of a section that are not empty."""
    settings = dict(value) if isinstance(value, Mapping) else {}
    if "pages" in settings:
        keys = [row["value"] if isinstance(row, Mapping) else row for row in settings["pages"]]
        pages = Page.objects.in_bulk([key for key in keys if key])
        settings["pages"] = [url for key in keys if key in pages and (url := pages[key].url)]
    return {name: setting for name, setting in settings.items() if setting not in ("", None, [])}


def fill_sections(value: Any, pages: PageFinder) -> bool:
    """Arrange the home page as the file says, unless somebody has arranged it here."""
    home = HomePage.objects.first()
    if home is None or home.sections:
        return False
    rows = [row for row in value if isinstance(row, Mapping)][:MOST_SECTIONS] if isinstance(value, list) else []
    names = home.sections.stream_block.child_blocks
    blocks = [{"type": row["type"], "value": stored_value(row, pages)} for row in rows if row.get("type") in names]
    stream = home.sections.stream_block.to_python(blocks)
    try:
        home.sections.stream_block.clean(stream)
    except ValidationError:
        return False
    home.sections = stream
    home.save(update_fields=["sections"])
    if home.latest_revision is not None:
        home.save_revision(changed=False, clean=False)
    return bool(blocks)


def stored_value(row: Mapping[str, Any], pages: PageFinder) -> dict[str, Any] | None:
    if row["type"] == "text":
        return None
    value = {name: setting for name, setting in row.items() if name in ("heading", "number", "kind")}
    if isinstance(row.get("pages"), list):
        found = (pages.page_at(address) for address in row["pages"] if isinstance(address, str))
        value["pages"] = [key for key in found if key is not None]
    return value


HOME_DATA = SiteDataPart("home", "sections of the home page", described_sections, fill_sections)
