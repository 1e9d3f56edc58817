"""Prose as Wagtail rich text, where Draftail gives back exactly what it was given."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.documents.plain_prose import stored_form

FEATURES = (
    "bold", "italic", "code", "link", "document-link", "ol", "ul", "strikethrough", "superscript", "subscript",
)  # fmt: skip

# What Draftail calls the marks that HTML has two names for.
MARKS = {
    "strong": "b", "b": "b", "em": "i", "i": "i", "code": "code", "s": "s", "del": "s", "strike": "s",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
STRUCTURE = frozenset({"p", "ul", "ol", "li"})
OTHER_NAMES = re.compile(r"<(/?)(?:del|strike)>")  # Draftail reads strikethrough by its name <s> only
LINK = re.compile(r'<a href="([^"]*)">')

# What Jekyll's kramdown writes on every piece of code in a line; it says nothing of this one.
DEFAULT_CODE_CLASSES = frozenset({"language-plaintext highlighter-rouge", "highlighter-rouge"})

MOST_TAGS = 4000
"""Tags of one piece of prose; the editor's converter takes time that grows with their square."""

Event = tuple[Any, ...]


class NotRichText(ValueError):
    """The HTML holds something that a rich text block has no place for; the message names it."""


class EventReader(HTMLParser):
    """HTML as a sequence of structure marks and runs of text, so that equal meaning compares equal.

    A run is ``("text", words, marks, address)``; neighbouring runs with the same marks are one. Emphasis around a
    link and emphasis inside a link are the same thing here.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.marks: list[str] = []
        self.address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs if name != "data-block-key"}
        if tag == "a":
            if set(attributes) != {"href"}:
                raise NotRichText(f"a link with {', '.join(sorted(set(attributes) - {'href'})) or 'no address'}")
            self.address = attributes["href"]
            return
        if tag == "code" and attributes.get("class") in DEFAULT_CODE_CLASSES:
            attributes = {}
        if attributes:
            raise NotRichText(f"<{tag}> with {', '.join(sorted(attributes))}")
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "br":
            self.events.append(("br",))
        elif tag in STRUCTURE:
            self.events.append(("open", tag))
        else:
            raise NotRichText(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.address = None
        elif tag in MARKS:
            if MARKS[tag] in self.marks:
                self.marks.remove(MARKS[tag])
        elif tag in STRUCTURE:
            self.events.append(("close", tag))

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        key = (frozenset(self.marks), self.address)
        if self.events and self.events[-1][0] == "text" and self.events[-1][2:] == key:
            text = re.sub(" +", " ", self.events.pop()[1] + text)
        self.events.append(("text", text, *key))

    def handle_comment(self, data: str) -> None:
        raise NotRichText("a comment")


def events(html: str) -> list[Event]:
    """The meaning of ``html`` as events, white space at the edges of blocks left out.

    Raises ``NotRichText`` for anything that rich text cannot hold.
    """
    reader = EventReader()
    reader.feed(html)
    reader.close()
    kept: list[Event] = []
    for position, event in enumerate(reader.events):
        if event[0] == "text":
            at_start = not kept or kept[-1][0] != "text"
            following = next((later for later in reader.events[position + 1 :]), None)
            text = event[1].lstrip(" ") if at_start else event[1]
            if following is None or following[0] != "text":
                text = text.rstrip(" ")
            # A space may belong to the run before it or to the one after it; both read the same.
            if kept and kept[-1][0] == "text" and kept[-1][1].endswith(" "):
                text = text.lstrip(" ")
            if not text:
                continue
            event = ("text", text, *event[2:])
        kept.append(event)
    return normalise_spaces(kept)


def normalise_spaces(events: list[Event]) -> list[Event]:
    """Move a space between two runs into the plainer position: the end of the first."""
    normal: list[Event] = []
    for event in events:
        if event[0] == "text" and event[1].startswith(" ") and normal and normal[-1][0] == "text":
            before = normal.pop()
            normal.append(("text", before[1] + " ", *before[2:]))
            event = ("text", event[1][1:], *event[2:])
            if not event[1]:
                continue
        normal.append(event)
    return normal


@cache
def converter() -> ContentstateConverter:
    return ContentstateConverter(features=list(FEATURES))


def draftail_html(html: str) -> str:
    """What Draftail stores for ``html`` after it was opened and saved, without its block keys."""
    return BLOCK_KEY.sub("", converter().to_database_format(converter().from_database_format(html)))


def to_rich_text(html: str, known: str | None = None) -> str:
    """``html`` as Wagtail stores rich text, which is ``known`` where `stored_form` was asked for it before.

    Raises ``NotRichText`` where Draftail would change what it says.
    """
    if plain := known or stored_form(html):
        return plain
    if html.count("<") > MOST_TAGS:
        raise NotRichText(f"more than {MOST_TAGS} marks")
    before = events(html)
    try:
        stored = draftail_html(OTHER_NAMES.sub(r"<\1s>", html))
    except RecursionError:
        raise NotRichText("marks nested too deeply") from None
    if events(stored) != before:
        raise NotRichText("something that the rich text editor would change")
    return stored


def relink(stored: str, resolve: Callable[[str], str]) -> str:
    """Stored rich text with each link's opening tag replaced by ``resolve(address)``."""
    return LINK.sub(lambda match: resolve(unescape(match[1])), stored)


def paragraph(text: str) -> str:
    """Plain text as one paragraph of rich text."""
    return f"<p>{escape(text, quote=False)}</p>"
