"""Environments of TeX: what one holds, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.markdown.tex.tokens import TokenReader

_LENGTH = re.compile(r"\s*-?[\d.]+\s*[a-z]{2}\s*")
_ROW_ENDS = frozenset({r"\\", r"\cr", r"\newline"})

# Environments of AMS-LaTeX whose rows can have numbers, and those that have one number for all.
BY_ROW = frozenset("align gather alignat flalign eqnarray".split())
AS_ONE = frozenset("equation multline".split())
_WITH_ARGUMENT = frozenset("alignat alignedat".split())


@dataclass(frozen=True, slots=True)
class Environment:
    name: str
    body: tuple[str, ...]

    @property
    def plain_name(self) -> str:
        return self.name.removesuffix("*")


def begin(name: str) -> list[str]:
    return [r"\begin", "{", name, "}"]


def end(name: str) -> list[str]:
    return [r"\end", "{", name, "}"]


def named_environments(tokens: Sequence[str]) -> list[str]:
    """Return ``tokens`` with the name of each environment as one mark, and without the number of its columns."""
    result: list[str] = []
    reader = TokenReader(tokens)
    for mark in reader:
        result.append(mark)
        if mark in (r"\begin", r"\end"):
            name = "".join(reader.argument()).strip()
            result += ["{", name, "}"]
            if mark == r"\begin" and name.removesuffix("*") in _WITH_ARGUMENT:
                reader.argument()
    return result


def outer_environment(tokens: Sequence[str]) -> Environment | None:
    """Return the environment that is all of ``tokens`` but blanks; the names are single tokens."""
    first, last = 0, len(tokens)
    while first < last and tokens[first] == " ":
        first += 1
    while last > first and tokens[last - 1] == " ":
        last -= 1
    if last - first < 8 or tokens[first] != r"\begin" or tokens[last - 4] != r"\end":
        return None
    depth = 0
    for index in range(first, last - 4):
        depth += (tokens[index] == r"\begin") - (tokens[index] == r"\end")
        if depth == 0:
            return None
    return Environment(tokens[first + 2], tuple(tokens[first + 4 : last - 4]))


def rows_of(tokens: Sequence[str]) -> list[list[str]]:
    """Return the rows of ``tokens``; a row end inside a group or an environment is none. Row space is gone already."""
    rows: list[list[str]] = [[]]
    depth = 0
    for mark in tokens:
        if mark in ("{", r"\begin", r"\left"):
            depth += 1
        elif mark in ("}", r"\end", r"\right"):
            depth -= 1
        if depth == 0 and mark in _ROW_ENDS:
            rows.append([])
        else:
            rows[-1].append(mark)
    if len(rows) > 1 and not any(mark != " " for mark in rows[-1]):
        rows.pop()
    return rows


def without_row_space(tokens: Sequence[str]) -> list[str]:
    """Return ``tokens`` without the space after a row, as in ``\\\\[2pt]``."""
    return list(_without_row_space(tokens))


def _without_row_space(tokens: Sequence[str]) -> Iterator[str]:
    index = 0
    while index < len(tokens):
        mark = tokens[index]
        index += 1
        if mark not in _ROW_ENDS:
            yield mark
            continue
        yield r"\\"
        after = index
        while after < len(tokens) and tokens[after] in ("*", " "):
            after += 1
        if after < len(tokens) and tokens[after] == "[" and (length := _length(tokens, after)):
            index = after + length
        elif index < len(tokens) and tokens[index] == "*":
            index += 1


def _length(tokens: Sequence[str], index: int) -> int:
    """Return how many tokens the length in brackets at ``index`` has; 0 when it is none."""
    for stop in range(index + 1, min(index + 14, len(tokens))):
        if tokens[stop] == "]":
            is_length = _LENGTH.fullmatch("".join(tokens[index + 1 : stop]))
            return stop - index + 1 if is_length else 0
    return 0
