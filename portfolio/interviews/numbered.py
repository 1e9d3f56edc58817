"""Numbered questions: "1. How did you begin?", "2. Tell me about the nights."."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from portfolio.interviews.questions import ends_with_question, is_request, is_short

_NUMBER = re.compile(r"[(（#]?(\d{1,3})[.)．、:：）](?!\d)\s*+(?=\S)")
_NOTHING = (0, "")


def numbered_questions(texts: Sequence[str]) -> Mapping[int, bool]:
    """Return the indices of paragraphs that are numbered questions, and whether each is certain.

    Paragraphs with a number and a question mark define the sequence; a paragraph with a number missing between two of
    them is a question, too, whatever it ends with. Before the first and after the last one, a request is a certain
    question and anything else a guess. Items of a numbered list inside an answer are not questions.
    """
    numbers = [_numbered(text) if index else _NOTHING for index, text in enumerate(texts)]
    asking = [index for index, (number, text) in enumerate(numbers) if number and ends_with_question(text)]
    if not asking or any(numbers[one][0] >= numbers[two][0] for one, two in pairwise(asking)):
        return {}
    by_number: dict[int, list[int]] = {}
    for index, (number, text) in enumerate(numbers):
        if number and not ends_with_question(text) and is_short(text) and not _is_listed(numbers, index):
            by_number.setdefault(number, []).append(index)
    questions = dict.fromkeys(asking, True)
    for one, two in pairwise(asking):
        _fill(questions, numbers, by_number, (one, two))
    _count_back(questions, numbers, by_number, asking[0])
    _count_on(questions, numbers, by_number, asking[-1])
    return dict(sorted(questions.items())) if len(questions) > 1 else {}


def _numbered(text: str) -> tuple[int, str]:
    match = _NUMBER.match(text)
    return (int(match[1]), text[match.end() :]) if match else _NOTHING


def _is_listed(numbers: Sequence[tuple[int, str]], index: int) -> bool:
    """Whether an adjacent paragraph has the adjacent number and is not a question."""
    number = numbers[index][0]
    above, below = numbers[index - 1], (numbers[index + 1] if index + 1 < len(numbers) else _NOTHING)
    return any(
        other[0] and other[0] == number + step and not ends_with_question(other[1])
        for other, step in ((above, -1), (below, 1))
    )


def _fill(
    questions: dict[int, bool],
    numbers: Sequence[tuple[int, str]],
    by_number: Mapping[int, Sequence[int]],
    ends: tuple[int, int],
) -> None:
    """Add the questions whose numbers are missing between two questions."""
    last, end = ends
    for number in range(numbers[last][0] + 1, numbers[end][0]):
        between = [index for index in by_number.get(number, ()) if last < index < end]
        if not between:
            continue
        last = next((index for index in between if is_request(numbers[index][1])), between[-1])
        questions[last] = len(between) == 1 or is_request(numbers[last][1])


def _count_back(
    questions: dict[int, bool], numbers: Sequence[tuple[int, str]], by_number: Mapping[int, Sequence[int]], first: int
) -> None:
    counted: list[int] = []
    for number in range(numbers[first][0] - 1, 0, -1):
        above = [index for index in by_number.get(number, ()) if index < (counted[-1] if counted else first) - 1]
        if not above:
            return
        counted.append(above[-1])
    questions.update((index, is_request(numbers[index][1])) for index in counted)


def _count_on(
    questions: dict[int, bool], numbers: Sequence[tuple[int, str]], by_number: Mapping[int, Sequence[int]], last: int
) -> None:
    number = numbers[last][0] + 1
    while behind := [index for index in by_number.get(number, ()) if index > last + 1]:
        last = behind[0]
        questions[last] = is_request(numbers[last][1])
        number += 1
