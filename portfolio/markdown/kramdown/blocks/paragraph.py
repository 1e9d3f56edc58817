"""Paragraphs: lines that no other block rule matches."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.blocks.definition_list import DEFINITION_START
from portfolio.markdown.kramdown.blocks.fence import FENCE_START
from portfolio.markdown.kramdown.blocks.heading import ATX_START_GFM
from portfolio.markdown.kramdown.blocks.items import LIST_START
from portfolio.markdown.kramdown.blocks.quote import QUOTE_START
from portfolio.markdown.kramdown.syntax import LAZY_END, WHITESPACE

_START = re.compile(r" {0,3}[^ \t]")
_END = re.compile(f"{LAZY_END.pattern}|{DEFINITION_START.pattern}")
# With GitHub's parser a list, a heading, a quote or a fence ends a paragraph without a blank line.
_END_GFM = re.compile(
    "|".join(
        (
            LAZY_END.pattern,
            LIST_START.pattern,
            ATX_START_GFM.pattern,
            DEFINITION_START.pattern,
            QUOTE_START.pattern,
            FENCE_START.pattern,
        )
    )
)


def paragraph(state: BlockState) -> bool:
    """Collect lines up to the end of the paragraph; directly after a paragraph they continue it."""
    scanner = state.scanner
    if scanner.check(_START) is None:
        # A line indented by a tab after spaces is no code and no paragraph: it stands as it is.
        line = scanner.line()
        state.parent.add_text(line, "raw_text")
        scanner.position += len(line)
        return True
    options = state.definitions.options
    end = _END_GFM if options.gfm and options.paragraph_end else _END
    start = scanner.position
    scanner.position += len(scanner.line())
    while not scanner.at_end and scanner.check(end) is None:
        scanner.position += len(scanner.line())
    text = scanner.text[start : scanner.position].rstrip(WHITESPACE)
    last = state.last
    if last is None or last.kind != "p":
        state.push(state.element("p")).add_text(text.lstrip(WHITESPACE), "raw_text")
        return True
    if last.children and last.children[-1].kind == "raw_text":
        joint = "  \n" if scanner.text[max(0, start - 3) : start] == "  \n" else "\n"
        last.children[-1].text += joint + text
    else:
        last.add_text(text, "raw_text")
    return True
