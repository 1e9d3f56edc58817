"""Formulas of one document: macros defined in one serve the others, equations have numbers, and references find them.

As with MathJax: rows of ``align``, ``gather`` and their like and each ``equation`` are numbered through the document
unless they have ``\\tag``, ``\\notag`` or a star. Numbers are there to be referred to: a document without any
``\\label`` has only those that its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from portfolio.markdown.tex.environments import (
    AS_ONE,
    BY_ROW,
    begin,
    end,
    named_environments,
    outer_environment,
    rows_of,
)
from portfolio.markdown.tex.macros import DEFINITION, definitions
from portfolio.markdown.tex.tokens import TexError, TokenReader, tex_of, tokens_of

_LABEL = re.compile(r"\\label\s*\{")
REFERENCE = re.compile(r"\\(eqref|ref)\s*\{([^{}<>&]{1,200})\}")
MAX_DEFINITIONS = 20_000
"""Characters of all macros of a document."""


@dataclass(frozen=True, slots=True)
class DocumentFormula:
    """``tex`` as it is converted, the labels that lead to it, and whether there is something to show."""

    tex: str
    labels: tuple[str, ...] = ()
    is_shown: bool = True


@dataclass
class DocumentFormulas:
    """What the formulas of a document need to know of each other. Formulas are read in their order with `add`."""

    preamble: str = ""
    macros: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    formulas: list[DocumentFormula] = field(default_factory=list)
    count: int = 0

    @classmethod
    def of(cls, formulas: Iterable[tuple[str, bool]], preamble: str = "") -> DocumentFormulas | None:
        """Read formulas as (TeX, whether on a line of its own); None when each stands for itself."""
        formulas = list(formulas)
        has_labels = any(_LABEL.search(tex) for tex, _ in formulas)
        if not (has_labels or preamble or any(DEFINITION.search(tex) for tex, _ in formulas)):
            return None
        document = cls(macros=dict(definitions(preamble)) if preamble else {})
        for tex, display in formulas:
            document.add(tex, display=display, numbered=has_labels)
        return document

    def add(self, tex: str, *, display: bool, numbered: bool) -> None:
        used = self.definitions_used(tex)
        is_shown = True
        if DEFINITION.search(tex):
            is_shown = self.define(tex)
        labels: tuple[str, ...] = ()
        if display and numbered:
            try:
                tex, labels = self.with_numbers(tex)
            except TexError:
                labels = ()
        self.formulas.append(DocumentFormula(used + tex, labels, is_shown))

    def define(self, tex: str) -> bool:
        """Remember the macros of ``tex``, and return whether it has more than those."""
        rest = tex_of(tokens_of(tex))
        for name, definition in definitions(tex):
            rest = rest.replace(definition, "", 1)
            if sum(map(len, self.macros.values())) + len(definition) <= MAX_DEFINITIONS:
                self.macros[name] = definition
        return bool(rest.strip())

    def definitions_used(self, tex: str) -> str:
        """Return the definitions that ``tex`` needs, in the order in which they were made."""
        if not self.macros:
            return ""
        needed: set[str] = set()
        waiting = [name for name in self.macros if _uses(tex, name)]
        while waiting:
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += [other for other in self.macros if _uses(self.macros[name], other) and other not in needed]
        return "".join(definition for name, definition in self.macros.items() if name in needed)

    def with_numbers(self, tex: str) -> tuple[str, tuple[str, ...]]:
        """Return ``tex`` with a tag in each row that has a number, and its labels."""
        tokens = named_environments(tokens_of(tex))
        environment = outer_environment(tokens)
        if environment is None or environment.name not in BY_ROW | AS_ONE:
            row, labels, number = self.numbered_row(tokens, automatic=False)
            return tex_of(row), self.label(labels, number)
        rows = rows_of(environment.body) if environment.name in BY_ROW else [list(environment.body)]
        all_labels: list[str] = []
        body: list[str] = []
        for index, row in enumerate(rows):
            row, labels, number = self.numbered_row(row, automatic=True)
            all_labels += self.label(labels, number)
            body += [*([r"\\"] if index else []), *row]
        # The number of columns, which was left out, says nothing to the converter.
        name = environment.name.replace("alignat", "align")
        return tex_of([*begin(name), *body, *end(name)]), tuple(all_labels)

    def numbered_row(self, row: list[str], *, automatic: bool) -> tuple[list[str], list[str], str]:
        """Return ``row`` without labels and with its tag, its labels, and its number as it is referred to."""
        rest: list[str] = []
        labels: list[str] = []
        number = ""
        reader = TokenReader(row)
        for mark in reader:
            if mark == r"\label":
                labels.append("".join(reader.argument()).strip())
            elif mark in (r"\tag", r"\tag*"):
                words = reader.argument()
                number = tex_of(words).strip()
                rest += [mark, "{", *words, "}"]
            elif mark in (r"\notag", r"\nonumber"):
                automatic = False
            else:
                rest.append(mark)
        if not number and (automatic or labels):
            self.count += 1
            number = str(self.count)
            rest += [r"\tag", "{", number, "}"]
        return rest, labels, number

    def label(self, labels: Iterable[str], number: str) -> tuple[str, ...]:
        new = tuple(label for label in labels if label and label not in self.numbers)
        for label in new:
            self.numbers[label] = number
        return new

    def with_references(self, tex: str) -> str:
        """Return ``tex`` with the numbers in the place of references."""
        return REFERENCE.sub(lambda match: rf"\text{{{self.reference(match) or '??'}}}", tex) if "ref" in tex else tex

    def reference(self, match: re.Match[str]) -> str:
        """Return the number that a reference stands for, "" for an unknown one."""
        number = self.numbers.get(match[2].strip(), "")
        return f"({number})" if number and match[1] == "eqref" else number


def _uses(tex: str, name: str) -> bool:
    return re.search(re.escape(name) + r"(?![a-zA-Z])" if name[-1:].isalpha() else re.escape(name), tex) is not None
