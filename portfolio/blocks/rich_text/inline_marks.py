"""Inline marks of rich text: merge adjacent elements of the same emphasis or link for display."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_INLINE = "a|b|i|s|sub|sup|code"
_SPLIT = re.compile(rf"</(?:{_INLINE})><(?:{_INLINE})[ >]")
_TOKEN = re.compile(rf"<(?P<end>/?)(?P<name>{_INLINE})(?: [^<>]*)?>|<br ?/?>|[^<]+|<[^<>]*>?")


@dataclass(frozen=True, slots=True)
class InlineMark:
    """An inline element. Equal marks side by side are merged; links differ by their ``offset``."""

    name: str
    tag: str
    offset: int = 0


MarkedRun = tuple[tuple[InlineMark, ...], str]


def join_marks(html: str) -> str:
    """Return ``html`` with marks merged that the editor has stored in several elements.

    The stored form ends every mark where another begins: emphasis across a link is stored as three elements. It looks
    the same, but it is not what the author wrote, and CSS or a reader of the HTML sees three elements.
    """
    if not _SPLIT.search(html):
        return html
    pieces: list[str] = []
    runs: list[MarkedRun] = []
    open_marks: list[InlineMark] = []
    empty = False
    for token in _TOKEN.finditer(html):
        name, written = token["name"], token[0]
        if name and not token["end"]:
            open_marks.append(InlineMark(name, written, token.start() if name == "a" else 0))
            empty = True
        elif name:
            if not open_marks or open_marks[-1].name != name:
                return html
            if empty:
                runs.append((tuple(open_marks), ""))
            open_marks.pop()
            empty = False
        elif written.startswith("<") and not written.startswith("<br"):
            if open_marks:
                return html
            pieces += [nested(runs), written]
            runs = []
        else:
            runs.append((tuple(open_marks), written))
            empty = False
    return html if open_marks else "".join([*pieces, nested(runs)])


def nested(runs: Sequence[MarkedRun]) -> str:
    """Nest the marks of ``runs``: of marks that begin together, the longest one is outermost."""
    pieces: list[str] = []
    begin = 0
    while begin < len(runs):
        marks, text = runs[begin]
        if not marks:
            pieces.append(text)
            begin += 1
            continue
        widest, end = max(((mark, _end(runs, begin, mark)) for mark in marks), key=lambda candidate: candidate[1])
        inside = [(tuple(mark for mark in held if mark != widest), words) for held, words in runs[begin:end]]
        pieces.append(f"{widest.tag}{nested(inside)}</{widest.name}>")
        begin = end
    return "".join(pieces)


def _end(runs: Sequence[MarkedRun], begin: int, mark: InlineMark) -> int:
    return next((index for index in range(begin, len(runs)) if mark not in runs[index][0]), len(runs))
