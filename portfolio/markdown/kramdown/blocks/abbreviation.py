"""Abbreviation definitions: ``*[HTML]: HyperText Markup Language``."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.document import AbbreviationDefinition
from portfolio.markdown.kramdown.syntax import WHITESPACE

_DEFINITION = re.compile(r" {0,3}\*\[([^\n]+?)\]:([^\n]*)\n")


def abbreviation_definition(state: BlockState) -> bool:
    match = state.scanner.scan(_DEFINITION)
    if match is None:
        return False
    definition = state.push(state.element("eob", of="abbrev_def"))
    state.definitions.abbreviations[match[1]] = AbbreviationDefinition(match[2].strip(WHITESPACE), definition)
    return True
