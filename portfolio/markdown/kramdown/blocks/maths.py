"""Display formulas: ``$$ … $$`` as a block of its own."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import WHITESPACE, S

_OPENING = re.compile(r" {0,3}(\\)?\$\$")
_TRAILING = re.compile(rf"{S}*?\n")


def display_maths(state: BlockState) -> bool:
    scanner = state.scanner
    opening = scanner.check(_OPENING)
    if opening is None or not state.after_boundary():
        return False
    closing = scanner.find("$$", opening.end())
    if closing < 0:
        return False
    trailing = _TRAILING.match(scanner.text, closing + 2)
    if opening[1]:
        if trailing:
            # The backslash is spent; what follows is a paragraph.
            scanner.position = opening.end(1)
        return False
    before = scanner.position
    scanner.position = trailing.end() if trailing else closing + 2
    if not state.before_boundary():
        scanner.position = before
        return False
    state.push(state.element("math", scanner.text[opening.end() : closing].strip(WHITESPACE), display=True))
    return True
