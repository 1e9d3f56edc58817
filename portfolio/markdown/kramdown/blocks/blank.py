"""Blank lines and other block separators."""

from __future__ import annotations

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import BLANK_LINES, END_OF_BLOCK_LINE
from portfolio.markdown.kramdown.tree import Element


def blank_lines(state: BlockState) -> bool:
    """Blank lines become one element. An attribute list in front of them is spent on them."""
    match = state.scanner.scan(BLANK_LINES)
    if match is None:
        return False
    if state.last is not None and state.last.kind == "blank":
        state.last.text += match[0]
    else:
        state.push(state.element("blank", match[0]))
    return True


def end_of_block(state: BlockState) -> bool:
    """A line with nothing but "^" ends a block without a blank line."""
    if state.scanner.scan(END_OF_BLOCK_LINE) is None:
        return False
    end = Element("eob")
    state.take_pending(end)
    state.push(end)
    return True
