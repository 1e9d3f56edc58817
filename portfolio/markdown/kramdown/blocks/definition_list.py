"""Definition lists: a paragraph of terms, then lines that begin with a colon."""

from __future__ import annotations

import re
from functools import lru_cache

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.blocks.item_lines import (
    TAIL,
    Indentation,
    content_line,
    first_line,
    indentation,
    item_attributes,
)
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.syntax import BLANK_LINES, END_OF_BLOCK_LINE
from portfolio.markdown.kramdown.tree import AttributeList, Element

DEFINITION_START = re.compile(r" {0,3}:[\t| ][^\n]*\n")
_START = re.compile(rf"( {{0,3}}:){TAIL}")


@lru_cache(maxsize=8)
def _sibling(width: int) -> re.Pattern[str]:
    return re.compile(rf"( {{0,{min(width, 4) - 1}}}:){TAIL}")


def definition_list(state: BlockState) -> bool:
    if state.scanner.check(_START) is None or not _follows_terms(state.parent.children):
        return False
    made = state.element("dl")
    children = state.parent.children
    terms = children.pop()
    loose = terms.kind == "blank"
    if loose:
        terms = children.pop()
    made.start = terms.start
    # The terms' attributes are the list's; those in front of the first colon are spent.
    made.listed = terms.listed
    made.children = _terms(terms.children[0].text)
    collected = _collect(state.scanner, loose)
    trailing: Element | None = None
    for element, text, as_paragraph in collected:
        made.children.append(element)
        state.parse(text, element)
        if not element.children:
            continue
        trailing = element.children.pop() if element.children[-1].kind == "blank" else None
        if element.children and element.children[0].kind == "p" and not as_paragraph:
            if len(element.children) > 1:
                element.children[0].children[0].text += "\n"
            element.children[0].transparent = True
    _join_or_push(state, made)
    if trailing is not None:
        state.push(trailing)
    return True


def _follows_terms(children: list[Element]) -> bool:
    if not children:
        return False
    if children[-1].kind == "p":
        return True
    # One blank line may stand between the terms and the first definition.
    if len(children) < 2 or children[-1].kind != "blank" or children[-1].text != "\n":
        return False
    return children[-2].kind == "p"


def _terms(text: str) -> list[Element]:
    made = []
    for line in text.rstrip("\n").split("\n"):
        term = Element("dt")
        listed = AttributeList()
        shortened = item_attributes(line, listed)
        if shortened != line:
            term.listed = listed
        term.meta["raw_text"] = shortened
        term.children.append(Element("raw_text", shortened))
        made.append(term)
    return made


def _collect(scanner: Scanner, loose: bool) -> list[tuple[Element, str, bool]]:
    """Take the definitions: element, text, and whether its first paragraph shows as one."""
    items: list[tuple[Element, str, bool]] = []
    start = _START
    indent: Indentation = indentation(4)
    after_blank = False
    while not scanner.at_end:
        if opening := scanner.scan(start):
            text, indent = first_line(len(opening[1]), opening[2])
            element = Element("dd")
            listed = AttributeList()
            shortened = item_attributes(text, listed)
            if shortened != text:
                element.listed, text = listed, shortened
            items.append((element, text, loose))
            start = _sibling(indent.width)
            loose = after_blank = False
        elif scanner.check(END_OF_BLOCK_LINE):
            break
        elif taken := content_line(scanner, indent, after_blank):
            items[-1] = (items[-1][0], items[-1][1] + taken[0], items[-1][2])
            loose = after_blank = False
        elif blank := scanner.scan(BLANK_LINES):
            items[-1] = (items[-1][0], items[-1][1] + blank[0], items[-1][2])
            loose = after_blank = True
        else:
            break
    return items


def _join_or_push(state: BlockState, made: Element) -> None:
    """A list right after another, or one blank element after it, continues it."""
    children = state.parent.children
    if children and children[-1].kind == "dl":
        children[-1].children.extend(made.children)
    elif len(children) >= 2 and children[-1].kind == "blank" and children[-2].kind == "dl":
        children.pop()
        children[-1].children.extend(made.children)
    else:
        children.append(made)
