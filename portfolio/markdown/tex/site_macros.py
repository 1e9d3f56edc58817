r"""Macros that a site gives its maths script: MathJax's and KaTeX's ``macros`` and ``\newcommand`` in a layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio.markdown.tex.macros import DEFINITION, definitions, macros_of
from portfolio.markdown.tex.tokens import TexError

MAX_LAYOUT = 200_000
MAX_MACROS = 10_000
"""Characters of one layout that are looked through, and of all definitions of a site."""

_TABLE = re.compile(r"""\bmacros["']?\s*[:=]\s*\{""", re.IGNORECASE)
_STRING = r"""(?P<{0}>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_ENTRY = re.compile(
    rf"""(?P<name>"[^"\n]+"|'[^'\n]+'|[A-Za-z]+)\s*:\s*
    (?:{_STRING.format("text")}|\[\s*{_STRING.format("body")}\s*(?:,\s*(?P<count>\d)\s*(?:,\s*{_STRING.format("default")})?)?\s*\])""",
    re.VERBOSE,
)
_GAP = re.compile(r"(?:[\s,]|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PARAMETER = re.compile(r"#([1-9])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def site_macros(layouts: Iterable[str]) -> str:
    """Return the definitions in the layouts of a site as TeX, one a line; those that cannot be read are left out."""
    found: dict[str, str] = {}
    for layout in layouts:
        for name, definition in _definitions(_COMMENT.sub("", layout[:MAX_LAYOUT])):
            if sum(map(len, found.values())) + len(definition) <= MAX_MACROS:
                found.setdefault(name, definition)
    return "\n".join(found.values())


def _definitions(layout: str) -> Iterator[tuple[str, str]]:
    for table in _TABLE.finditer(layout):
        yield from _entries(layout, table.end())
    for start in DEFINITION.finditer(layout):
        yield from list(definitions(layout[start.start() : start.start() + 1_000]))[:1]


def _entries(layout: str, start: int) -> Iterator[tuple[str, str]]:
    while entry := _ENTRY.match(layout, _GAP.match(layout, start).end()):  # type: ignore[union-attr]
        start = entry.end()
        name = "\\" + _ESCAPE.sub(r"\1", entry["name"].strip("\"'")).lstrip("\\")
        body = _unquoted(entry["text"] or entry["body"])
        count = int(entry["count"] or max((int(number) for number in _PARAMETER.findall(body)), default=0))
        parameters = f"[{count}]" if count else ""
        default = f"[{_unquoted(entry['default'])}]" if entry["default"] else ""
        definition = rf"\newcommand{{{name}}}{parameters}{default}{{{body}}}"
        try:
            if name in macros_of(definition):
                yield name, definition
        except TexError:
            continue


def _unquoted(literal: str) -> str:
    return _ESCAPE.sub(r"\1", literal[1:-1])
