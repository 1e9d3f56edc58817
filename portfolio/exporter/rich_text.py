"""Rich text as Wagtail stores it, read into paragraphs and lists of runs. Links carry plain addresses here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

MARKS = {
    "strong": "b", "b": "b", "em": "i", "i": "i", "code": "code", "s": "s", "del": "s", "strike": "s",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks and the same link; ``text`` is "\\n" for a line break, and then the only content."""

    text: str
    marks: frozenset[str] = frozenset()
    address: str | None = None


@dataclass(slots=True)
class Paragraph:
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    runs: list[Run] = field(default_factory=list)
    lists: list[Listing] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    ordered: bool
    items: list[Item] = field(default_factory=list)


Element = Paragraph | Listing


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open_lists: list[Listing] = []
        self.runs: list[Run] | None = None
        self.marks: list[str] = []
        self.address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address = dict(attrs).get("href") or ""
        elif tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "br":
            self.place().append(Run("\n"))
        elif tag == "p" and not self.open_lists:
            self.elements.append(Paragraph())
            self.runs = self.elements[-1].runs
        elif tag in ("ul", "ol"):
            self.begin_list(Listing(tag == "ol"))
        elif tag == "li" and self.open_lists:
            self.open_lists[-1].items.append(Item())
            self.runs = self.open_lists[-1].items[-1].runs

    def begin_list(self, listing: Listing) -> None:
        if not self.open_lists:
            self.elements.append(listing)
        elif self.open_lists[-1].items:
            self.open_lists[-1].items[-1].lists.append(listing)
        self.open_lists.append(listing)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.address = None
        elif tag in MARKS and MARKS[tag] in self.marks:
            self.marks.remove(MARKS[tag])
        elif tag in ("ul", "ol") and self.open_lists:
            self.open_lists.pop()
            self.runs = None
        elif tag == "p" and not self.open_lists:
            self.runs = None

    def handle_data(self, data: str) -> None:
        text = SPACE.sub(" ", data)
        if self.runs is None and not text.strip():
            return
        self.place().append(Run(text, frozenset(self.marks), self.address))

    def place(self) -> list[Run]:
        """Where words go; words outside of every paragraph make one."""
        if self.runs is None:
            self.elements.append(Paragraph())
            self.runs = self.elements[-1].runs
        return self.runs


def read(html: str) -> list[Element]:
    """The paragraphs and lists of ``html``, in order; blanks at the edges of lines are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for runs in all_runs(reader.elements):
        runs[:] = settled(runs)
    return reader.elements


def all_runs(elements: list[Element]) -> Iterator[list[Run]]:
    for element in elements:
        if isinstance(element, Paragraph):
            yield element.runs
        else:
            for item in element.items:
                yield item.runs
                yield from all_runs(list(item.lists))


def settled(runs: list[Run]) -> list[Run]:
    """Neighbours with equal marks joined; no blanks at the edges of lines, and none twice."""
    joined: list[Run] = []
    for run in runs:
        if run.text != "\n":
            text = run.text
            if not joined or joined[-1].text[-1] in " \n":
                text = text.lstrip(" ")
            if not text:
                continue
            run = Run(text, run.marks, run.address)
            if joined and joined[-1].text != "\n" and same_marks(joined[-1], run):
                run = Run(SPACE.sub(" ", joined.pop().text + text), run.marks, run.address)
        elif joined and joined[-1].text != "\n":
            strip_end(joined)
        joined.append(run)
    strip_end(joined)
    return joined


def strip_end(runs: list[Run]) -> None:
    if runs and runs[-1].text != "\n":
        last = runs.pop()
        if text := last.text.rstrip(" "):
            runs.append(Run(text, last.marks, last.address))


def same_marks(one: Run, other: Run) -> bool:
    return one.marks == other.marks and one.address == other.address
