"""Hard line breaks: two spaces, or two backslashes, at the end of a line."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"(?:  |\\\\)(?=\n)")


def _read(state: SpanState) -> None:
    state.scanner.scan(_START)
    state.push(Element("br"))


BREAK = SpanRule("break", r"  (?=\n)|\\(?=\n)", _START, _read)
