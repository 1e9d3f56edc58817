"""Headings with marks in front (atx) and underlined ones (setext)."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import WHITESPACE

ATX_START_GFM = re.compile(r"(#{1,6})[\t ]+([^\n]*)\n")
_ATX_START_KRAMDOWN = re.compile(r"(#{1,6})[\t ]*([^ \t][^\n]*)\n")
_SETEXT_START = re.compile(r" {0,3}([^ \t\n][^\n]*)\n([-=])[-=]*[ \t\r\f\v]*\n")
_ID = re.compile(r"[\t ]\{#([^\W\d][\w.:\-]*)\}\Z")


def atx_heading(state: BlockState) -> bool:
    options = state.definitions.options
    if not options.gfm:
        start, boundary_needed = _ATX_START_KRAMDOWN, True
        closing = re.compile(r"(?<!\\)#+\Z")
    else:
        start, boundary_needed = ATX_START_GFM, not options.paragraph_end
        closing = re.compile(r"[\t ]#+\Z")
    match = state.scanner.check(start)
    if match is None or (boundary_needed and not state.after_boundary()):
        return False
    text, identity = _text_and_id(match[2])
    if closing.search(text):
        text = closing.sub("", text).rstrip(WHITESPACE)
    return _heading(state, match, len(match[1]), text, identity)


def setext_heading(state: BlockState) -> bool:
    match = state.scanner.check(_SETEXT_START)
    if match is None or not state.after_boundary():
        return False
    text, identity = _text_and_id(match[1])
    return _heading(state, match, 2 if match[2] == "-" else 1, text, identity)


def _text_and_id(text: str) -> tuple[str, str]:
    text = text.rstrip(WHITESPACE)
    if match := _ID.search(text):
        return text[: match.start()].rstrip(WHITESPACE), match[1]
    return text, ""


def _heading(state: BlockState, match: re.Match[str], level: int, text: str, identity: str) -> bool:
    if not text:
        return False
    state.scanner.position = match.end()
    heading = state.push(state.element("header", level=level, raw_text=text))
    heading.add_text(text, "raw_text")
    if identity:
        heading.attributes["id"] = identity
    return True
