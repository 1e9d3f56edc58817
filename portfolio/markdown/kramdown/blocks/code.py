"""Listings by indentation."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import (
    ATTRIBUTE_LINE,
    END_OF_BLOCK,
    HTML_BLOCK_CLOSES,
    HTML_BLOCK_OPENS,
    MARGIN,
)

INDENT = re.compile(r"(?:\t| {4})")
_BLANK = re.compile(r"(?>[ \t\r\f\v]*\n)+")
_INDENTED = re.compile(r"(?:\t| {4})[ \t]*[^ \t\r\n\f\v][^\n]*\n")
_LAZY = re.compile(
    rf"(?!{MARGIN}{ATTRIBUTE_LINE}|{END_OF_BLOCK}|{MARGIN}{HTML_BLOCK_CLOSES}|{MARGIN}{HTML_BLOCK_OPENS})"
    r"[ \t]*[^ \t\r\n\f\v][^\n]*\n"
)
_LINE_START_INDENT = re.compile(r"^(?:\t| {4})", re.MULTILINE)
_UNINDENTED = re.compile(r"\n( {0,3}[^ \t\r\n\f\v])")


def indented_code(state: BlockState) -> bool:
    scanner = state.scanner
    if scanner.check(INDENT) is None:
        return False
    end = indented_end(scanner.text, scanner.position)
    if end == scanner.position:
        return False
    # A line without indentation continues the line before it.
    text = _UNINDENTED.sub(r" \1", scanner.text[scanner.position : end])
    scanner.position = end
    state.push(state.element("codeblock", without_indent(text)))
    return True


def indented_end(text: str, position: int) -> int:
    """Return where the run of indented lines ends that begins here, ``position`` when none does.

    Blank lines inside count, lazily continued lines after an indented one as well.
    """
    while True:
        start = position
        if blank := _BLANK.match(text, position):
            start = blank.end()
        line = _INDENTED.match(text, start)
        if line is None:
            return position
        while line:
            position = line.end()
            line = _INDENTED.match(text, position)
        while lazy := _LAZY.match(text, position):
            position = lazy.end()


def without_indent(text: str) -> str:
    return _LINE_START_INDENT.sub("", text)
