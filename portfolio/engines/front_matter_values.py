"""Front matter values: read the various keys and forms that engines and themes use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from portfolio.documents.dates import ruby_date
from portfolio.documents.document import Problem, Severity

IMAGE_KEYS = (
    "image", "cover", "cover_image", "cover-image", "cover-img", "featured_image", "featured-image", "feature_image",
    "feature-img", "feature_img", "banner", "header", "header-img", "header_img", "header_image", "hero", "hero_image",
    "splash", "thumbnail", "thumbnail-img", "thumb", "teaser", "img", "og_image", "og-image", "share-img", "share_img",
)  # fmt: skip
_IMAGE_PARTS = (
    "path", "src", "url", "feature", "image", "image_path", "overlay_image", "teaser", "og_image", "img", "thumb",
)  # fmt: skip
PLACES = ("lists", "search", "sitemap")  # where a public document may be left out
_UPDATED_KEYS = ("last_modified_at", "modified_date", "updated", "lastmod")


def scalar_text(value: object) -> str:
    """Return a scalar value as text; a number or date as written, "" for a list or mapping."""
    if value is None or isinstance(value, bool | list | dict):
        return "" if not isinstance(value, bool) else str(value).lower()
    return str(value).strip()


def texts(value: object) -> list[str]:
    """Return a value, or the values of a list, as texts."""
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return []
    return [scalar_text(value)] if value is not None else []


def words_or_texts(value: object) -> list[str]:
    """Like `texts`, but split text outside a list at spaces."""
    return value.split() if isinstance(value, str) else texts(value)


def terms(data: Mapping[str, Any], singular: str, plural: str) -> tuple[str, ...]:
    """Return the terms of the singular key, which is not split at spaces, else those of the plural key, which is."""
    value = data.get(singular)
    result = words_or_texts(data.get(plural)) if value is None or value is False else texts(value)
    return tuple(dict.fromkeys(filter(None, result)))


def all_terms(*values: object, singular: object) -> tuple[str, ...]:
    """Return the terms of plural keys, which are split at spaces, and then of the singular key; each once."""
    result = [text for value in values for text in words_or_texts(value)]
    if singular is not False:
        result += texts(singular)
    return tuple(dict.fromkeys(filter(None, result)))


def moment(
    value: object, local: tzinfo, key: str, problems: list[Problem], severity: Severity = Severity.ERROR
) -> datetime | None:
    """Return a value as an aware datetime; None if it is empty or, with a problem, invalid."""
    if value is None or value == "":
        return None
    try:
        return ruby_date(value, local)
    except ValueError as error:
        problems.append(Problem(severity, "bad-date", f"{key}: {error}"))
        return None


def updated(data: Mapping[str, Any], local: tzinfo, problems: list[Problem]) -> datetime | None:
    """Return the date of the last change."""
    key = next((key for key in _UPDATED_KEYS if data.get(key)), "")
    return moment(data.get(key), local, key, problems, Severity.WARNING)


def authors(data: Mapping[str, Any], name_of: Callable[[str], str] = str.strip) -> tuple[str, ...]:
    """Return the names in source order; ``name_of`` returns the name of an author given by key, "" if unknown."""
    value = data.get("authors") or data.get("author")
    names = [_author(item, name_of) for item in (value if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(filter(None, names)))


def _author(value: object, name_of: Callable[[str], str]) -> str:
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("display_name")
        return str(name).strip() if isinstance(name, str) else ""
    return (name_of(value) or value.strip()) if isinstance(value, str) else ""


def image(data: Mapping[str, Any]) -> str:
    """Return the URL of the document's main image as written."""
    return next(filter(None, (_address(data.get(key), 0) for key in IMAGE_KEYS)), "")


def _address(value: object, depth: int) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and value and depth < 2:
        return _address(value[0], depth + 1)
    if isinstance(value, Mapping) and depth < 2:
        return next(filter(None, (_address(value.get(part), depth + 1) for part in _IMAGE_PARTS)), "")
    return ""


def left_out(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where the document is not listed although it is public: in "lists", the "search", the "sitemap".

    ``hidden`` leaves it out everywhere where no other key says that it is listed.
    """
    is_hidden = data.get("hidden") is True
    listed = {
        "lists": not is_hidden,
        "search": _is_listed(data, "search", "search_exclude", is_hidden),
        "sitemap": _is_listed(data, "sitemap", "", is_hidden),
    }
    return tuple(place for place, is_listed in listed.items() if not is_listed)


def _is_listed(data: Mapping[str, Any], key: str, opposite: str, is_hidden: bool) -> bool:
    if isinstance(data.get(key), bool):
        return bool(data[key])
    if isinstance(data.get(opposite), bool):
        return not data[opposite]
    return not is_hidden


def description(data: Mapping[str, Any]) -> str:
    """Return the description as plain text on one line."""
    for key in ("description", "summary"):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""
