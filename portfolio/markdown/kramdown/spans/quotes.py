"""Smart quotes: straight quotation marks become typographic."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import S
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(r"[^\\]?[\"']", re.DOTALL)
_PUNCTUATION = r"[!\"#$%'()*+,\-./:;<=>?@\[\\\]^`{|}~]"
_WORD = r"[A-Za-z0-9_]"
# Punctuation that stands apart from words: the mark before it closes.
_APART = rf"(?:{_PUNCTUATION}(?!\.\.)(?!\w)|_(?=\w))"
_LEFT_SINGLE, _RIGHT_SINGLE, _LEFT_DOUBLE, _RIGHT_DOUBLE = range(4)
_OPENS = {"'": _LEFT_SINGLE, '"': _LEFT_DOUBLE}
_CLOSES = {"'": _RIGHT_SINGLE, '"': _RIGHT_DOUBLE}

# Each rule: a pattern whose group "before" is text to keep and whose group "mark" is the quote, and what that becomes:
# by the quote it is, or whatever it is. The first that matches counts.
_RULES: tuple[tuple[re.Pattern[str], dict[str, int] | tuple[int, ...]], ...] = (
    (re.compile(r"(?P<before>)(?P<mark>[\"'])(?=[_*]{1,2}[^ \t\r\n\f\v])"), _OPENS),
    (re.compile(rf"(?P<before>)(?P<mark>[\"'])(?={_APART})"), _CLOSES),
    (re.compile(rf"(?P<before>{S}?)(?P<mark>\"')(?={_WORD})"), (_LEFT_DOUBLE, _LEFT_SINGLE)),
    (re.compile(rf"(?P<before>{S}?)(?P<mark>'\")(?={_WORD})"), (_LEFT_SINGLE, _LEFT_DOUBLE)),
    (re.compile(rf"(?P<before>{S}?)(?P<mark>')(?=[0-9][0-9]s)"), (_RIGHT_SINGLE,)),
    (re.compile(rf"(?P<before>{S})(?P<mark>['\"])(?={_WORD})"), _OPENS),
    (re.compile(r"(?P<before>[^ \\\t\r\n\[{(\-])(?P<mark>['\"])"), _CLOSES),
    (re.compile(rf"(?P<before>)(?P<mark>[\"'])(?={S}|s\b|$)", re.MULTILINE), _CLOSES),
    (re.compile(r"(?P<before>.?)(?P<mark>')", re.DOTALL), (_LEFT_SINGLE,)),
    (re.compile(r"(?P<before>.?)(?P<mark>\")", re.DOTALL), (_LEFT_DOUBLE,)),
)


def _read(state: SpanState) -> None:
    scanner = state.scanner
    for pattern, becomes in _RULES:
        match = scanner.scan(pattern)
        if match is None:
            continue
        state.add_text(match["before"])
        marks = becomes if isinstance(becomes, tuple) else (becomes[match["mark"]],)
        for mark in marks:
            state.push(Element("smart_quote", state.definitions.options.quotes[mark]))
        return


QUOTES = SpanRule("quotes", r"\"|'", _START, _read)
