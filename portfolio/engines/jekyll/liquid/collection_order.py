"""Collection order: the documents of a collection in the order in which Jekyll lists and writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cmp_to_key
from typing import Any

from portfolio.engines.jekyll.site import IndexEntry


def in_collection_order(entries: Iterable[IndexEntry], settings: Mapping[str, Any]) -> list[IndexEntry]:
    """Sort by ``order`` or ``sort_by`` of the collection's ``settings``, else by date where both have one, and path.

    The rules are those of ``Jekyll::Collection#sort_docs!``.
    """
    result = sorted(entries, key=cmp_to_key(_compare))
    order, key = settings.get("order"), settings.get("sort_by")
    if isinstance(order, list):
        places = {str(name): place for place, name in enumerate(order)}
        return sorted(result, key=lambda entry: places.get(_name(entry), len(places)))
    if isinstance(key, str):
        values = {entry.path: entry.data.get(key) for entry in result}
        return sorted(result, key=lambda entry: _SortKey(values[entry.path]))
    return result


def _name(entry: IndexEntry) -> str:
    """Return the path below the folder of the collection."""
    return entry.label_path.partition("/")[2] or entry.label_path


def _compare(one: IndexEntry, other: IndexEntry) -> int:
    if one.date is not None and other.date is not None and one.date != other.date:
        return -1 if one.date < other.date else 1
    return (one.path > other.path) - (one.path < other.path)


def _compare_values(one: Any, other: Any) -> int:
    """Compare as Ruby does: those without a value come last, and those that cannot be compared are equal."""
    if one is None or other is None:
        return (one is None) - (other is None)
    try:
        return int(one > other) - int(one < other)
    except TypeError:
        return 0


_SortKey = cmp_to_key(_compare_values)
