"""Paragraphs of an HTML text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.markdown.html.scanner import VOID, Closing, Opening, Text, scan
from portfolio.markdown.notes import without_notes
from portfolio.markdown.text import INLINE, visible_text

PARAGRAPHS = frozenset({"p", "ul", "ol", "dl"})
# What only holds other elements together; their paragraphs are the text's own.
WRAPPERS = frozenset({"html", "body", "div", "section", "article", "main", "center"})
CONTENTS_ID = "markdown-toc"
LISTS = frozenset({"ul", "ol", "dl"})
ITEMS = frozenset({"li", "dt", "dd"})
# Noncharacters that stand in the text while it is read: before a list in an item or a definition, and after an item.
BEFORE_LIST, AFTER_ITEM = "\ufdd0", "\ufdd1"
BREAKS = re.compile(rf"\s*([{BEFORE_LIST}{AFTER_ITEM}][\s{BEFORE_LIST}{AFTER_ITEM}]*)")
PUNCTUATION = frozenset(".,;:!?…。、，；：！？،؛؟")


def paragraphs(html: str) -> Iterator[str]:
    """The words of each paragraph and list of ``html`` that has some; headings, tables, code and quotes are no part.

    Text outside any element counts as a paragraph. The items of a list are told apart by commas. What comes later is
    not read before it is asked for.
    """
    reader = Reader()
    for part in scan(without_notes(html)):
        if isinstance(part, Opening) and reader.is_outside(part):
            yield from reader.take()
        reader.read(part)
        if isinstance(part, Closing) and reader.is_outside(part):
            yield from reader.take()
    yield from reader.take()


@dataclass(slots=True)
class Reader:
    """``open_elements`` are those inside the element at the top level that is being read."""

    pieces: list[str] = field(default_factory=list)
    open_elements: list[str] = field(default_factory=list)
    is_prose: bool = True

    def is_outside(self, tag: Opening | Closing) -> bool:
        """Whether the tag of a block stands at the top level."""
        return tag.name not in INLINE and not self.open_elements

    def read(self, part: object) -> None:
        match part:
            case Text(raw):
                self.add(raw)
            case Opening(name=name, attributes=attributes, closed=closed, raw=raw):
                if self.is_outside(part):
                    is_contents = attributes.get("id") == CONTENTS_ID
                    self.is_prose = name in WRAPPERS or (name in PARAGRAPHS and not is_contents)
                if self.open_elements and (name in LISTS or name == "dd"):
                    self.add(BEFORE_LIST)
                self.add(raw)
                if name not in VOID and not closed and (self.open_elements or name not in INLINE | WRAPPERS):
                    self.open_elements.append(name)
            case Closing(name):
                self.add(f"</{name}>{AFTER_ITEM if name in ITEMS else ''}")
                self.close(name)

    def add(self, raw: str) -> None:
        if self.is_prose:
            self.pieces.append(raw)

    def close(self, name: str) -> None:
        if name in self.open_elements:
            while self.open_elements.pop() != name:
                pass  # elements that were never closed
        if not self.open_elements and name not in INLINE:
            self.is_prose = True

    def take(self) -> Iterator[str]:
        """The words that were read, if there are any."""
        if text := with_commas(visible_text("".join(self.pieces))):
            yield text
        self.pieces.clear()


def with_commas(text: str) -> str:
    """``text`` with punctuation where an item of a list ends without any."""
    text = text.strip(f" {BEFORE_LIST}{AFTER_ITEM}")

    def between(match: re.Match[str]) -> str:
        if text[match.start() - 1] in PUNCTUATION:
            return " "
        return ": " if BEFORE_LIST in match[1] else ", "

    return BREAKS.sub(between, text)
