"""Rich text as shown, with emphasis that runs over a link or over other emphasis in one piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_INLINE = "a|b|i|s|sub|sup|code"
_SPLIT = re.compile(rf"</(?:{_INLINE})><(?:{_INLINE})[ >]")
_TOKEN = re.compile(rf"<(?P<end>/?)(?P<name>{_INLINE})(?: [^<>]*)?>|<br ?/?>|[^<]+|<[^<>]*>?")


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline element. Links are told apart by their ``place``; two equal marks side by side are one."""

    name: str
    tag: str
    place: int = 0


Run = tuple[tuple[Mark, ...], str]


def join_marks(html: str) -> str:
    """``html`` with marks that the editor has stored in several pieces put together again.

    Its storage ends every mark where another begins: emphasis over a link is three elements, before it, inside it and
    after it. That reads the same, but it is not what the author wrote, and whoever counts or styles it meets it thrice.
    """
    if not _SPLIT.search(html):
        return html
    pieces: list[str] = []
    runs: list[Run] = []
    open_marks: list[Mark] = []
    empty = False
    for token in _TOKEN.finditer(html):
        name, written = token["name"], token[0]
        if name and not token["end"]:
            open_marks.append(Mark(name, written, token.start() if name == "a" else 0))
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


def nested(runs: Sequence[Run]) -> str:
    """Of the marks that begin at one place, the one that reaches furthest is put around the others."""
    pieces: list[str] = []
    begin = 0
    while begin < len(runs):
        marks, text = runs[begin]
        if not marks:
            pieces.append(text)
            begin += 1
            continue
        widest, end = max(((mark, _end(runs, begin, mark)) for mark in marks), key=lambda found: found[1])
        inside = [(tuple(mark for mark in held if mark != widest), words) for held, words in runs[begin:end]]
        pieces.append(f"{widest.tag}{nested(inside)}</{widest.name}>")
        begin = end
    return "".join(pieces)


def _end(runs: Sequence[Run], begin: int, mark: Mark) -> int:
    return next((place for place in range(begin, len(runs)) if mark not in runs[place][0]), len(runs))
