"""Raw HTML inside text."""

from __future__ import annotations

import re
from functools import lru_cache

from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import (
    BLOCK_ELEMENTS,
    BODILESS_ELEMENTS,
    CLOSING_TAG,
    KNOWN_ELEMENTS,
    NAME,
    TAG,
    S,
    content_model,
    tag_attributes,
)
from portfolio.markdown.kramdown.tree import Element

_START = re.compile(rf"<(?:{NAME}|!--|/)")


def _read(state: SpanState) -> None:
    scanner = state.scanner
    if scanner.text.startswith("<!--", scanner.position):
        end = scanner.find("-->", scanner.position + 4)
        if end >= 0:
            state.push(Element("xml_comment", scanner.text[scanner.position : end + 3]))
            scanner.position = end + 3
            return
    if closing := scanner.scan(CLOSING_TAG):
        state.add_text(closing[0])
        return
    tag = None if state.exhausted else scanner.scan(TAG)
    if tag is None:
        state.add_text(scanner.text[scanner.position])
        scanner.position += 1
        return
    name = tag[1].lower() if tag[1].lower() in KNOWN_ELEMENTS else tag[1]
    if name in BLOCK_ELEMENTS:
        # A block element cannot stand inside text: its tag is shown.
        state.add_text(tag[0])
        return
    _element(state, tag, name)


def _element(state: SpanState, tag: re.Match[str], name: str) -> None:
    attributes = tag_attributes(tag[2], lower=name in KNOWN_ELEMENTS)
    attributes = {key: re.sub(r"\n+", " ", value) for key, value in attributes.items()}
    reads_spans = _reads_spans(state, name, attributes.pop("markdown", ""))
    element = Element(
        "html_element",
        name,
        attributes,
        meta={"model": "span" if reads_spans else "raw", "closed": tag[4] is not None},
    )
    state.push(element)
    if tag[4] is not None or name in BODILESS_ELEMENTS:
        return
    scanner = state.scanner
    stop = _end_tag(name)
    if state.read_into(element, stop, rules=None if reads_spans else (HTML,)):
        scanner.scan(stop)
    else:
        # Never closed: the rest of the text is its content.
        element.add_text(scanner.rest)
        scanner.position = len(scanner.text)


def _reads_spans(state: SpanState, name: str, mode: str) -> bool:
    if mode in ("0", "span"):
        return mode == "span"
    if content_model(name) == "raw" or (mode != "1" and state.current.meta.get("model") == "raw"):
        return False
    return mode == "1" or state.definitions.options.parse_span_html


@lru_cache(maxsize=256)
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}{S}*>", re.IGNORECASE if name in KNOWN_ELEMENTS else 0)


HTML = SpanRule("html", "<", _START, _read)
