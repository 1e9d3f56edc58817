"""Thematic breaks."""

from __future__ import annotations

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import RULE_LINE


def thematic_break(state: BlockState) -> bool:
    if state.scanner.scan(RULE_LINE) is None:
        return False
    state.push(state.element("hr"))
    return True
