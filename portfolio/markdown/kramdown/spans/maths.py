"""Formulas inside text: ``$$ … $$``."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import WHITESPACE
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"\$\$")


def _read(state: SpanState) -> None:
    scanner = state.scanner
    end = scanner.find("$$", scanner.position + 2)
    if end < 0:
        state.add_text("$")
        scanner.position += 1
        return
    state.push(Element("math", scanner.text[scanner.position + 2 : end].strip(WHITESPACE)))
    scanner.position = end + 2


MATHS = SpanRule("maths", r"\$", _START, _read)
