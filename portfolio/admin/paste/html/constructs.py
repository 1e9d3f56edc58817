"""Constructs of a pasted text: paragraphs, list items with their depth, headings, code, tables, images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portfolio.admin.paste.html.runs import BREAK, PastedRun


@dataclass(slots=True)
class PastedParagraph:
    runs: list[PastedRun]


@dataclass(slots=True)
class PastedListItem:
    """``depth`` counts from 0; ``kind`` is "ul" or "ol"; items with the same ``source`` belong to one list."""

    runs: list[PastedRun]
    depth: int
    kind: str
    source: str = ""


@dataclass(slots=True)
class PastedHeading:
    level: int
    runs: list[PastedRun]


@dataclass(slots=True)
class PastedCode:
    language: str
    code: str


@dataclass(slots=True)
class PastedQuote:
    parts: list[PastedParagraph | PastedListItem]


@dataclass(slots=True)
class PastedTable:
    """``header`` is empty for a table without headings; ``align`` has "", "left", "center" or "right" per column."""

    header: list[list[PastedRun]]
    rows: list[list[list[PastedRun]]]
    align: list[str]
    caption: str = ""


@dataclass(slots=True)
class PastedDivider:
    pass


@dataclass(slots=True)
class PastedImage:
    src: str
    alt: str = ""
    title: str = ""
    link: str = ""
    caption: list[PastedRun] = field(default_factory=list)


@dataclass(slots=True)
class PastedFrame:
    """A frame of a site on the list of embeds."""

    src: str
    title: str = ""
    width: str = ""
    height: str = ""


@dataclass(slots=True)
class PastedFormula:
    tex: str


PastedConstruct = (
    PastedParagraph
    | PastedListItem
    | PastedHeading
    | PastedCode
    | PastedQuote
    | PastedTable
    | PastedDivider
    | PastedImage
    | PastedFrame
    | PastedFormula
)


def lines(paragraphs: Sequence[list[PastedRun]]) -> list[PastedRun]:
    """Join the runs of several paragraphs with line breaks."""
    joined: list[PastedRun] = []
    for runs in paragraphs:
        joined += [BREAK, *runs] if joined else runs
    return joined


def line_of(construct: PastedConstruct) -> list[PastedRun]:
    """Return a construct as inline text for a table cell or a caption."""
    match construct:
        case PastedParagraph(runs) | PastedHeading(_, runs):
            return runs
        case PastedListItem(runs, depth, kind, _):
            return [PastedRun("  " * depth + ("• " if kind == "ul" else "– "), kept=True), *runs]
        case PastedCode(_, code):
            return lines([[PastedRun(line, frozenset({"code"}))] for line in code.split("\n")])
        case PastedQuote(parts):
            return lines([line_of(part) for part in parts])
        case PastedFormula(tex):
            return [PastedRun(tex, frozenset({"code"}))]
        case PastedTable(header, rows, _, _):
            return lines([cell for row in [header, *rows] for cell in row])
        case _:
            return []
