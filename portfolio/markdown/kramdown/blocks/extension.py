"""Attribute lists on lines of their own, named attribute lists, and the ``{::name}`` extensions as blocks."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.attributes import read_attribute_list
from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import (
    ATTRIBUTE_CHARACTERS,
    ATTRIBUTE_CHARACTERS_LAZY,
    ATTRIBUTE_LINE_START,
    IDENTIFIER,
    MARGIN,
    S,
)
from portfolio.markdown.kramdown.tree import AttributeList, Element

_START = re.compile(rf"{MARGIN}\{{:")
_NAMED_LIST = re.compile(rf"{MARGIN}\{{:({IDENTIFIER}):({ATTRIBUTE_CHARACTERS})\}}{S}*?\n")
_EXTENSION = re.compile(
    rf"{MARGIN}\{{::([A-Za-z0-9_]+)(?:{S}({ATTRIBUTE_CHARACTERS_LAZY})|)(/)?\}}{S}*?\n",
)
_DEFINING = frozenset({"link_def", "abbrev_def", "footnote_def"})


def block_extension(state: BlockState) -> bool:
    scanner = state.scanner
    if scanner.check(_START) is None:
        return False
    if named := scanner.scan(_NAMED_LIST):
        listed = state.definitions.attribute_lists.setdefault(named[1], AttributeList())
        read_attribute_list(named[2], listed)
        state.push(state.element("eob", of="ald"))
        return True
    if extension := scanner.check(_EXTENSION):
        return _extension(state, extension)
    if line := scanner.scan(ATTRIBUTE_LINE_START):
        _attribute_line(state, line[1])
        return True
    return False


def _attribute_line(state: BlockState, text: str) -> None:
    last = state.last
    if last is not None and last.kind != "blank" and (last.kind != "eob" or last.meta.get("of") in _DEFINING):
        read_attribute_list(text, last.attribute_list())
        if state.scanner.check(ATTRIBUTE_LINE_START) is None:
            state.push(state.element("eob", of="ial"))
        return
    if state.pending is None:
        state.pending = AttributeList()
    read_attribute_list(text, state.pending)


def _extension(state: BlockState, match: re.Match[str]) -> bool:
    scanner = state.scanner
    end, body = match.end(), None
    name = match[1]
    if not match[3]:
        stop = re.compile(rf"^{MARGIN}\{{:/({name})?\}}{S}*?\n", re.MULTILINE)
        closing = scanner.search(stop, end)
        if closing is None:
            return False
        body, end = scanner.text[end : closing.start()].removesuffix("\n"), closing.end()
    listed = AttributeList()
    read_attribute_list(match[2] or "", listed)
    if not apply_extension(state, name, listed, body):
        return False
    scanner.position = end
    return True


def apply_extension(state: BlockState, name: str, listed: AttributeList, body: str | None) -> bool:
    """Do what the extension ``name`` says; False when there is no such extension."""
    if name == "comment":
        if body is not None:
            state.push(Element("comment", body, meta={"block": True}))
    elif name == "nomarkdown":
        if body is not None:
            state.push(Element("raw", body, meta={"block": True, "type": listed.values.get("type", "").split()}))
    elif name == "options":
        for key, value in listed.values.items():
            state.definitions.set_option(key, value)
        state.push(state.element("eob", of="extension"))
    else:
        return False
    return True
