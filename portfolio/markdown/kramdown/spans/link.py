"""Links and images, with an address in parentheses or by name."""

from __future__ import annotations

import re

from portfolio.markdown.kramdown.attributes import apply_attribute_list
from portfolio.markdown.kramdown.document import normal_link_id
from portfolio.markdown.kramdown.span_state import SpanRule, SpanState
from portfolio.markdown.kramdown.spans.escape import ESCAPED
from portfolio.markdown.kramdown.syntax import WHITESPACE, S
from portfolio.markdown.kramdown.tree import AttributeList, Element

_START = re.compile(r"!?\[(?=[^^])")
_BRACKET = re.compile(r"(?P<close>\])|!?\[")
_BY_NAME = re.compile(rf"{S}*?\[([^\]]{{1,1000}})?\]")
_BRACKETED_ADDRESS = re.compile(r"\(<([^\n]*?)>")
_PARENTHESIS = re.compile(rf"(\()|(\))|{S}(?=['\"])")
_TITLE = re.compile(rf"{S}*?([\"'])(.{{1,2000}}?)\1{S}*?\)", re.DOTALL)


def _read(state: SpanState) -> None:
    scanner = state.scanner
    opening = scanner.scan(_START)
    mark = opening[0] if opening else ""
    after = scanner.position
    kind = "img" if mark[0] == "!" else "a"
    element = Element(kind)
    # No links inside links.
    if (kind == "a" and state.inside("a", "img")) or state.exhausted or not _read_label(state, element):
        scanner.position = after
        state.add_text(mark)
        return
    label = ESCAPED.sub(r"\1", scanner.text[after : scanner.position])
    scanner.position += 1
    target = _target(state, label)
    if target is None:
        scanner.position = after
        state.add_text(mark)
        return
    address, title, listed = target
    if listed is not None:
        element.listed = listed
        apply_attribute_list(element.attributes, listed, state.definitions.attribute_lists)
    if kind == "a":
        element.attributes["href"] = address
    else:
        element.attributes["src"] = address
        element.attributes["alt"] = label
        element.children.clear()
    if title:
        element.attributes["title"] = title
    state.push(element)


def _read_label(state: SpanState, element: Element) -> bool:
    """Read up to the bracket that closes the label; images inside have taken theirs already."""
    depth = 1
    images = counted = 0

    def accept(match: re.Match[str]) -> bool:
        nonlocal depth, images, counted
        depth += -1 if match["close"] else 1
        images += sum(child.kind == "img" for child in element.children[counted:])
        counted = len(element.children)
        return depth - images == 0

    return state.scanner.find("]", state.scanner.position) >= 0 and state.read_into(element, _BRACKET, accept)


def _target(state: SpanState, label: str) -> tuple[str, str, AttributeList | None] | None:
    """Return address, title and attributes, or None when what follows the label makes no link."""
    scanner = state.scanner
    by_name = scanner.scan(_BY_NAME)
    if by_name or not scanner.text.startswith("(", scanner.position):
        name = by_name[1] if by_name and by_name[1] else label
        defined = state.definitions.links.get(normal_link_id(name))
        return (defined.address, defined.title, defined.definition.listed) if defined else None
    if bracketed := scanner.scan(_BRACKETED_ADDRESS):
        address = bracketed[1]
        if scanner.text.startswith(")", scanner.position):
            scanner.position += 1
            return address, "", None
    else:
        address, closed = _address(state)
        if closed:
            return address, "", None
    if title := scanner.scan(_TITLE):
        return address, title[2], None
    return None


def _address(state: SpanState) -> tuple[str, bool]:
    """Read an address in parentheses; tell whether its parenthesis is closed (else a title may follow)."""
    scanner = state.scanner
    start, depth = scanner.position, 0
    while found := _PARENTHESIS.search(scanner.text, scanner.position):
        scanner.position = found.end()
        state.steps -= 1
        if state.exhausted:
            return "", False
        if found[2]:
            depth -= 1
            if depth == 0:
                break
        elif found[1]:
            depth += 1
        else:
            break
    # Without the opening parenthesis and the character that ended the search.
    return scanner.text[start + 1 : scanner.position - 1].strip(WHITESPACE), depth == 0


LINK = SpanRule("link", r"!\[|\[", _START, _read)
