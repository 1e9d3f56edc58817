"""Link definitions: ``[name]: address "title"``."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.document import LinkDefinition, normal_link_id
from portfolio.markdown.kramdown.syntax import NOT_S

_START = re.compile(r" {0,3}\[[^\n\]]+\]:")
_DEFINITION = re.compile(
    rf"""\ {{0,3}}\[([^\n\]]+)\]:[ \t]*
    (?:<([^\n]*?)>|([^\n]*?{NOT_S}[^\n]*?))
    (?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?(["'])([^\n]+?)\4)?
    [ \t]*?\n""",
    re.VERBOSE,
)
_TITLE_INSIDE = re.compile(r"[ \t]+[\"']")
MAX_LINE_LENGTH = 4000
"""Characters; the pattern tries every quote of a longer line against every other."""


def link_definition(state: BlockState) -> bool:
    scanner = state.scanner
    if scanner.check(_START) is None or len(scanner.line()) > MAX_LINE_LENGTH:
        return False
    match = scanner.check(_DEFINITION)
    if match is None or _TITLE_INSIDE.search(match[3] or ""):
        return False
    scanner.position = match.end()
    definition = state.push(state.element("eob", of="link_def"))
    address = match[2] if match[2] is not None else match[3]
    state.definitions.links[normal_link_id(match[1])] = LinkDefinition(address, match[5] or "", definition)
    return True
