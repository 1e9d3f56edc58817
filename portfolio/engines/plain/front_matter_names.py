"""Front matter names: keys of other generators and editors for values that the import supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Astro, Hugo, Next.js; Docusaurus; Pelican; Astro, Gatsby.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("pubDate", "pubDatetime", "publishDate", "publish_date", "publishedAt", "published_at", "date_published"),
    "updated": ("updatedDate", "modDatetime", "lastUpdated", "last_update", "updatedAt", "modified", "dateModified"),
    "image": ("heroImage", "coverImage", "ogImage", "banner"),
}
_NOT_PUBLIC = frozenset({"draft", "hidden", "private", "unlisted"})


def usual_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` with the usual keys added, and with ``draft`` for documents that are not public."""
    result = dict(values)
    for name, others in OTHER_NAMES.items():
        value = next((values[other] for other in others if values.get(other)), None)
        if value is not None and not isinstance(value, Mapping) and not result.get(name):
            result[name] = value
    if str(values.get("status") or "").lower() in _NOT_PUBLIC or values.get("publish") is False:
        result["draft"] = True
    return result
