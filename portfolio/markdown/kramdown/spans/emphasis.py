"""Emphasis by one mark, strong emphasis by two."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import WHITESPACE
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"\*\*?|__?")
_STOPS = {mark: re.compile(re.escape(mark)) for mark in ("*", "**", "_", "__")}


def _read(state: SpanState) -> None:
    scanner = state.scanner
    before = scanner.position
    opening = scanner.scan(_START)
    mark = opening[0] if opening else ""
    kind = "strong" if len(mark) == 2 else "em"
    if (
        (mark[0] == "_" and _in_word(scanner.text, before))
        or scanner.text[scanner.position : scanner.position + 1] in tuple(WHITESPACE)
        or state.inside(kind)
        or state.exhausted
    ):
        state.add_text(mark)
        return
    element = _closed(state, mark, kind)
    if element is None and kind == "strong" and state.current.kind != "em":
        # "**a*" is emphasis that begins with a star of its own.
        scanner.position = before + 1
        element = _closed(state, mark[0], "em")
    if element is None:
        scanner.position = before + len(mark)
        state.add_text(mark)
    else:
        state.push(element)


def _closed(state: SpanState, mark: str, kind: str) -> Element | None:
    """Read up to the closing mark; None when there is none."""
    scanner, text = state.scanner, state.scanner.text
    element = Element(kind)

    def accept(match: re.Match[str]) -> bool:
        at = match.start()
        if text[at - 1] in WHITESPACE or not element.children:
            return False
        if kind == "em" and text.startswith(mark * 2, at) and not text.startswith(mark * 3, at):
            return False
        return not (mark[0] == "_" and text[match.end() : match.end() + 1].isalnum())

    if scanner.find(mark, scanner.position) < 0 or not state.read_into(element, _STOPS[mark], accept):
        return None
    scanner.position += len(mark)
    return element


def _in_word(text: str, position: int) -> bool:
    """An underscore after a letter, or after a letter and a hyphen, is part of a word."""
    before = text[max(0, position - 2) : position]
    return bool(before) and (before[-1].isalpha() or (len(before) == 2 and before[1] == "-" and before[0].isalpha()))


EMPHASIS = SpanRule("emphasis", r"\*|_", _START, _read)
