"""Code spans."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import WHITESPACE
from portfolio.markdown.kramdown.tree import Element

_START = re.compile("`+")


def code_span_at(scanner: Scanner) -> str | None:
    """Read the code span that begins here and return its content.

    When none begins here the place moves behind the backticks and None is returned.
    """
    text, start = scanner.text, scanner.position
    opening = scanner.scan(_START)
    ticks = opening[0] if opening else ""
    after = scanner.position
    alone = start == 0 or text[start - 1] in WHITESPACE
    if len(ticks) == 1 and alone and text[after : after + 1] in tuple(WHITESPACE):
        return None
    end = scanner.find(ticks, after)
    if end < 0:
        return None
    content = text[after:end]
    if len(ticks) > 1:
        content = content.removeprefix(" ").removesuffix(" ")
    scanner.position = end + len(ticks)
    return content


def _read(state: SpanState) -> None:
    scanner, start = state.scanner, state.scanner.position
    content = code_span_at(scanner)
    if content is None:
        state.add_text(scanner.text[start : scanner.position])
    else:
        state.push(Element("codespan", content))


CODE = SpanRule("code", "`", _START, _read)
