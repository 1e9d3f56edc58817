"""Block quotes."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import LAZY_END

QUOTE_START = re.compile(r" {0,3}> ?")
_MARKS = re.compile(r"^ {0,3}> ?", re.MULTILINE)


def block_quote(state: BlockState) -> bool:
    """A quote runs to the next blank line; lines without a mark continue it."""
    scanner = state.scanner
    if scanner.check(QUOTE_START) is None:
        return False
    start = scanner.position
    scanner.position += len(scanner.line())
    while not scanner.at_end and scanner.check(LAZY_END) is None:
        scanner.position += len(scanner.line())
    quote = state.push(state.element("blockquote"))
    state.parse(_MARKS.sub("", scanner.text[start : scanner.position]), quote)
    return True
