"""Attribute lists after spans, and the ``{::name}`` extensions inside text."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.attributes import apply_attribute_list, read_attribute_list
from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.syntax import ATTRIBUTE_CHARACTERS, ATTRIBUTE_CHARACTERS_LAZY, IDENTIFIER, S
from portfolio.markdown.kramdown.tree import AttributeList, Element

_START = re.compile(r"\{:")
_EXTENSION = re.compile(rf"\{{::([A-Za-z0-9_]+)(?:{S}({ATTRIBUTE_CHARACTERS_LAZY})|)(/)?\}}")
_STOP = re.compile(rf"\{{:/(?:{IDENTIFIER})?\}}")
_ATTRIBUTES = re.compile(rf"\{{:({ATTRIBUTE_CHARACTERS})\}}")


def _read(state: SpanState) -> None:
    scanner = state.scanner
    if extension := scanner.check(_EXTENSION):
        if _extension(state, extension):
            return
    elif scanner.check(_STOP) is None and (listed := scanner.check(_ATTRIBUTES)):
        last = state.current.children[-1] if state.current.children else None
        if last is not None and last.kind != "text":
            scanner.position = listed.end()
            read = AttributeList()
            read_attribute_list(listed[1], read)
            last.attribute_list().merge(read)
            apply_attribute_list(last.attributes, read, state.definitions.attribute_lists)
            return
    state.add_text(scanner.text[scanner.position])
    scanner.position += 1


def _extension(state: SpanState, match: re.Match[str]) -> bool:
    scanner = state.scanner
    name, end, body = match[1], match.end(), None
    if not match[3]:
        closing = scanner.search(re.compile(rf"\{{:/({name})?\}}"), end)
        if closing is None:
            return False
        body, end = scanner.text[match.end() : closing.start()], closing.end()
    listed = AttributeList()
    read_attribute_list(match[2] or "", listed)
    if name == "comment":
        if body is not None:
            state.push(Element("comment", body))
    elif name == "nomarkdown":
        if body is not None:
            state.push(Element("raw", body, meta={"type": listed.values.get("type", "").split()}))
    elif name == "options":
        for key, value in listed.values.items():
            state.definitions.set_option(key, value)
    else:
        return False
    scanner.position = end
    return True


EXTENSION = SpanRule("extension", r"\{:", _START, _read)
