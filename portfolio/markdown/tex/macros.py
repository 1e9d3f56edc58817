"""Macros of TeX: definitions are read, and their uses expanded within limits.

``\\newcommand`` and its relatives with parameters and a default, ``\\def``, ``\\let`` and ``\\DeclareMathOperator``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.markdown.tex.tokens import Primitive, TexError, TokenReader, tex_of, tokens_of

MAX_EXPANSIONS = 1_000
MAX_TOKENS = 40_000
"""Tokens that all expansions of one formula may add."""

DEFINITION = re.compile(r"\\(?:(?:new|renew|provide)command|[gex]?def|let|DeclareMathOperator)\b")
_COMMANDS = frozenset(
    r"\newcommand \newcommand* \renewcommand \renewcommand* \providecommand \providecommand* \def \gdef \edef \xdef "
    r"\let \DeclareMathOperator \DeclareMathOperator*".split()
)
_PREFIXES = frozenset({r"\global", r"\long"})


@dataclass(frozen=True, slots=True)
class Macro:
    body: tuple[str, ...]
    parameters: int = 0
    default: tuple[str, ...] | None = None

    def called(self, reader: TokenReader) -> list[str]:
        """Return the body with its arguments, which are read from ``reader``."""
        arguments: list[list[str]] = []
        if self.default is not None:
            given = reader.optional_argument()
            arguments.append(list(self.default) if given is None else given)
        arguments += [reader.argument() for _ in range(self.parameters - len(arguments))]
        result: list[str] = []
        marked = False
        for mark in self.body:
            if marked and mark.isdecimal() and 0 < int(mark) <= len(arguments):
                result += arguments[int(mark) - 1]
                if len(result) > MAX_TOKENS:
                    raise TexError("a macro grows too long")
            elif mark != "#":
                result.append(mark)
            marked = mark == "#"
        return result


def expand(tex: str, macros: Mapping[str, Macro]) -> str:
    """Return ``tex`` without definitions and with each macro replaced, those of ``macros`` and its own."""
    known = dict(macros)
    reader = TokenReader(tokens_of(tex))
    result: list[str] = []
    expansions = added = 0
    for mark in reader:
        if mark in _PREFIXES:
            continue
        if mark in _COMMANDS:
            name, macro = _read_definition(mark, reader, known)
            known[name] = macro
            continue
        found = None if isinstance(mark, Primitive) else known.get(mark)
        if found is None:
            result.append(mark)
            continue
        body = found.called(reader)
        expansions += 1
        added += len(body)
        if expansions > MAX_EXPANSIONS or added > MAX_TOKENS:
            raise TexError("macros grow too long")
        reader.push(body)
    return tex_of(result)


def definitions(tex: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each macro that ``tex`` defines, and the TeX of its definition."""
    reader = TokenReader(tokens_of(tex))
    for mark in reader:
        if mark in _COMMANDS:
            before = list(reader.stack)
            try:
                name, _ = _read_definition(mark, reader, {})
            except TexError:
                return
            read = before[len(reader.stack) :]
            yield name, tex_of([mark, *reversed(read)])


def macros_of(tex: str) -> dict[str, Macro]:
    """Return the macros that ``tex`` defines."""
    known: dict[str, Macro] = {}
    reader = TokenReader(tokens_of(tex))
    for mark in reader:
        if mark in _COMMANDS:
            name, macro = _read_definition(mark, reader, known)
            known[name] = macro
    return known


def _read_definition(command: str, reader: TokenReader, known: Mapping[str, Macro]) -> tuple[str, Macro]:
    name = "".join(reader.argument()).strip()
    if not name.startswith("\\"):
        raise TexError("a definition has no name")
    if command == r"\let":
        reader.skip_blanks()
        if reader.peek() == "=":
            reader.argument()
        target = "".join(reader.argument())
        return name, known.get(target) or Macro((Primitive(target),))
    if command.startswith(r"\DeclareMathOperator"):
        star = "*" if command.endswith("*") else ""
        return name, Macro((rf"\operatorname{star}", "{", *reader.argument(), "}"))
    if command.endswith("def"):
        parameters = 0
        while reader.peek() not in ("{", ""):
            parameters += next(iter(reader)) == "#"
        return name, Macro(tuple(reader.argument()), parameters)
    count = "".join(reader.optional_argument() or ["0"]).strip()
    if count not in tuple("0123456789"):
        raise TexError("a definition has no number of parameters")
    default = reader.optional_argument() if count != "0" else None
    body = tuple(reader.argument())
    return name, Macro(body, int(count), None if default is None else tuple(default))
