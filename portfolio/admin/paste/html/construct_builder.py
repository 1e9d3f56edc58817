"""Construct builder: collect runs of text into headings, list items and paragraphs, in document order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from portfolio.admin.paste.html.constructs import PastedConstruct, PastedHeading, PastedListItem, PastedParagraph
from portfolio.admin.paste.html.runs import BREAK, PastedRun, is_blank, is_code, plain_text

MAX_HEADING = 300  # characters, as in the heading block


@dataclass(slots=True)
class OpenListItem:
    """A list item that is being read, with its construct if it has one already."""

    depth: int
    kind: str
    source: str
    written: PastedListItem | None = None


class ConstructBuilder:
    """The finished constructs, and the runs of the current line.

    ``level`` is the level of the current heading, 0 outside of headings; ``item`` is the current list item.
    """

    def __init__(self) -> None:
        self.constructs: list[PastedConstruct] = []
        self.runs: list[PastedRun] = []
        self.level = 0
        self.item: OpenListItem | None = None

    def add_run(self, run: PastedRun) -> None:
        self.runs.append(run)

    def add(self, *constructs: PastedConstruct) -> None:
        """End the current line and add complete constructs."""
        self.flush()
        self.constructs += constructs

    @contextmanager
    def heading(self, level: int) -> Iterator[None]:
        """Make lines inside the block headings of this level."""
        self.flush()
        outer, self.level = self.level, level
        yield
        self.flush()
        self.level = outer

    @contextmanager
    def list_item(self, item: OpenListItem) -> Iterator[None]:
        """Make lines inside the block part of the list item."""
        self.flush()
        outer, self.item = self.item, item
        yield
        self.flush()
        self.item = outer

    def flush(self) -> None:
        """End the current line and add its runs as a construct."""
        runs, self.runs = self.runs, []
        if is_blank(runs):
            return
        if self.level and len(plain_text(runs)) <= MAX_HEADING:
            self.constructs.append(PastedHeading(self.level, runs))
        elif self.item is not None:
            self._add_to_item(self.item, runs)
        elif is_code(runs):
            self.constructs.append(PastedParagraph(runs))
        else:
            self.constructs += [PastedParagraph(part) for part in paragraphs(runs)]

    def _add_to_item(self, item: OpenListItem, runs: list[PastedRun]) -> None:
        if item.written is None:
            item.written = PastedListItem(runs, item.depth, item.kind, item.source)
            self.constructs.append(item.written)
        elif self.constructs[-1] is item.written:
            item.written.runs += [BREAK, *runs]
        elif isinstance(self.constructs[-1], PastedListItem):
            self.constructs.append(PastedListItem(runs, item.depth, item.kind, item.source))
        else:
            self.constructs.append(PastedParagraph(runs))


def paragraphs(runs: Sequence[PastedRun]) -> Iterator[list[PastedRun]]:
    """Split runs at empty lines, for pages that separate paragraphs by two line breaks."""
    part: list[PastedRun] = []
    blanks: list[PastedRun] = []
    for run in runs:
        if run is BREAK or not run.text.strip():
            blanks.append(run)
            continue
        if sum(blank is BREAK for blank in blanks) > 1 and part:
            yield part
            part = []
        else:
            part += blanks
        blanks = []
        part.append(run)
    if part:
        yield part
