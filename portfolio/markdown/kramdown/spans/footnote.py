"""Footnote marks."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import IDENTIFIER
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(rf"\[\^({IDENTIFIER})\]")


def _read(state: SpanState) -> None:
    match = state.scanner.scan(_START)
    if match is None:
        return
    if match[1] in state.definitions.footnotes:
        state.push(Element("footnote", match[1]))
    else:
        state.add_text(match[0])


FOOTNOTE = SpanRule("footnote", r"\[", _START, _read)
