"""The span rules, in the order in which they are tried."""

from __future__ import annotations

from functools import lru_cache

from markdown_it.ruler import Ruler

from portfolio.markdown.kramdown.span_state import SpanRule
from portfolio.markdown.kramdown.spans import (
    autolink,
    breaks,
    code,
    emphasis,
    entity,
    escape,
    extension,
    footnote,
    html,
    link,
    maths,
    quotes,
    strike,
    symbols,
)
from portfolio.markdown.options import Options


def span_rules(options: Options) -> tuple[SpanRule, ...]:
    """Return the rules that ``options`` leave switched on; the order is kramdown's and carries meaning."""
    return _chosen(options.gfm, options.smart_quotes, options.typographic_symbols, options.hard_wrap)


@lru_cache(maxsize=16)
def _chosen(gfm: bool, smart_quotes: bool, typographic_symbols: bool, hard_wrap: bool) -> tuple[SpanRule, ...]:
    ruler: Ruler[SpanRule] = Ruler()
    for rule in (
        emphasis.EMPHASIS,
        code.CODE,
        autolink.AUTOLINK,
        html.HTML,
        footnote.FOOTNOTE,
        link.LINK,
        quotes.QUOTES,
        maths.MATHS,
        extension.EXTENSION,
        entity.ENTITY,
        symbols.SYMBOLS,
        breaks.BREAK,
        escape.ESCAPE_GFM if gfm else escape.ESCAPE,
        strike.STRIKE,
    ):
        ruler.push(rule.name, rule)
    switched_off = [
        name
        for name, off in (
            ("quotes", not smart_quotes),
            ("symbols", not typographic_symbols),
            ("break", gfm and hard_wrap),
            ("strike", not gfm),
        )
        if off
    ]
    ruler.disable(switched_off)
    return tuple(ruler.getRules(""))
