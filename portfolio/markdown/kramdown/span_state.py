"""Span parser state, and the loop that tries the span rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.scanner import Scanner
from portfolio.markdown.kramdown.tree import Element

MAX_DEPTH = 40
"""Spans inside spans; deeper marks are text."""

FREE_STEPS = 20_000
STEPS_PER_CHARACTER = 2
"""An unclosed mark is looked for up to the end of the text, and again by the next one: hostile text makes that
quadratic. After this many steps marks that need an end are taken as text."""


QUOTATION_MARKS = "\"'"


@dataclass(frozen=True, slots=True, eq=False)
class SpanRule:
    """``start`` must match where the rule is tried; ``hint`` finds such places and may match a little more.

    Every alternative of ``hint`` begins with a plain character: only then are texts, most of which are words, searched
    for all hints at once without trying each of them at each letter.
    """

    name: str
    hint: str
    start: re.Pattern[str]
    read: Callable[[SpanState], None]


class SpanState:
    """One run over the text of one block (or of one struck-out passage in it).

    ``ancestors`` are the elements being read, the innermost last; text goes to ``current``.
    """

    __slots__ = ("ancestors", "definitions", "rules", "scanner", "steps")

    def __init__(
        self,
        definitions: Definitions,
        rules: tuple[SpanRule, ...],
        text: str,
        parent: Element,
        steps: int | None = None,
    ) -> None:
        self.definitions = definitions
        self.rules = rules
        self.scanner = Scanner(text)
        self.ancestors = [parent]
        self.steps = FREE_STEPS + STEPS_PER_CHARACTER * len(text) if steps is None else steps

    @property
    def current(self) -> Element:
        return self.ancestors[-1]

    @property
    def exhausted(self) -> bool:
        """True when no rule may look for an end mark any more."""
        return self.steps <= 0 or len(self.ancestors) > MAX_DEPTH

    def add_text(self, text: str) -> None:
        self.current.add_text(text)

    def push(self, element: Element) -> Element:
        self.current.children.append(element)
        return element

    def inside(self, *kinds: str) -> bool:
        return any(element.kind in kinds for element in self.ancestors)

    def read_into(
        self,
        element: Element,
        stop: re.Pattern[str],
        accept: Callable[[re.Match[str]], bool] = lambda match: True,
        rules: tuple[SpanRule, ...] | None = None,
    ) -> bool:
        """Read spans into ``element`` up to a match of ``stop`` that ``accept`` agrees to; False when none comes."""
        self.ancestors.append(element)
        try:
            return self._read(stop, accept, self.rules if rules is None else rules)
        finally:
            self.ancestors.pop()

    def read_all(self) -> None:
        """Read to the end of the text."""
        self._read(None, lambda match: False, self.rules)

    def _read(
        self, stop: re.Pattern[str] | None, accept: Callable[[re.Match[str]], bool], rules: tuple[SpanRule, ...]
    ) -> bool:
        scanner, text = self.scanner, self.scanner.text
        places = _places(rules, stop)
        while scanner.position < len(text):
            self.steps -= 1
            found = places.search(text, scanner.position)
            if found is None:
                if stop is None:
                    self.add_text(text[scanner.position :])
                    scanner.position = len(text)
                return False
            place = found.start()
            if text[place] in QUOTATION_MARKS and place > scanner.position and text[place - 1] != "\\":
                place -= 1  # what a quotation mark becomes depends on the character before it
            self.add_text(text[scanner.position : place])
            scanner.position = place
            if stop is not None and (end := stop.match(text, scanner.position)) and accept(end):
                return True
            for rule in rules:
                if rule.start.match(text, scanner.position):
                    rule.read(self)
                    break
            else:
                if not scanner.at_end:
                    self.add_text(text[scanner.position])
                    scanner.position += 1
        return False


@lru_cache(maxsize=512)
def _places(rules: tuple[SpanRule, ...], stop: re.Pattern[str] | None) -> re.Pattern[str]:
    """Where something may begin or end."""
    hints = [rule.hint for rule in rules]
    if stop is not None:
        flags = "(?i:" if stop.flags & re.IGNORECASE else "(?:"
        hints.insert(0, f"{flags}{stop.pattern})")
    return re.compile("|".join(hints))
