"""Lines of list items: where an item ends and the text around the list goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from portfolio.markdown.kramdown.attributes import read_attribute_list
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.syntax import (
    ATTRIBUTE_CHARACTERS,
    ATTRIBUTE_LINE,
    HTML_BLOCK_CLOSES,
    HTML_BLOCK_OPENS,
    IDENTIFIER,
    WHITESPACE,
    S,
)
from portfolio.markdown.kramdown.tree import AttributeList

TAIL = r"([\t| ][^\n]*\n)"
_ITEM_ATTRIBUTES = rf"{S}*(?:\{{:(?!(?:{IDENTIFIER})?:|/)({ATTRIBUTE_CHARACTERS})\}}){S}*"
ITEM_ATTRIBUTES = re.compile(_ITEM_ATTRIBUTES)
_ONLY_ATTRIBUTES = re.compile(rf"(?:{_ITEM_ATTRIBUTES})?{S}*\n")
_LEADING_TABS = re.compile(r"( *)(\t+)")


@dataclass(frozen=True, slots=True)
class Indentation:
    """How the lines of an item are told from those of its surroundings, by the width of its marker."""

    width: int
    content: re.Pattern[str]
    lazy: re.Pattern[str]


@lru_cache(maxsize=128)
def indentation(width: int) -> Indentation:
    tabs, spaces = divmod(width, 4)
    content = rf"(?:(?:\t| {{4}}){{{tabs}}} {{{spaces}}}|(?:\t| {{4}}){{{tabs + 1}}})"
    stop = rf" {{0,{min(width, 3)}}}(?:{ATTRIBUTE_LINE}|{HTML_BLOCK_CLOSES}|{HTML_BLOCK_OPENS})"
    return Indentation(width, re.compile(content), re.compile(f"(?!{stop})"))


def first_line(marker_width: int, content: str) -> tuple[str, Indentation]:
    """Return the content of a marker's line without its indentation, and the indentation of the lines that follow."""
    if _ONLY_ATTRIBUTES.match(content):
        width = 4
    else:
        while tabs := _LEADING_TABS.match(content):
            column = len(tabs[1]) + marker_width
            content = tabs[1] + " " * (4 - column % 4 + (len(tabs[2]) - 1) * 4) + content[tabs.end() :]
        width = marker_width + len(content) - len(content.lstrip(" "))
    return content.lstrip(WHITESPACE), indentation(min(width, 400))


def item_attributes(text: str, listed: AttributeList) -> str:
    """Move an attribute list that begins an item from ``text`` to ``listed``."""
    match = ITEM_ATTRIBUTES.match(text)
    if match is None:
        return text
    read_attribute_list(match[1], listed)
    return text[match.end() :]


def content_line(scanner: Scanner, indent: Indentation, after_blank: bool) -> tuple[str, bool] | None:
    """Take a line of the current item and tell whether it is indented; None when the line is not the item's."""
    line = scanner.line()
    if not line.endswith("\n"):
        return None
    if not line.strip(WHITESPACE):
        return None
    if indent.content.match(line) is None and (after_blank or scanner.check(indent.lazy) is None):
        return None
    scanner.position += len(line)
    spread = len(line) - len(line.lstrip("\t"))
    line = " " * 4 * spread + line[spread:]
    margin = " " * indent.width
    return (line[indent.width :], True) if line.startswith(margin) else (line, False)
