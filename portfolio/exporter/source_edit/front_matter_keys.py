"""Front matter keys: which keys hold a field, and their new values when the field has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from portfolio.documents.front_matter_edit import REMOVED
from portfolio.documents.yaml_writer import Verbatim, date_like
from portfolio.engines import front_matter_values

UPDATED_KEYS = ("last_modified_at", "modified_date", "updated", "lastmod")
IMAGE_KEYS = tuple(key for key in front_matter_values.IMAGE_KEYS if key not in ("header", "hero"))  # mappings


def first_key(existing: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the first of ``names`` that the front matter has, else the first of all."""
    return next((name for name in names if existing.get(name)), names[0])


def date_value(value: str, local: tzinfo, written: str = "") -> Verbatim:
    """Return an ISO 8601 date as front matter: in the format of ``written``, which it replaces, else in full.

    ``local`` is the time zone of the site.
    """
    moment = datetime.fromisoformat(value).astimezone(local)
    return date_like(written, moment)


def name_keys(existing: Mapping[str, Any], singular: str, plural: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the keys for a list of names: the existing singular key if there is one name, else the plural key."""
    if existing.get(singular) and not existing.get(plural):
        if len(names) == 1:
            return {singular: names[0]}
        return {singular: REMOVED, plural: list(names)} if names else {singular: REMOVED}
    changes: dict[str, Any] = {plural: list(names)} if names or plural in existing else {}
    return {**changes, singular: REMOVED} if singular in existing else changes


def publication_keys(live: bool, existing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that publish a page or make it a draft."""
    if not live:
        return {"published": False}
    keys: dict[str, Any] = {}
    if existing.get("published") is False:
        keys["published"] = True
    if existing.get("draft") is True:
        keys["draft"] = False
    return keys


def listing_keys(before: Sequence[str], after: Sequence[str], existing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that leave a page out in the places ``after``; it was left out in those of ``before``."""
    keys: dict[str, Any] = {}
    if ("lists" in before) != ("lists" in after):
        keys["hidden"] = "lists" in after
    search = ("search", False) if isinstance(existing.get("search"), bool) else ("search_exclude", True)
    for place, (key, value) in (("search", search), ("sitemap", ("sitemap", False))):
        is_left_out = place in after
        if (place in before) == is_left_out and "hidden" not in keys:
            continue
        by_configuration = (place in front_matter_values.left_out(existing)) != (place in before)
        if by_configuration or (place in front_matter_values.left_out({**existing, **keys})) != is_left_out:
            keys[key] = value if is_left_out else not value
    return keys


def text_keys(key: str, value: str | int | None, existing: Mapping[str, Any]) -> dict[str, Any]:
    if value in ("", None):
        return {key: REMOVED} if key in existing else {}
    return {key: value}
