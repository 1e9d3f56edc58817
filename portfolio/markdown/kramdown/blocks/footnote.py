"""Footnote definitions."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.blocks.code import indented_end, without_indent
from portfolio.markdown.kramdown.document import FootnoteDefinition
from portfolio.markdown.kramdown.syntax import IDENTIFIER
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(rf" {{0,3}}\[\^({IDENTIFIER})\]:([^\n]*\n)")


def footnote_definition(state: BlockState) -> bool:
    scanner = state.scanner
    match = scanner.scan(_START)
    if match is None:
        return False
    scanner.position = indented_end(scanner.text, match.end())
    content = Element("footnote_def")
    state.parse(without_indent(scanner.text[match.start(2) : scanner.position]), content)
    definition = state.push(state.element("eob", of="footnote_def"))
    state.definitions.footnotes[match[1]] = FootnoteDefinition(content, definition)
    return True
