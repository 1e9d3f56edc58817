"""What front matter says about authors, pictures and descriptions, in the spellings themes gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.importer.liquid.data import load_data
from portfolio.importer.site_context import SiteContext

_IMAGE_KEYS = ("image", "cover", "cover_image", "featured_image", "feature_image", "thumbnail", "header", "hero")
_IMAGE_PARTS = ("path", "src", "url", "feature", "image", "overlay_image", "teaser", "img", "thumb")


def authors(data: Mapping[str, Any], site: SiteContext) -> tuple[str, ...]:
    """Names in source order; a key of the site's author list stands for the name there."""
    said = data.get("authors") or data.get("author")
    entries = said if isinstance(said, list) else [said]
    names = [_name(entry, site) for entry in entries]
    return tuple(dict.fromkeys(filter(None, names)))


def _name(entry: object, site: SiteContext) -> str:
    if isinstance(entry, Mapping):
        name = entry.get("name") or entry.get("display_name")
        return str(name).strip() if isinstance(name, str) else ""
    if not isinstance(entry, str):
        return ""
    known = _listed(entry, site)
    return known or entry.strip()


def _listed(key: str, site: SiteContext) -> str:
    if site.kind != "jekyll":
        return ""
    listed = load_data(site.root, str(site.config.get("data_dir") or "_data")).get("authors")
    for people in (listed, site.config.get("authors")):
        about = people.get(key) if isinstance(people, Mapping) else None
        if isinstance(about, Mapping) and isinstance(about.get("name"), str):
            return about["name"].strip()
    return ""


def image(data: Mapping[str, Any]) -> str:
    """The address of the picture that stands for the document, as written."""
    for key in _IMAGE_KEYS:
        found = _address(data.get(key), 0)
        if found:
            return found
    return ""


def _address(value: object, depth: int) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and value and depth < 2:
        return _address(value[0], depth + 1)
    if isinstance(value, Mapping) and depth < 2:
        return next(filter(None, (_address(value.get(part), depth + 1) for part in _IMAGE_PARTS)), "")
    return ""


def described(data: Mapping[str, Any]) -> str:
    """The description as plain text on one line."""
    for key in ("description", "summary"):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""
