"""Autolinks: addresses between angle brackets."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"<((mailto|https?|ftps?):[^\n]+?|[\w.\-]+?@[\w.\-]+?)>")


def _read(state: SpanState) -> None:
    match = state.scanner.scan(_START)
    if match is None:
        return
    link = Element("a", attributes={"href": match[1] if match[2] else f"mailto:{match[1]}"})
    link.add_text(match[1].removeprefix("mailto:"))
    state.push(link)


AUTOLINK = SpanRule("autolink", "<", _START, _read)
