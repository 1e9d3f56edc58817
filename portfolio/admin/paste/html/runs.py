"""Inline runs: text with the same marks and link, and its HTML for rich text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from portfolio.admin.paste.html.styles import Marks

_SPACE = re.compile(r"[ \t\r\n\f]+")
_EDGE_SPACE = re.compile(r" *\xa0[ \xa0]+| +\xa0 *")
_ORDER = ("b", "i", "s", "sup", "sub", "code")


@dataclass(frozen=True, slots=True)
class PastedRun:
    """Text with the same marks and link. ``text`` is "\\n" for a line break, which has neither.

    ``kept`` is True if white space is preserved.
    """

    text: str
    marks: Marks = frozenset()
    href: str = ""
    kept: bool = False


BREAK = PastedRun("\n")


def is_blank(runs: Sequence[PastedRun]) -> bool:
    return not any(run.text.strip() for run in runs)


def plain_text(runs: Sequence[PastedRun]) -> str:
    """Return the text with line breaks as spaces."""
    return " ".join("".join(run.text for run in runs).replace("\xa0", " ").split())


def source_text(runs: Sequence[PastedRun]) -> str:
    """Return the text of code, with indentation and line breaks."""
    pieces = [run.text if run.kept or run is BREAK else _SPACE.sub(" ", run.text) for run in runs]
    return "".join(pieces).replace("\xa0", " ")


def is_code(runs: Sequence[PastedRun]) -> bool:
    """Whether all visible text is code."""
    return not is_blank(runs) and all("code" in run.marks and not run.href for run in runs if run.text.strip())


def inline_html(runs: Sequence[PastedRun]) -> str:
    """Return the runs as HTML: marks inside links, spaces outside of both, ``<br/>`` for inner line breaks."""
    pieces: list[str] = []
    for href, group in groupby(merged(settled(runs)), key=lambda run: run.href):
        inner = "".join(_run_html(run) for run in group)
        pieces.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(pieces)


def settled(runs: Sequence[PastedRun]) -> list[PastedRun]:
    """Collapse white space as browsers do, and move it out of marks and links."""
    result: list[PastedRun] = []
    spaced = True  # a space at the start of a line is not shown
    for run in runs:
        if run is BREAK:
            result.append(run)
            spaced = True
            continue
        for number, line in enumerate(run.text.split("\n") if run.kept else [run.text]):
            if number:
                result.append(BREAK)
                spaced = True
            for piece in _split_edges(_EDGE_SPACE.sub(" ", _SPACE.sub(" ", line)), run):
                if piece.text == " ":
                    if not spaced:
                        result.append(piece)
                    spaced = True
                else:
                    result.append(piece)
                    spaced = False
    return _trimmed(result)


def merged(runs: Sequence[PastedRun]) -> Iterator[PastedRun]:
    """Merge adjacent runs with the same marks and link."""
    previous: PastedRun | None = None
    for run in runs:
        if previous is not None and BREAK not in (previous, run) and same(previous, run):
            previous = replace(previous, text=previous.text + run.text)
            continue
        if previous is not None:
            yield previous
        previous = run
    if previous is not None:
        yield previous


def same(one: PastedRun, other: PastedRun) -> bool:
    return one.marks == other.marks and one.href == other.href


def _split_edges(text: str, run: PastedRun) -> Iterator[PastedRun]:
    """Split spaces at the edges of the text into runs of their own, without marks."""
    inner = text.strip(" ")
    if not inner:
        if text:
            yield PastedRun(" ")
        return
    if text[0] == " ":
        yield PastedRun(" ")
    yield PastedRun(inner, run.marks, run.href)
    if text[-1] == " ":
        yield PastedRun(" ")


def _trimmed(runs: list[PastedRun]) -> list[PastedRun]:
    """Remove spaces before line breaks and white space at the edges; restore marks and links of inner spaces."""
    result: list[PastedRun] = []
    for run in runs:
        if run is BREAK and result and result[-1].text == " ":
            result.pop()
        result.append(run)
    while result and not result[0].text.strip(" \n\xa0"):
        del result[0]
    while result and not result[-1].text.strip(" \n\xa0"):
        del result[-1]
    if result:
        result[0] = replace(result[0], text=result[0].text.lstrip("\xa0"))
        result[-1] = replace(result[-1], text=result[-1].text.rstrip("\xa0"))
    for index in range(1, len(result) - 1):
        before, after = result[index - 1], result[index + 1]
        if result[index].text == " " and BREAK not in (before, after) and (before.href or before.marks):
            shared = before.marks & after.marks
            result[index] = PastedRun(" ", shared, before.href if before.href == after.href else "")
    return result


def _run_html(run: PastedRun) -> str:
    if run is BREAK:
        return "<br/>"
    html = escape(run.text, quote=False)
    for mark in reversed([mark for mark in _ORDER if mark in run.marks]):
        html = f"<{mark}>{html}</{mark}>"
    return html
