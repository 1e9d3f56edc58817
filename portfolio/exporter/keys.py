"""Fields as keys of front matter: which key says what, and what it has to say when the field has changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from portfolio.exporter.front_matter import REMOVED
from portfolio.exporter.yaml_text import Verbatim, date_like

UPDATED_KEYS = ("last_modified_at", "modified_date", "updated", "lastmod")
IMAGE_KEYS = ("image", "cover", "cover_image", "featured_image", "feature_image", "thumbnail")


def first_key(existing: Mapping[str, Any], names: Sequence[str]) -> str:
    """The one of ``names`` that the front matter has, else the first."""
    return next((name for name in names if existing.get(name)), names[0])


def moment_in(value: str, local: tzinfo, written: str = "") -> Verbatim:
    """An ISO moment as front matter writes it: as the date it replaces was written, else in full in ``local``."""
    moment = datetime.fromisoformat(value).astimezone(local)
    return date_like(written, moment)


def named(existing: Mapping[str, Any], singular: str, plural: str, names: Sequence[str]) -> dict[str, Any]:
    """Keys for a list of names: the singular key while one name is enough for it, else the plural one."""
    if existing.get(singular) and not existing.get(plural):
        if len(names) == 1:
            return {singular: names[0]}
        return {singular: REMOVED, plural: list(names)} if names else {singular: REMOVED}
    changes: dict[str, Any] = {plural: list(names)} if names or plural in existing else {}
    return {**changes, singular: REMOVED} if singular in existing else changes


def publication(live: bool, existing: Mapping[str, Any]) -> dict[str, Any]:
    """Keys that publish a page or keep it back."""
    if not live:
        return {"published": False}
    found: dict[str, Any] = {}
    if existing.get("published") is False:
        found["published"] = True
    if existing.get("draft") is True:
        found["draft"] = False
    return found


def text_key(key: str, value: str | int | None, existing: Mapping[str, Any]) -> dict[str, Any]:
    if value in ("", None):
        return {key: REMOVED} if key in existing else {}
    return {key: value}
