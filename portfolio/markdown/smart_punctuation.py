"""cmark's ``SMART`` option without its quotation marks: dashes and ellipses, nothing else.

https://manpages.debian.org/cmark: two hyphens are an en dash, three an em dash, more a row of both.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_MARKS = re.compile(r"-{2,}|\.\.\.")


def smart_punctuation_plugin(md: MarkdownIt) -> None:
    md.core.ruler.before("smartquotes", "smart_punctuation", _replace)


def _replace(state: StateCore) -> None:
    for block in state.tokens:
        in_address = False
        for token in block.children or () if block.type == "inline" else ():
            if token.info == "auto":
                in_address = token.type == "link_open"
            elif in_address:
                continue
            elif token.type == "text" and ("--" in token.content or "..." in token.content):
                token.content = _MARKS.sub(_mark, token.content)


def _mark(match: re.Match[str]) -> str:
    count = len(match[0])
    if match[0][0] == ".":
        return "…"
    if count % 3 == 0:
        return "—" * (count // 3)
    if count % 2 == 0:
        return "–" * (count // 2)
    return "—" * ((count - 2) // 3) + "–" if count % 3 == 2 else "—" * ((count - 4) // 3) + "––"
