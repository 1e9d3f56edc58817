"""Block parser state, and the loop that tries the block rules."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_letters
from typing import Any

from markdown_it.ruler import Ruler

from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.syntax import BOUNDARY
from portfolio.markdown.kramdown.tree import AttributeList, Element

WORDS = "words"
"""The chain of the rules that may match where a letter stands."""

_LETTERS = frozenset(ascii_letters)

MAX_DEPTH = 60
"""Blocks inside blocks; deeper text is read as one paragraph."""


class BlockState:
    """One run over one text (or over a part of it, for the content of an HTML element)."""

    __slots__ = ("closed", "definitions", "depth", "parent", "pending", "rules", "scanner")

    def __init__(
        self, definitions: Definitions, rules: Ruler[BlockRule], scanner: Scanner, parent: Element, depth: int
    ) -> None:
        self.definitions = definitions
        self.rules = rules
        self.scanner = scanner
        self.parent = parent
        self.depth = depth
        # An attribute list that waits for the block after it.
        self.pending: AttributeList | None = None
        # Set by the rule that meets the end tag of the HTML element whose content this is.
        self.closed = False

    @property
    def last(self) -> Element | None:
        return self.parent.children[-1] if self.parent.children else None

    def element(self, kind: str, text: str = "", **meta: Any) -> Element:
        """Make a block that takes the attribute list standing before it."""
        made = Element(kind, text, meta=meta)
        self.take_pending(made)
        return made

    def take_pending(self, element: Element) -> None:
        if self.pending is not None:
            element.listed, self.pending = self.pending, None

    def push(self, element: Element) -> Element:
        self.parent.children.append(element)
        return element

    def after_boundary(self) -> bool:
        """Tell whether a blank line, an end-of-block mark, an attribute list or nothing stands before this place."""
        last = self.last
        return (
            last is None
            or last.kind == "blank"
            or (last.kind == "eob" and not last.meta.get("of"))
            or self.pending is not None
        )

    def before_boundary(self) -> bool:
        return self.scanner.check(BOUNDARY) is not None

    def parse(self, text: str, parent: Element) -> None:
        """Read ``text`` as blocks of ``parent``."""
        read_blocks(BlockState(self.definitions, self.rules, Scanner(text), parent, self.depth + 1))

    def parse_inside(self, parent: Element) -> bool:
        """Read on in this text as blocks of the HTML element ``parent``; tell whether its end tag was met."""
        inner = BlockState(self.definitions, self.rules, self.scanner, parent, self.depth + 1)
        read_blocks(inner)
        return inner.closed


BlockRule = Callable[[BlockState], bool]
"""Reads a block at the state's place and returns True, or leaves everything as it was and returns False."""


def read_blocks(state: BlockState) -> None:
    """Try the rules in order until the text, or the HTML element it is in, ends."""
    scanner = state.scanner
    if state.depth > MAX_DEPTH:
        paragraph = state.push(Element("p"))
        paragraph.add_text(scanner.rest.strip(), "raw_text")
        scanner.position = len(scanner.text)
        return
    every_rule, word_rules = state.rules.getRules(""), state.rules.getRules(WORDS)
    top = state.parent.kind == "root"
    # Up to here the text belongs to children already made.
    mark = scanner.position
    while not scanner.at_end and not state.closed:
        before = scanner.position
        known = len(state.parent.children)
        for rule in word_rules if scanner.text[before] in _LETTERS else every_rule:
            if rule(state):
                break
        if scanner.position == before and not state.closed:
            # No rule moves over this character; the paragraph rule does whenever there is a line.
            state.parent.add_text(scanner.text[before], "raw_text")
            scanner.position += 1
        if top:
            mark = _note_start(state, known, mark)


def _note_start(state: BlockState, known: int, mark: int) -> int:
    children = state.parent.children
    for child in children[max(0, min(known, len(children)) - 2) :]:
        if child.start < 0:
            child.start, mark = mark, state.scanner.position
    return mark if state.pending is not None else state.scanner.position
