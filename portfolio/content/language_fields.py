"""Language and translations of a page: from front matter, described, and as front matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.documents.document import Document
from portfolio.documents.language_codes import LANGUAGE_KEYS, TRANSLATION_KEYS
from portfolio.exporter.source_edit.front_matter_keys import text_keys

# Names of the two in a description, and the keys of front matter that hold them.
KEYS = {"language": LANGUAGE_KEYS, "translation_group": TRANSLATION_KEYS}


def fill_language(page: Any, document: Document) -> None:
    page.language = document.language
    page.translation_group = document.translation_group


def described_language(page: Any) -> dict[str, Any]:
    """What the page has of the two: a page without them is described as it was before there were any."""
    return {name: value for name in KEYS if (value := getattr(page, name))}


def language_keys(before: Mapping[str, Any], after: Mapping[str, Any], existing: Mapping[str, Any]) -> dict[str, Any]:
    """The keys to set for those of the two that differ between ``before`` and ``after``."""
    keys: dict[str, Any] = {}
    for name, names in KEYS.items():
        value = after.get(name, "")
        if value != before.get(name, ""):
            key = next((key for key in names if key in existing), names[0])
            keys |= text_keys(key, value, existing)
    return keys


def without_language(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The other fields of a description, which are written by their own names."""
    return {name: value for name, value in fields.items() if name not in KEYS}
