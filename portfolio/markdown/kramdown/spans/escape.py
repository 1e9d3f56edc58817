"""Backslash escapes."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState

ESCAPED = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-])")
_ESCAPED_GFM = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-~])")


def _read(state: SpanState) -> None:
    match = state.scanner.scan(_ESCAPED_GFM)
    if match:
        state.add_text(match[1])


ESCAPE = SpanRule("escape", r"\\", ESCAPED, _read)
ESCAPE_GFM = SpanRule("escape", r"\\", _ESCAPED_GFM, _read)
