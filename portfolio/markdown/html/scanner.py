"""Scanner of HTML tags: follows the HTML standard's tokenizer where it matters, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags, entities as written."""

    raw: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag; ``name`` and attribute names in lower case, attribute values with entities as written.

    ``<image>`` is called "img", which is what browsers make of it. Of an attribute given twice the first counts, as in
    browsers. ``closed`` is True for ``<x />``.
    """

    name: str
    attributes: dict[str, str]
    closed: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Closing:
    name: str
    raw: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, a doctype, a processing instruction or anything else that a browser turns into a comment."""

    raw: str


Part = Text | Opening | Closing | Comment

# Elements whose content is text up to their end tag, whatever it looks like.
RAW_TEXT = frozenset("script style textarea title xmp iframe noembed noframes".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_BETWEEN = re.compile(r"[\s/]*")
_ATTRIBUTE_NAME = re.compile(r"=?[^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_UNQUOTED = re.compile(r"[^\s>]*")
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}


def scan(html: str) -> Iterator[Part]:
    """Yield the parts of ``html`` in order. Never raises; an unfinished tag at the end is dropped, as browsers do."""
    position, length = 0, len(html)
    while position < length:
        opening = html.find("<", position)
        if opening < 0:
            yield Text(html[position:])
            return
        if opening > position:
            yield Text(html[position:opening])
        following = html[opening + 1 : opening + 2]
        if following.isalpha() and following.isascii():
            tag, position = _start_tag(html, opening)
            if tag is None:
                return
            yield tag
            if tag.name in RAW_TEXT and not tag.closed:
                end = _RAW_END[tag.name].search(html, position)
                stop = end.start() if end else length
                if stop > position:
                    yield Text(html[position:stop])
                position = stop
        elif following == "/":
            name = _NAME.match(html, opening + 2)
            if name is None:
                position = _after(html, ">", opening + 2)
                yield Comment(html[opening:position])
                continue
            tag, position = _start_tag(html, opening + 1)
            if tag is None:
                return
            yield Closing(tag.name, html[opening:position])
        elif following in ("!", "?"):
            position = _comment_end(html, opening)
            yield Comment(html[opening:position])
        else:
            yield Text("<")
            position = opening + 1


def _comment_end(html: str, opening: int) -> int:
    if not html.startswith("<!--", opening):
        return _after(html, ">", opening + 2)
    for short in ("<!-->", "<!--->"):
        if html.startswith(short, opening):
            return opening + len(short)
    end = _COMMENT_END.search(html, opening + 4)
    return end.end() if end else len(html)


def _after(html: str, needle: str, start: int) -> int:
    found = html.find(needle, start)
    return len(html) if found < 0 else found + len(needle)


def _start_tag(html: str, opening: int) -> tuple[Opening | None, int]:
    name, position = _taken(_NAME, html, opening + 1)
    attributes: dict[str, str] = {}
    while True:
        between, position = _taken(_BETWEEN, html, position)
        if position >= len(html):
            return None, position
        if html[position] == ">":
            closed = between.endswith("/")
            name = name.lower()
            name = "img" if name == "image" else name
            return Opening(name, attributes, closed, html[opening : position + 1]), position + 1
        attribute, position = _taken(_ATTRIBUTE_NAME, html, position)
        value = ""
        if equals := _EQUALS.match(html, position):
            value, position = _value(html, equals.end())
        attributes.setdefault(attribute.lower(), value)


def _value(html: str, start: int) -> tuple[str, int]:
    quote = html[start : start + 1]
    if quote in ('"', "'") and quote:
        end = html.find(quote, start + 1)
        return (html[start + 1 :], len(html)) if end < 0 else (html[start + 1 : end], end + 1)
    return _taken(_UNQUOTED, html, start)


def _taken(pattern: re.Pattern[str], html: str, start: int) -> tuple[str, int]:
    """Return what ``pattern`` matches here and where that ends."""
    match = pattern.match(html, start)
    return (match[0], match.end()) if match else ("", start)
