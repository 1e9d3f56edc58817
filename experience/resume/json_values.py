"""Values of a JSON Resume as a stranger may have written them: whatever is of another kind is empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.formats import date_format

from experience.models.work_links import validate_address
from portfolio.documents.periods import parse_period
from portfolio.markdown.addresses import scheme_of
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings

ADDRESS_NAMES = ("url", "uri", "website", "link", "href", "image", "picture", "canonical", "schema")
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto"})
LONG_TEXT = 50_000  # characters
TAG = re.compile(r"</?(?:a|b|br|div|em|h[1-6]|i|li|ol|p|span|strong|u|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE)
ISO_DATE = re.compile(r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?\b")


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def rows(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = document.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text_of(item: Mapping[str, Any], name: str, limit: int = 300) -> str:
    value = item.get(name)
    return " ".join(plain(value).split())[:limit] if isinstance(value, str | int | float) else ""


def plain(value: str | float) -> str:
    """A value as text: JSON Resume has no markup, but texts that come from a form of another site do."""
    text = str(value)
    return visible_text(text) if TAG.search(text) else text


def without_unsafe_addresses(value: Any, place: str = "") -> tuple[Any, list[tuple[str, str]]]:
    """``value`` without addresses that are neither web nor mail addresses, and these with their places.

    Whoever reads ``/resume.json`` may follow them, wherever in the document they stand.
    """
    if isinstance(value, Mapping):
        parts = {name: without_unsafe_addresses(part, f"{place}.{name}".strip(".")) for name, part in value.items()}
        unsafe = [(f"{place}.{name}".strip("."), part) for name, part in value.items() if is_unsafe(name, part)]
        kept = {name: part for name, (part, _) in parts.items() if not is_unsafe(name, value[name])}
        return kept, [*unsafe, *(problem for _, problems in parts.values() for problem in problems)]
    if isinstance(value, list):
        items = [without_unsafe_addresses(part, f"{place}[{index}]") for index, part in enumerate(value)]
        return [part for part, _ in items], [problem for _, problems in items for problem in problems]
    return value, []


def is_unsafe(name: str, value: Any) -> bool:
    """Whether a value under this name is an address that a browser might not only open but run."""
    is_address = isinstance(value, str) and name.casefold().endswith(ADDRESS_NAMES)
    return is_address and scheme_of(value) not in SAFE_SCHEMES


def points_of(item: Mapping[str, Any], name: str) -> list[str]:
    value = item.get(name)
    return [plain(point) for point in value if isinstance(point, str | int | float)] if isinstance(value, list) else []


def address_of(item: Mapping[str, Any], name: str = "url") -> str:
    """A web address; "" for anything else."""
    value = text_of(item, name, 500)
    try:
        validate_address(value)
    except ValidationError:
        return ""
    return value if value.startswith("http") else ""


def mail_address_of(basics: Mapping[str, Any]) -> str:
    """An address that mail can be sent to; "" for anything else."""
    value = text_of(basics, "email", 254)
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value


def period_of(item: Mapping[str, Any]) -> str:
    """ "2019-05 - 2021", "2022 - now"; "" without a date. ``in_words`` makes it fit for readers."""
    start, end = text_of(item, "startDate", 40), text_of(item, "endDate", 40)
    if not start:
        return end
    if end.casefold() in ("present", "now", "current"):
        end = ""
    return start if start == end else f"{start} - {end or 'now'}"


def in_words(text: str) -> str:
    """A date or period for readers: "2019-05 - 2021" as "May 2019 - 2021", in the site's language.

    It stays as it is where the words could not be read back to the same days.
    """
    languages = SiteSettings.objects.filter(site__is_default_site=True).values_list("language_code", flat=True)
    with translation.override(languages.first() or "en"):
        written = ISO_DATE.sub(day_in_words, text)
    same, other = parse_period(text), parse_period(written)
    return written if same and other and replace(other, text=same.text) == same else text


def day_in_words(match: re.Match[str]) -> str:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return match[0]
    return date_format(day, "j M Y" if match["day"] else "M Y")
