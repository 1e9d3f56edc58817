"""What a note says, by itself."""

from __future__ import annotations

import re

from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:[ \t]?")
_INDENT = re.compile(r"^(?: {4}|\t)", re.MULTILINE)


def note_html(source: str) -> str:
    """Return the HTML of the text of a note's definition, "" for any other source."""
    source = source.strip("\n")
    match = _NOTE.match(source)
    return to_html(_INDENT.sub("", source[match.end() :]).lstrip("\n") + "\n", Options()) if match else ""
