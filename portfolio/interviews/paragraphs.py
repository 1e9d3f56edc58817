"""Paragraphs of a pasted text, with their lines and byte offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portfolio.documents.document import Span

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
# Maximum width of wrapped text; longer lines are whole paragraphs.
_MAX_WRAP_WIDTH = 120
# Minimum fill of a wrapped line, since manual wrapping stops a little early.
_MIN_FILL = 0.85
_STARTS_ANEW = re.compile(r"\s*(?:[\"“„«»‘「『【#>]|\*\*|[—–―]|[-*+] |(?P<label>[^\W\d_])[^:：\n]{0,40}[:：])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its 1-based number, its byte span and its text without surrounding spaces."""

    number: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; ``text`` joins them with spaces."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def number(self) -> int:
        return self.lines[0].number

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``text``, in order. Spans are byte offsets into ``text`` as UTF-8.

    Each line is a paragraph, as browsers paste them, unless the text is wrapped: see `_continues`.
    """
    rows = list(_lines(text))
    filled = [line for line in rows if line]
    width = max((len(line.text) for line in filled), default=0)
    if width > _MAX_WRAP_WIDTH or not _is_wrapped(rows, width):
        return tuple(Paragraph((line,)) for line in filled)
    paragraphs: list[list[Line]] = []
    previous: Line | None = None
    for line in rows:
        if line and previous and _continues(previous.text, line.text, width):
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        previous = line
    return tuple(Paragraph(tuple(lines)) for lines in paragraphs)


def _lines(text: str) -> Iterator[Line | None]:
    """Yield each line, None for a blank one. A byte order mark counts as bytes, not as text."""
    offset = 0
    for number, match in enumerate(_LINE.finditer(text), start=1):
        content, end = match.groups()
        stripped = content.strip().strip("\ufeff").strip()
        size = len(content.encode("utf-8", "surrogatepass"))
        if stripped:
            lead = content[: content.index(stripped)]
            start = offset + len(lead.encode("utf-8", "surrogatepass"))
            yield Line(number, Span(start, start + len(stripped.encode("utf-8", "surrogatepass"))), stripped)
        else:
            yield None
        offset += size + len(end)


def _is_wrapped(rows: Sequence[Line | None], width: int) -> bool:
    """Whether any line continues in the next one in the middle of a sentence."""
    return any(
        one and two and one.text[-1] not in '.?!:”"»…' and two.text[0].islower() and _fills(one.text, two.text, width)
        for one, two in pairwise(rows)
    )


def _continues(line: str, following: str, width: int) -> bool:
    start = _STARTS_ANEW.match(following)
    anew = start is not None and not (start["label"] or "").islower()  # a name does not begin in lower case
    return _fills(line, following, width) and not anew


def _fills(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted into this line."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width * _MIN_FILL
