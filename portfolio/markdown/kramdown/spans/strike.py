"""GitHub's struck-out text: ``~~gone~~``."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"~~(?![ \t\r\n\f\v~])")
_END = re.compile(r"[^ \t\r\n\f\v~]~~")


def _read(state: SpanState) -> None:
    scanner = state.scanner
    end = scanner.search(_END, scanner.position + 2)
    if end is None or state.exhausted:
        state.add_text("~")
        scanner.position += 1
        return
    inner = scanner.text[scanner.position + 2 : end.end() - 2]
    element = state.push(Element("html_element", "del", meta={"model": "span", "closed": False}))
    scanner.position = end.end()
    # A text of its own: marks do not reach over its ends.
    nested = SpanState(state.definitions, state.rules, inner, element, state.steps)
    nested.read_all()
    state.steps = nested.steps


STRIKE = SpanRule("strike", "~~", _START, _read)
