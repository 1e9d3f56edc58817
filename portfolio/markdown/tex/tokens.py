"""Tokeniser for TeX formulas: control sequences, braces and single characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\[\s\S]|%[^\n]*\n?|\s+|[\s\S]")
_WORD = re.compile(r"\\[a-zA-Z]+\Z")


class TexError(ValueError):
    """TeX that cannot be read, or that would grow beyond the limits."""


class Primitive(str):
    """Control sequence that is never expanded: what ``\\let`` gave another name."""

    __slots__ = ()


def tokens_of(tex: str) -> list[str]:
    """Return the tokens of ``tex`` without comments; white space is one blank."""
    result = []
    for mark in _TOKEN.findall(tex):
        if mark[0] == "%":
            continue
        if mark[-1] == "*" and len(mark) > 2 and not _takes_star(mark):
            result += [mark[:-1], "*"]
        else:
            result.append(" " if mark.isspace() else mark)
    return result


# In \alpha*x the star is a factor.
_STARRED = frozenset(rf"\{name}*" for name in "operatorname tag newcommand renewcommand providecommand label".split())
_STARRED |= {r"\DeclareMathOperator*", r"\hspace*", r"\vspace*"}


def _takes_star(mark: str) -> bool:
    return mark in _STARRED


def tex_of(tokens: Iterable[str]) -> str:
    """Return the text of ``tokens``: a control word and a letter after it stay apart."""
    parts: list[str] = []
    for mark in tokens:
        if parts and mark[:1].isalpha() and _WORD.match(parts[-1]):
            parts.append(" ")
        parts.append(mark)
    return "".join(parts)


class TokenReader:
    """Stack of tokens from which arguments are read as TeX reads them."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.stack = list(reversed(tokens))

    def __iter__(self) -> Iterator[str]:
        while self.stack:
            yield self.stack.pop()

    def push(self, tokens: Sequence[str]) -> None:
        self.stack.extend(reversed(tokens))

    def skip_blanks(self) -> None:
        while self.stack and self.stack[-1] == " ":
            self.stack.pop()

    def peek(self) -> str:
        return self.stack[-1] if self.stack else ""

    def argument(self) -> list[str]:
        """Read one mark, or a group without its braces."""
        self.skip_blanks()
        if not self.stack:
            raise TexError("an argument is missing")
        mark = self.stack.pop()
        return self.until("}") if mark == "{" else [mark]

    def optional_argument(self) -> list[str] | None:
        """Read ``[...]`` if it comes next."""
        self.skip_blanks()
        if self.peek() != "[":
            return None
        self.stack.pop()
        return self.until("]")

    def until(self, end: str) -> list[str]:
        """Read up to ``end`` outside of any group; the end is not returned."""
        depth = 0
        read: list[str] = []
        while self.stack:
            mark = self.stack.pop()
            if depth == 0 and mark == end:
                return read
            depth += (mark == "{") - (mark == "}")
            read.append(mark)
        raise TexError(f"{end} is missing")
