"""Query parser: the text of a query as a tree of terms, which ``table`` writes in the syntax of each database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.search.terms import chunk_of, grams, stem_of

# From so many characters on, the beginning of a word is enough.
SHORTEST_PREFIX = 3
MAX_TERMS = 60  # of one query; more costs the database and finds nothing more
_QUOTED = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One word; ``is_prefix``: any word that begins so. ``is_stem``: any word of this stem."""

    text: str
    is_prefix: bool = False
    is_stem: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to each other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Query, ...]


Query = Term | Phrase | AllOf | AnyOf


def parse(text: str, language: str) -> Query | None:
    """The query; words between double quotes are a phrase. None when there is no word in it."""
    parts: list[Query] = []
    for match in _QUOTED.finditer(text.replace("“", '"').replace("”", '"')):
        quoted, plain = match.groups()
        if plain is not None:
            parts += [query for raw in plain.split() if (query := chunk_query(raw, language))]
        elif phrase := [gram for raw in quoted.split() for piece in chunk_of(raw).pieces for gram in grams(piece)]:
            parts.append(Phrase(tuple(phrase)) if len(phrase) > 1 else Term(phrase[0]))
    return combined(AllOf, parts[:MAX_TERMS])


def chunk_query(raw: str, language: str) -> Query | None:
    """The query for a chunk without spaces: "e-mail" is both words, or "email"."""
    chunk = chunk_of(raw)
    if chunk.signed:
        return Term(chunk.signed)
    pieces = combined(AllOf, [piece_query(piece, language) for piece in chunk.pieces[:MAX_TERMS]])
    if pieces is None or not chunk.joined:
        return pieces
    return AnyOf((pieces, Term(chunk.joined, is_prefix=len(chunk.joined) >= SHORTEST_PREFIX)))


def piece_query(piece: str, language: str) -> Query:
    words = grams(piece)
    if len(words) > 1:
        return AllOf(tuple(Term(word) for word in words))
    word = Term(words[0], is_prefix=len(words[0]) >= SHORTEST_PREFIX)
    stem = stem_of(words[0], language)
    return AnyOf((word, Term(stem, is_stem=True))) if stem else word


def combined(kind: type[AllOf | AnyOf], parts: Sequence[Query]) -> Query | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts))
