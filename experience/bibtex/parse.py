"""Parse a ``.bib`` file with bibtexparser, under limits, into entries with plain text."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, NormalizeFieldKeys, SeparateCoAuthors
from bibtexparser.model import Entry, Field

from portfolio.documents.document import Problem, Severity
from portfolio.markdown.characters import without_controls

# Beyond these a file is refused: the parser takes some milliseconds for an entry.
MAX_BYTES = 2_000_000
MAX_ENTRIES = 2000
MAX_NESTING = 60
# Fields that tell themes of Jekyll how to show an entry.
THEME_FIELDS = frozenset(
    """abbr additional_info altmetric annotation bibtex_show code dimensions google_scholar_id html inspirehep_id pdf
    poster preview selected slides supp video website award award_name blog""".split()
)
BRACES = re.compile(r"(?<!\\)[{}]")


class BibtexError(ValueError):
    """The file cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry: ``fields`` by their name in small letters as plain text, ``source`` the entry to copy."""

    key: str
    type: str
    fields: Mapping[str, str]
    authors: tuple[str, ...]
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class BibtexFile:
    entries: list[BibtexEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_bibtex(data: bytes) -> BibtexFile:
    """The entries of a file in UTF-8 or Latin-1. Entries with errors are left out and reported with their line.

    Raises ``BibtexError`` for a file beyond the limits.
    """
    if len(data) > MAX_BYTES:
        raise BibtexError(f"The file has more than {MAX_BYTES // 1_000_000} MB.")
    text = without_controls(decoded_text(data))
    if text.count("@") > 10 * MAX_ENTRIES or nesting(text) > MAX_NESTING:
        raise BibtexError(f"The file has more than {MAX_ENTRIES} entries, or braces nested too deep.")
    library = quietly_parsed(text)
    if len(library.entries) > MAX_ENTRIES:
        raise BibtexError(f"The file has more than {MAX_ENTRIES} entries.")
    sources = [source_of(entry) for entry in library.entries]
    for step in (NormalizeFieldKeys(), SeparateCoAuthors(), LatexDecodingMiddleware()):
        library = step.transform(library)
    result = BibtexFile([read_entry(entry, source) for entry, source in zip(library.entries, sources, strict=True)])
    for block in library.failed_blocks:
        line = block.start_line + 1 if block.start_line is not None else None
        why = " ".join(str(getattr(block.error, "abort_reason", "") or block.error).split())[:200]
        result.problems.append(Problem(Severity.ERROR, "bad-entry", f"this entry is left out: {why}", line))
    return result


def quietly_parsed(text: str) -> bibtexparser.Library:
    """The blocks, with ``@string`` names resolved. The parser logs what it also returns."""
    logger = logging.getLogger("bibtexparser.splitter")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        return bibtexparser.parse_string(text)
    finally:
        logger.disabled = was_disabled


def source_of(entry: Entry) -> str:
    """The entry alone, as others can use it: without names that only its file explains and a theme's own fields."""
    fields = [Field(item.key, item.value) for item in entry.fields if item.key.casefold() not in THEME_FIELDS]
    written = bibtexparser.write_string(bibtexparser.Library([Entry(entry.entry_type, entry.key, fields)]))
    return written.replace("\t", "  ").strip()


def decoded_text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def nesting(text: str) -> int:
    """The deepest nesting of braces."""
    depth = deepest = 0
    for brace in BRACES.findall(text):
        depth = depth + 1 if brace == "{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def read_entry(entry: Entry, source: str) -> BibtexEntry:
    values = {item.key: item.value for item in entry.fields}
    people = values.get("author") or values.get("editor") or ()
    names = people if isinstance(people, list) else [str(people)]
    plain = {key: plain_value(value) for key, value in values.items()}
    authors = tuple(name for name in map(plain_value, names) if name and name.casefold() != "others")
    return BibtexEntry(entry.key, entry.entry_type.lower(), plain, authors, source, (entry.start_line or 0) + 1)


def plain_value(value: object) -> str:
    """A value as text on one line, without the braces that keep capitals."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.replace("{", "").replace("}", "").replace("\u00a0", " ").split())
