"""Run-in questions, in one paragraph with the answer: "**What do you carry?** A whistle.", "Q: Why? A: Because."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolio.documents.document import Span
from portfolio.interviews.paragraphs import Line, Paragraph
from portfolio.interviews.questions import QUESTION_MARKS
from portfolio.interviews.speakers import speaker_label

_BOLD = re.compile(r"(?P<mark>\*\*|__)(?:(?!\*\*|__).){2,600}?[.?!…？。؟](?P=mark)(?P<gap>\s++)\S", re.DOTALL)
_TAGGED = re.compile(
    r"<(?P<tag>b|strong|i|em)>(?:(?!</?(?:b|strong|i|em)>).){2,600}?[.?!…？。؟]\s?</(?P=tag)>(?P<gap>\s++)\S",
    re.DOTALL | re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?:Q|P|F|問|问)\d{0,3}\s*[.:：)].{2,600}?(?<!\s)(?P<gap>\s++)(?=(?:A|R|答)\d{0,3}\s*+[.:：)]\s*+\S)", re.DOTALL
)


def split_run_in(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs, with those that contain a question and its answer split in two.

    At least two must have the same form, one of them with a question mark: a single bold sentence is emphasis.
    """
    for form in (_BOLD, _TAGGED, _LETTERS):
        cuts = [_cut(paragraph.text, form) for paragraph in paragraphs]
        questions = [paragraph.text[:cut] for paragraph, cut in zip(paragraphs, cuts, strict=True) if cut]
        if len(questions) >= 2 and any(mark in text for text in questions for mark in QUESTION_MARKS):
            pairs = zip(paragraphs, cuts, strict=True)
            return tuple(
                piece for paragraph, cut in pairs for piece in (_in_two(paragraph, cut) if cut else (paragraph,))
            )
    return tuple(paragraphs)


def _cut(text: str, form: re.Pattern[str]) -> int:
    """Return the end of the question; 0 if the paragraph has another form."""
    match = form.match(text)
    if match is None or (form is _BOLD and speaker_label(text) is not None):
        return 0
    return match.start("gap")


def _in_two(paragraph: Paragraph, cut: int) -> tuple[Paragraph, Paragraph]:
    before: list[Line] = []
    behind: list[Line] = []
    position = 0  # of the line in the paragraph's text
    for line in paragraph.lines:
        end = position + len(line.text)
        if end <= cut:
            before.append(line)
        elif position >= cut:
            behind.append(line)
        else:
            before.append(_part(line, 0, cut - position))
            behind.append(_part(line, cut - position, len(line.text)))
        position = end + 1
    return Paragraph(tuple(before)), Paragraph(tuple(behind))


def _part(line: Line, start: int, end: int) -> Line:
    """Return ``line`` from ``start`` to ``end``, without surrounding spaces."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    first = line.span.start + len(line.text[:start].encode("utf-8", "surrogatepass"))
    return Line(line.number, Span(first, first + len(text.encode("utf-8", "surrogatepass"))), text)
