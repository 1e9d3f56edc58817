"""Flatten constructs to paragraphs and lists, for fields with only prose: quotes, callouts, answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from portfolio.admin.paste.html.constructs import (
    PastedCode,
    PastedConstruct,
    PastedFormula,
    PastedFrame,
    PastedHeading,
    PastedImage,
    PastedListItem,
    PastedParagraph,
    PastedQuote,
    PastedTable,
)
from portfolio.admin.paste.html.runs import BREAK, PastedRun


def flattened(
    constructs: Sequence[PastedConstruct], tell: Callable[[str], None]
) -> Iterator[PastedParagraph | PastedListItem]:
    """Yield the constructs as paragraphs and list items; content without text is reported with ``tell``."""
    for construct in constructs:
        match construct:
            case PastedParagraph() | PastedListItem():
                yield construct
            case PastedHeading(_, runs):
                tell("There is no room for headings here; they are bold.")
                yield PastedParagraph([run if run is BREAK else replace(run, marks=run.marks | {"b"}) for run in runs])
            case PastedCode(_, code):
                tell("There is no room for a listing here; its lines are paragraphs.")
                for line in code.split("\n"):
                    if line.strip():
                        indent = len(line) - len(line.lstrip())
                        # Figure spaces, which are kept at the start of a line.
                        lead = "\u2007" * len(line[:indent].expandtabs(4))
                        yield PastedParagraph([PastedRun(lead + line[indent:], frozenset({"code"}))])
            case PastedFormula(tex):
                yield PastedParagraph([PastedRun(tex, frozenset({"code"}))])
            case PastedQuote(parts):
                yield from parts
            case PastedTable(header, rows, _, _):
                tell("There is no room for a table here; its rows are paragraphs.")
                for row in [header, *rows] if header else rows:
                    yield PastedParagraph([run for cell in row for run in [PastedRun(" | "), *cell]][1:])
            case PastedImage() | PastedFrame():
                tell(f"There is no room for this here: {construct.src[:120]}")
