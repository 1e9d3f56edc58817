"""Bullet and numbered lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.blocks.item_lines import (
    TAIL,
    content_line,
    first_line,
    indentation,
    item_attributes,
)
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.syntax import BLANK_LINES, END_OF_BLOCK_LINE, MARGIN, RULE_LINE, S
from portfolio.markdown.kramdown.tree import AttributeList, Element

_BULLET = re.compile(rf"({MARGIN}[+*-]){TAIL}")
_NUMBER = re.compile(rf"({MARGIN}\d+\.){TAIL}", re.ASCII)
LIST_START = re.compile(rf"{MARGIN}[+*-][\t| ][^\n]*\n|{MARGIN}[0-9]+\.[\t| ][^\n]*\n")

_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />'
_TICKED_BOX = '<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />'


@lru_cache(maxsize=16)
def _sibling(numbered: bool, width: int) -> re.Pattern[str]:
    """The start of the next item: it may be indented less than the content of this one."""
    margin = f" {{0,{min(width, 4) - 1}}}"
    return re.compile(rf"({margin}{'[0-9]+[.]' if numbered else '[+*-]'}){TAIL}")


@dataclass(slots=True)
class _Collected:
    element: Element
    texts: list[str]


def bullet_or_numbered_list(state: BlockState) -> bool:
    scanner = state.scanner
    numbered = False
    start = scanner.check(_BULLET)
    if start is None:
        start, numbered = scanner.check(_NUMBER), True
    if start is None:
        return False
    made = state.element("ol" if numbered else "ul", marker=start[1].strip())
    items, ended = _collect(scanner, _NUMBER if numbered else _BULLET, numbered)
    made.children = [item.element for item in items]
    state.push(made)
    trailing: Element | None = None
    for position, item in enumerate(items):
        content = Element("temporary")
        for text in item.texts:
            state.parse(text, content)
        item.element.children = content.children
        trailing = _finish_item(made, position, ended, trailing)
    if trailing is not None and not ended:
        state.push(trailing)
    if state.definitions.options.gfm:
        _mark_tasks(made)
    return True


def _collect(scanner: Scanner, start: re.Pattern[str], numbered: bool) -> tuple[list[_Collected], bool]:
    """Take the lines of a list; also tell whether an end-of-block mark ended it."""
    items: list[_Collected] = []
    indent = indentation(4)
    nested = after_blank = False
    while not scanner.at_end:
        if after_blank and scanner.check(RULE_LINE):
            break
        if scanner.scan(END_OF_BLOCK_LINE):
            return items, True
        if opening := scanner.scan(start):
            text, indent = first_line(len(opening[1]), opening[2])
            element = Element("li")
            listed = AttributeList()
            shortened = item_attributes(text, listed)
            if shortened != text:
                element.listed, text = listed, shortened
            items.append(_Collected(element, [text]))
            start = _sibling(numbered, indent.width)
            nested = LIST_START.match(text) is not None
            after_blank = False
        elif taken := content_line(scanner, indent, after_blank):
            line, indented = taken
            starts_list = LIST_START.match(line) is not None
            if not nested and indented and starts_list:
                # A nested list needs no blank line before it: it starts a text of its own.
                items[-1].texts.append("")
                nested = True
            elif nested and not indented and starts_list:
                line = " " * (indent.width + 4) + line
            items[-1].texts[-1] += line
            after_blank = False
        elif blank := scanner.scan(BLANK_LINES):
            nested = after_blank = True
            items[-1].texts[-1] += blank[0]
        else:
            break
    return items, False


def _finish_item(made: Element, position: int, ended: bool, trailing: Element | None) -> Element | None:
    """Make the first paragraph of a tight item transparent; return the blank lines that end the item."""
    children = made.children[position].children
    if not children:
        return trailing
    first = children[0]
    if first.kind == "p" and len(children) >= 2 and children[1].kind == "eob" and first.listed is not None:
        del children[1]
    if first.kind == "p" and _is_tight(made, position, ended):
        if len(children) > 1 and children[1].kind != "blank":
            first.children[0].text += "\n"
        first.transparent = True
    return children.pop() if children[-1].kind == "blank" else None


def _is_tight(made: Element, position: int, ended: bool) -> bool:
    children = made.children[position].children
    is_last = position == len(made.children) - 1
    apart = len(children) >= 2 and children[1].kind == "blank"
    if apart and not (is_last and len(children) == 2 and not ended):
        return False
    if not is_last or len(made.children) == 1:
        return True
    # The last item follows the others: loose only when all of them are.
    others = (item.children[0] if item.children else None for item in made.children[:-1])
    return any(first is None or first.kind != "p" or first.transparent for first in others)


def _mark_tasks(made: Element) -> None:
    """GitHub's task lists: "[ ]" and "[x]" at the start of an item become boxes."""
    tasks = False
    for item in made.children:
        if not item.children or item.children[0].kind != "p" or not item.children[0].children:
            continue
        text = item.children[0].children[0]
        unticked = re.sub(rf"\A{S}*\[ \]{S}+", _BOX, text.text)
        ticked = re.sub(rf"\A{S}*\[[xX]\]{S}+", _TICKED_BOX, unticked)
        tasks = tasks or ticked != text.text
        text.text = ticked
        if tasks:
            item.attributes["class"] = "task-list-item"
    if tasks:
        made.attributes["class"] = "task-list"
