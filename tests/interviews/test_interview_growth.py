"""What reading an interview costs grows with its length and not with its square, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from portfolio.interviews.interview_text import looks_like_interview, parse_with_corrections

# A sign or a few, as often as they fit. Of those that are no blanks one of a kind is enough.
RUNS = {
    "blanks": " ", "tabs": "\t", "wide blanks": "\u3000", "colons": ":", "hyphens": "-", "dashes": "— ", "bars": " |",
    "brackets": "[", "round brackets": "( ", "digits": "1", "times": "10:00 ", "quotes": "“", "straight quotes": '"',
    "newlines": "\n", "blank lines": " \n", "stars": "*", "signs of a heading": "#", "commas": ", ", "stops": ". ",
    "tags": "<b>", "letters": "a",
}  # fmt: skip
SHAPES = {
    "by itself": "a{run}b",
    "turns": "A talk with Mara Voss\n\nQ: how?\n\nA: a{run}b\n\nQ: x{run}?\n\nA: one",
    "bold": "Mara Voss\n\n**how{run}?**\n\nso\n\n**then?**\n\nMara{run}: b.",
    "above": "T\n\nGuest:{run}b\n\nBy{run}b\n\nShe works as{run}1 at{run}b\n\nInterview with{run}b\n\nQ: a?\n\nA: b",
    "recording": "T\n\nMara1{run}b\n\n[a1]{run}b\n\n**{run}b\n\n<v 1{run}b\n\n# a{run}b?\n\nso",
}
LINES = {
    "speakers": lambda number: f"A{_letters(number)} Bo: word?",
    "speakers alone": lambda number: f"A{_letters(number)} Bo:\n\n10:00",
    "names": lambda number: f"A{_letters(number)} Bo went on.",
    "paragraphs": lambda number: "one two three four five six",
    "questions": lambda number: "Why?\n\nso",
    "pictures": lambda number: "image",
    "numbers": lambda number: f"{number % 999}. word",
    "bylines": lambda number: "By Ada Quill, 3 May 2024 | x",
    "dashes": lambda number: "――word",
}
AROUND = {
    "alone": ("A title\n\n", ""),
    "introduction": ("A title\n\n", "\n\nQ: who?\n\nA: one two\n\nQ: how?\n\nA: so"),
    "answer": ("A title\n\nQ: who?\n\nA: one two\n\nQ: how?\n\nA: so\n\n", ""),
    "between quotations": ("A title\n\nWho?\n\n“one two”\n\nHow?\n\n“one three four”\n\n", ""),
    "numbered": ("A title\n\n1. Who?\n\none\n\n", "\n\n3. How?\n\nso"),
}
SMALL, TIMES = 4_000, 4
# Four times the text may cost somewhat more than four times as much; sixteen times would be its square.
MOST = 9
NOISE = 0.08  # seconds of processor time that a busy machine adds


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def _seconds(text: str) -> float:
    begun = time.process_time()
    parse_with_corrections(text)
    looks_like_interview(text)
    return time.process_time() - begun


def _grows_with_its_length(small: str, large: str) -> bool:
    # Three times, as the machine may have been busy.
    return any(_seconds(large) <= MOST * _seconds(small) + NOISE for _ in range(3))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_run_of_one_sign(run: str, shape: str) -> None:
    small, large = (shape.format(run=run * (length // len(run))) for length in (SMALL, SMALL * TIMES))
    assert _grows_with_its_length(small, large)


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_many_lines_of_a_kind(line, around: tuple[str, str]) -> None:
    small, large = ("\n\n".join(map(line, range(length // 20))).join(around) for length in (SMALL, SMALL * TIMES))
    assert _grows_with_its_length(small, large)


def test_blanks_in_a_line_are_kept() -> None:
    answer = "a" + " " * 20_000 + "b"
    begun = time.process_time()
    turns = parse_with_corrections(
        f"A talk with Mara Voss\n\nQ: how?\n\nA: {answer}\n\nQ: why?\n\nA: so\n"
    ).interview.turns
    assert turns[0].answer == (answer,)
    assert parse_with_corrections(answer).interview.title == answer
    assert time.process_time() - begun < 3


def test_line_of_many_bylines_does_not_multiply() -> None:
    line = "By Ada Quill, 3 May 2024, " * 8 + "x" * 20 + "?"
    assert _seconds(f"T\n\n{line}\n\nQ: a?\n\nA: b") < 1
