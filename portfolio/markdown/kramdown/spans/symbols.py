"""Dashes, ellipses and angle quotes."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.tree import Element

_SYMBOLS = {
    "---": "\u2014",
    "--": "\u2013",
    "...": "\u2026",
    "<< ": "\u00ab\u00a0",
    " >>": "\u00a0\u00bb",
    "<<": "\u00ab",
    ">>": "\u00bb",
}
_START = re.compile(r"---|--|\.\.\.|\\<<|\\>>|<< | >>|<<|>>")


def _read(state: SpanState) -> None:
    match = state.scanner.scan(_START)
    if match is None:
        return
    if symbol := _SYMBOLS.get(match[0]):
        state.push(Element("typographic_sym", symbol))
        return
    for character in match[0][1:]:
        state.push(Element("entity", character, meta={"written": "&lt;" if character == "<" else "&gt;"}))


SYMBOLS = SpanRule("symbols", r"--|\.\.\.|\\<<|\\>>| <<| >>|<<|>>", _START, _read)
