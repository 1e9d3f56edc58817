"""Ways to set questions, names and dates apart that people use in pasted interviews: siblings are of one kind."""

from __future__ import annotations

import pytest

from portfolio.interviews.interview_text import LineKind, parse_with_corrections

ASKED = ["How did you start?", "Tell me about the nights.", "The first winter was hard.", "And now?"]
ANSWERED = ["At six.", "Long.", "It was.", "Now I wait."]
SIBLINGS = {
    "numbers": "{number}. {said}",
    "numbers and brackets": "{number}) {said}",
    "numbers in brackets": "({number}) {said}",
    "Q and number": "Q{number}: {said}",
    "Q, number and stop": "Q{number}. {said}",
    "Frage and number": "Frage {number}: {said}",
    "Q": "Q: {said}",
    "bold": "**{said}**",
    "bold numbers": "**{number}. {said}**",
    "italic": "*{said}*",
    "italic numbers": "_{number}. {said}_",
    "heading": "## {said}",
    "heading numbers": "### {number}. {said}",
    "b": "<b>{said}</b>",
    "strong": "<strong>{number}. {said}</strong>",
    "em": "<em>{said}</em>",
    "strong with a class": '<strong class="q">{said}</strong>',
}


@pytest.mark.parametrize("form", SIBLINGS.values(), ids=SIBLINGS)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["line", "paragraph"])
def test_what_stands_as_its_siblings_do_is_a_question_whatever_it_ends_with(form: str, between: str) -> None:
    pairs = [
        f"{form.format(number=number, said=asked)}{between}{answer}"
        for number, (asked, answer) in enumerate(zip(ASKED, ANSWERED, strict=True), start=1)
    ]
    interview = parse_with_corrections("A talk with Mara Voss\n\n" + "\n\n".join(pairs) + "\n").interview
    assert [(turn.question, list(turn.answer)) for turn in interview.turns] == [
        (asked, [answer]) for asked, answer in zip(ASKED, ANSWERED, strict=True)
    ]


def test_counted_question_without_an_answer_is_still_the_next_question() -> None:
    text = (
        "A talk with Mara Voss\n\n1. How did you start?\nAt six.\n\n"
        "2. Tell me about the nights.\nLong.\n\n3. And now?\n"
    )
    assert [turn.question for turn in parse_with_corrections(text).interview.turns] == [
        "How did you start?",
        "Tell me about the nights.",
        "And now?",
    ]


def test_count_that_goes_on_at_the_ends_is_a_guess_and_said_to_be_one() -> None:
    text = (
        "A talk with Mara Voss\n\n1. Your beginnings.\n\nAt six.\n\n2. And then?\n\nLong.\n\n3. The nights.\n\nDark.\n"
    )
    found = parse_with_corrections(text)
    assert [turn.question for turn in found.interview.turns] == ["Your beginnings.", "And then?", "The nights."]
    assert [problem.line for problem in found.problems if problem.code == "uncertain-line"] == [3, 11]


def test_list_inside_an_answer_is_no_question() -> None:
    text = "A talk with Mara Voss\n\n1. How?\n1. With oil.\n2. With care.\n3. At six.\n\n2. What else?\n\nNothing.\n\n"
    assert [turn.question for turn in parse_with_corrections(text + "3. Why?\n\nSo.\n").interview.turns] == [
        "How?",
        "What else?",
        "Why?",
    ]


@pytest.mark.parametrize("dashes", ["――", "——", "──", "—— "])
@pytest.mark.parametrize("second", ["いちばん怖かった夜は？", "冬の夜はどうでしたか。", "最初の冬について。"])
def test_two_dashes_begin_a_question_and_what_follows_without_them_answers(dashes: str, second: str) -> None:
    text = (
        f"灯台守に聞く\n\n{dashes}どのように始めましたか。\n\n六歳でした。\n\n"
        f"{dashes}{second}\n\n長い夜です。\n\nはい。\n"
    )
    found = parse_with_corrections(text)
    assert [(turn.question, list(turn.answer)) for turn in found.interview.turns] == [
        ("どのように始めましたか。", ["六歳でした。"]),
        (second, ["長い夜です。", "はい。"]),
    ]
    assert not [problem for problem in found.problems if problem.code == "uncertain-line"]


LINES = {
    "Posted 06.12.2023 | Jon Ek": ("2023-12-06", "Jon Ek", ""),
    "Posted on 06.12.2023 · Jon Ek": ("2023-12-06", "Jon Ek", ""),
    "06.12.2023 | Jon Ek | The Tide": ("2023-12-06", "Jon Ek", "The Tide"),
    "By Jon Ek | 06.12.2023 | The Tide": ("2023-12-06", "Jon Ek", "The Tide"),
    "Written by Jon Ek on 31/12/23 for The Tide": ("2023-12-31", "Jon Ek", "for The Tide"),
    "Written by Jon Ek for The Tide on 31/12/23": ("2023-12-31", "Jon Ek", "for The Tide"),
    "By Jon Ek, 31 December 2023, for The Tide": ("2023-12-31", "Jon Ek", "for The Tide"),
}


@pytest.mark.parametrize("line", LINES)
def test_name_day_and_paper_in_one_line(line: str) -> None:
    found = parse_with_corrections(f"Low water at six\n\n{line}\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n")
    interview = found.interview
    assert (str(interview.date), interview.byline, interview.byline_role) == LINES[line]
    assert LineKind.STANDFIRST not in {part.kind for part in found.parts}
