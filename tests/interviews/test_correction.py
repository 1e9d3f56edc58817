"""What somebody says that a part is, in the place of what it was taken for."""

from __future__ import annotations

import pytest

from portfolio.interviews.correction import content
from portfolio.interviews.interview_text import LineKind, parse_with_corrections

TEXT = """Low water at six

By Theo Marchetti, features editor

Q: When did you begin?

A: In spring.

Salt is patient.

Q: And now?

A: Now I wait.
"""


def place(text: str) -> int:
    return next(number for number, part in enumerate(parse_with_corrections(TEXT).parts) if text in part.text)


def test_nothing_said_is_what_the_rules_say():
    found = parse_with_corrections(TEXT)
    assert [part.kind for part in found.parts] == list(found.guesses)
    assert parse_with_corrections(TEXT, {}) == found


def test_answer_that_is_a_pull_quote_leaves_the_answer():
    found = parse_with_corrections(TEXT, {place("Salt"): LineKind.PULL_QUOTE})
    first, quote, _ = found.interview.turns
    assert first.answer == ("In spring.",)
    assert (quote.kind, quote.text) == ("pull_quote", "Salt is patient.")
    assert found.parts[place("Salt")].certain
    assert found.guesses[place("Salt")] is not LineKind.PULL_QUOTE


def test_answer_that_is_a_question_begins_an_exchange():
    found = parse_with_corrections(TEXT, {place("Salt"): LineKind.QUESTION, place("And now"): LineKind.ANSWER})
    assert [turn.question for turn in found.interview.turns] == ["When did you begin?", "Salt is patient."]
    assert found.interview.turns[1].answer == ("And now?", "Now I wait.")


def test_part_that_is_left_out_is_nowhere():
    found = parse_with_corrections(TEXT, {place("Salt"): LineKind.BOILERPLATE})
    assert "Salt" not in str(found.interview)


def test_another_title_is_taken():
    found = parse_with_corrections(TEXT, {0: LineKind.BOILERPLATE, place("Salt"): LineKind.TITLE})
    assert found.interview.title == "Salt is patient."


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("**Q:** When?", LineKind.QUESTION, "When?"),
        ("— In spring.", LineKind.ANSWER, "In spring."),
        ("“In spring.”", LineKind.ANSWER, "In spring."),
        ("**When?**", LineKind.QUESTION, "When?"),
        ("## When?", LineKind.QUESTION, "When?"),
        ("> “Salt is patient.”", LineKind.PULL_QUOTE, "Salt is patient."),
        ("By Theo Marchetti, features editor", LineKind.BYLINE, "Theo Marchetti"),
        ("By Theo Marchetti, features editor", LineKind.BYLINE_ROLE, "features editor"),
        ("Theo", LineKind.BYLINE, "Theo"),
        ("Photos: Ines Calder", LineKind.PHOTO_CREDIT, "Ines Calder"),
        ("# Low water", LineKind.TITLE, "Low water"),
        ("Follow us", LineKind.BOILERPLATE, ""),
        ("*Words*", LineKind.STANDFIRST, "Words"),
    ],
)
def test_each_kind_is_read_in_its_own_way(text, kind, shown):
    assert content(text, kind) == shown
