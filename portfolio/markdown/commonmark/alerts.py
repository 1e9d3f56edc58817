"""Quotations that begin with ``[!NOTE]``: notes in a box, as GitHub and Obsidian show them.

https://docs.github.com/en/get-started/writing-on-github (alerts), https://help.obsidian.md/callouts. The quotation gets
the classes of our callouts, and a title that is written behind the mark stands above it in bold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]\n]*)?\](?P<folded>[+-]?)[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")
_KINDS = {
    "tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
    "warning": "warning", "caution": "warning", "danger": "warning", "attention": "warning", "error": "warning",
    "important": "warning", "bug": "warning", "failure": "warning", "fail": "warning", "missing": "warning",
}  # fmt: skip


def alert_plugin(md: MarkdownIt) -> None:
    md.core.ruler.before("inline", "alerts", _mark_alerts)


def _mark_alerts(state: StateCore) -> None:
    marked: list[Token] = []
    tokens = state.tokens
    for place, token in enumerate(tokens):
        marked.append(token)
        if token.type == "inline" and (match := _opens_quotation(tokens, place)):
            marked[-3].attrJoin("class", f"callout callout-{_KINDS.get(match['kind'].lower(), 'note')}")
            token.content = token.content[match.end() :]
            title = match["title"].strip()
            if not title and not token.content:
                del marked[-2:]  # nothing but the mark: its paragraph ends with the next token
                marked.append(Token("html_block", "", 0, level=token.level))
            elif title:
                opening, inline = marked[-2], marked[-1]
                heading = Token(
                    "inline", "", 0, content=f"**{title}**", level=inline.level, children=[], map=opening.map
                )
                rest = [Token("paragraph_close", "p", -1, level=opening.level), *_paragraph(opening), inline]
                marked[-1:] = [heading, *(rest if inline.content else [])]
    state.tokens = _without_empty(marked)


def _opens_quotation(tokens: Sequence[Token], place: int) -> re.Match[str] | None:
    before = [token.type for token in tokens[max(place - 2, 0) : place]]
    return _MARK.match(tokens[place].content) if before == ["blockquote_open", "paragraph_open"] else None


def _paragraph(opening: Token) -> list[Token]:
    return [Token("paragraph_open", "p", 1, level=opening.level, map=opening.map, block=True)]


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Without what is left of a paragraph that held a mark and nothing else."""
    kept: list[Token] = []
    for token in tokens:
        if token.type == "paragraph_close" and kept and kept[-1].type == "html_block" and not kept[-1].content:
            kept.pop()
        else:
            kept.append(token)
    return kept
