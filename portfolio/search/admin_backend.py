"""Search backend of the admin: Wagtail's for the database at hand, with every query made safe for its syntax.

Upstream puts words between double quotes for SQLite's FTS5 and does not escape one that is part of a word, so ``5"``
in any search of the admin is a syntax error; PostgreSQL cannot compare text with a zero byte.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from modelsearch.backends.base import EmptySearchResults
from modelsearch.backends.database import SearchBackend as DatabaseBackend
from modelsearch.query import SearchQuery

# No letter, digit or sign that any of the databases would find: quotation marks, and what cannot be stored.
UNSAFE = re.compile('["\x00-\x1f\x7f\ud800-\udfff]+')
# FTS5 nests one level for each word and stops at 256 levels (SQLITE_MAX_EXPR_DEPTH is 1000).
MOST_WORDS = 64
LONGEST = 1000


class SafeQueries:
    """Mix-in for a search backend: ``search`` and ``autocomplete`` are asked with ``safe_query`` only."""

    def search(self, query: Any, *arguments: Any, **options: Any) -> Any:
        safe = safe_query(query)
        return EmptySearchResults() if safe is None else super().search(safe, *arguments, **options)

    def autocomplete(self, query: Any, *arguments: Any, **options: Any) -> Any:
        safe = safe_query(query)
        return EmptySearchResults() if safe is None else super().autocomplete(safe, *arguments, **options)


def safe_query(query: Any) -> Any:
    """The query (text, or a tree of ``SearchQuery``) without characters that are syntax; None when no word is left."""
    if isinstance(query, str):
        return safe_text(query) or None
    if hasattr(query, "query_string"):
        text = safe_text(query.query_string)
        return changed(query, query_string=text) if text else None
    if hasattr(query, "subqueries"):
        safe = [part for part in map(safe_query, query.subqueries) if part is not None]
        return changed(query, subqueries=safe) if safe else None
    if isinstance(getattr(query, "subquery", None), SearchQuery):
        part = safe_query(query.subquery)
        return changed(query, subquery=part) if part is not None else None
    return query


def safe_text(text: str) -> str:
    return " ".join(UNSAFE.sub(" ", text[:LONGEST]).split()[:MOST_WORDS])


def changed(query: SearchQuery, **attributes: Any) -> SearchQuery:
    other = copy(query)
    vars(other).update(attributes)
    return other


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name under which Wagtail looks for it
    """Wagtail's backend for the default database, asked with safe queries."""
    backend = DatabaseBackend(params)
    kind = type(backend)
    backend.__class__ = type(f"Safe{kind.__name__}", (SafeQueries, kind), {})
    return backend
