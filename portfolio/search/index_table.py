"""The table of the index: FTS5 on SQLite, a ``tsvector`` with a GIN index on PostgreSQL.

It is no model, since the two have nothing in common but a page's id: the migration ``0003_search_terms`` makes it.
Terms are written as they are: neither database's own parser or dictionary has a part in it.
https://www.sqlite.org/fts5.html, https://www.postgresql.org/docs/current/datatype-textsearch.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portfolio.search.query import AllOf, Phrase, Query, Term
from portfolio.search.terms import Terms

NAME = "portfolio_search_terms"
# How a stem is told from a word, where both stand in one column.
STEM = "="
MAX_POSITION = 16_383  # PostgreSQL's last; words beyond it are found but in no phrase


def write(cursor: Any, rows: Sequence[tuple[int, Terms]]) -> None:
    """Store the terms of pages, in place of what was stored of them."""
    if cursor.db.vendor == "postgresql":
        cursor.executemany(
            f"INSERT INTO {NAME} (page_id, terms) VALUES (%s, %s::tsvector) "  # noqa: S608 - a constant
            "ON CONFLICT (page_id) DO UPDATE SET terms = excluded.terms",
            [(page, tsvector(terms)) for page, terms in rows],
        )
        return
    delete(cursor, [page for page, _ in rows])
    cursor.executemany(
        f"INSERT INTO {NAME} (rowid, words, extras, stems) VALUES (%s, %s, %s, %s)",  # noqa: S608
        [(page, " ".join(terms.words), " ".join(terms.extras), " ".join(terms.stems)) for page, terms in rows],
    )


def delete(cursor: Any, pages: Iterable[int]) -> None:
    key = "page_id" if cursor.db.vendor == "postgresql" else "rowid"
    cursor.executemany(f"DELETE FROM {NAME} WHERE {key} = %s", [(page,) for page in pages])  # noqa: S608


def clear(cursor: Any) -> None:
    cursor.execute(f"DELETE FROM {NAME}")  # noqa: S608


def matching(connection: Any, query: Query) -> tuple[str, list[str]]:
    """SQL for the ids of the pages that the query finds, with its parameters."""
    if connection.vendor == "postgresql":
        return f"SELECT page_id FROM {NAME} WHERE terms @@ %s::tsquery", [tsquery(query)]  # noqa: S608
    return f"SELECT rowid FROM {NAME} WHERE {NAME} MATCH %s", [fts5(query)]  # noqa: S608


def tsvector(terms: Terms) -> str:
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(terms.words, 1):
        places = positions.setdefault(word, [])
        if position <= MAX_POSITION and len(places) < 255:
            places.append(position)
    for term in (*terms.extras, *(STEM + stem for stem in terms.stems)):
        positions.setdefault(term, [])
    return " ".join(
        f"'{term}':{','.join(map(str, places))}" if places else f"'{term}'" for term, places in positions.items()
    )


def tsquery(query: Query) -> str:
    match query:
        case Term(text, is_prefix, is_stem):
            return f"'{STEM if is_stem else ''}{text}'{':*' if is_prefix else ''}"
        case Phrase(words):
            return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"
        case _:
            sign = " & " if isinstance(query, AllOf) else " | "
            return "(" + sign.join(map(tsquery, query.parts)) + ")"


def fts5(query: Query) -> str:
    match query:
        case Term(text, is_prefix, is_stem):
            return f'{"stems" if is_stem else "{words extras}"} : "{text}"{" *" if is_prefix else ""}'
        case Phrase(words):
            return f'words : "{" ".join(words)}"'
        case _:
            sign = " AND " if isinstance(query, AllOf) else " OR "
            return "(" + sign.join(map(fts5, query.parts)) + ")"
