"""Parser of rich text as Wagtail stores it, with plain addresses in its links: paragraphs and lists of runs."""

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
class TextRun:
    """Words with the same marks and the same link; ``text`` is "\\n" for a line break, and then the only content."""

    text: str
    marks: frozenset[str] = frozenset()
    address: str | None = None


@dataclass(slots=True)
class RichTextParagraph:
    runs: list[TextRun] = field(default_factory=list)


@dataclass(slots=True)
class RichTextItem:
    runs: list[TextRun] = field(default_factory=list)
    lists: list[RichTextList] = field(default_factory=list)


@dataclass(slots=True)
class RichTextList:
    ordered: bool
    items: list[RichTextItem] = field(default_factory=list)


RichTextElement = RichTextParagraph | RichTextList


class RichTextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[RichTextElement] = []
        self.open_lists: list[RichTextList] = []
        self.runs: list[TextRun] | None = None
        self.marks: list[str] = []
        self.address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address = dict(attrs).get("href") or ""
        elif tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "br":
            self.current_runs().append(TextRun("\n"))
        elif tag == "p" and not self.open_lists:
            self.open_paragraph()
        elif tag in ("ul", "ol"):
            self.open_list(RichTextList(tag == "ol"))
        elif tag == "li" and self.open_lists:
            self.open_lists[-1].items.append(RichTextItem())
            self.runs = self.open_lists[-1].items[-1].runs

    def open_list(self, listing: RichTextList) -> None:
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
        self.current_runs().append(TextRun(text, frozenset(self.marks), self.address))

    def current_runs(self) -> list[TextRun]:
        """Where words go; words outside of every paragraph make one."""
        return self.open_paragraph() if self.runs is None else self.runs

    def open_paragraph(self) -> list[TextRun]:
        paragraph = RichTextParagraph()
        self.elements.append(paragraph)
        self.runs = paragraph.runs
        return self.runs


def parse_rich_text(html: str) -> list[RichTextElement]:
    """The paragraphs and lists of ``html``, in order; blanks at the edges of lines are left out."""
    reader = RichTextParser()
    reader.feed(html)
    reader.close()
    for runs in all_runs(reader.elements):
        runs[:] = normalised_runs(runs)
    return reader.elements


def all_runs(elements: list[RichTextElement]) -> Iterator[list[TextRun]]:
    for element in elements:
        if isinstance(element, RichTextParagraph):
            yield element.runs
        else:
            for item in element.items:
                yield item.runs
                yield from all_runs(list(item.lists))


def normalised_runs(runs: list[TextRun]) -> list[TextRun]:
    """Neighbours with equal marks joined; no blanks at the edges of lines, and none twice."""
    joined: list[TextRun] = []
    for run in runs:
        if run.text != "\n":
            text = run.text
            if not joined or joined[-1].text[-1] in " \n":
                text = text.lstrip(" ")
            if not text:
                continue
            run = TextRun(text, run.marks, run.address)
            if joined and joined[-1].text != "\n" and same_marks(joined[-1], run):
                run = TextRun(SPACE.sub(" ", joined.pop().text + text), run.marks, run.address)
        elif joined and joined[-1].text != "\n":
            strip_end(joined)
        joined.append(run)
    strip_end(joined)
    return joined


def strip_end(runs: list[TextRun]) -> None:
    if runs and runs[-1].text != "\n":
        last = runs.pop()
        if text := last.text.rstrip(" "):
            runs.append(TextRun(text, last.marks, last.address))


def same_marks(one: TextRun, other: TextRun) -> bool:
    return one.marks == other.marks and one.address == other.address
