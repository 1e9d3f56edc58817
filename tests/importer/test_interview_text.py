"""Interviews pasted as plain text. Pairs of files under ``interviews/``: NAME.txt and what is understood, NAME.json."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from portfolio.importer.document import Interview, Turn
from portfolio.importer.interview_text import (
    LineKind,
    Passage,
    classify,
    locate_passage,
    looks_like_interview,
    parse_interview,
)
from portfolio.importer.interviews.quotation import strip_outer

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "interviews"
SEEDS = ROOT.parent / "shared" / "seeds" / "site" / "_interviews"
DEMO = ROOT / "demo" / "_interviews"

PASTED = sorted(FIXTURES.glob("*.txt"))
SITES = sorted([*DEMO.glob("*.txt"), *SEEDS.glob("*.txt")])


# Who speaks and the number of a question stand before what is said.
NOT_SPOKEN = re.compile(
    r"^(?:\*\*[^*]+:\*\*|[QAPR][:.]|Pregunta\.|Respuesta\.|Interviewer:|Otto Brandvik:|\d\.)(?:\s+|$)"
)


def words(texts: Iterable[str]) -> list[str]:
    return re.findall(r"\w+", " ".join(texts))


def read(path: Path) -> str:
    return path.read_bytes().decode()


def summary(text: str) -> dict[str, object]:
    """What is understood of ``text``, as the fixtures write it: empty fields left out."""
    interview, problems = parse_interview(text)
    fields = {
        field.name: str(value) if isinstance(value, date) else value
        for field in dataclasses.fields(interview)
        if field.name != "turns" and (value := getattr(interview, field.name))
    }
    fields["turns"] = [turn_summary(turn) for turn in interview.turns]
    fields["problems"] = [f"{problem.line or '-'} {problem.severity} {problem.code}" for problem in problems]
    return fields


def turn_summary(turn: Turn) -> dict[str, object]:
    said = {"question": turn.question, "answer": list(turn.answer)} if turn.kind == "question_answer" else {}
    return {"kind": turn.kind, "line": turn.line, **said, **({"text": turn.text} if turn.text else {})}


def exchanges(interview: Interview) -> list[Turn]:
    return [turn for turn in interview.turns if turn.kind == "question_answer"]


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_pasted_text_is_understood(path: Path) -> None:
    assert summary(read(path)) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_every_line_is_accounted_for(path: Path) -> None:
    text = read(path)
    filled = {number: line.strip() for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
    assert {line.line: line.text for line in classify(text)} == filled


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_no_word_of_the_conversation_is_lost(path: Path) -> None:
    text = read(path)
    interview, _ = parse_interview(text)
    kept = {LineKind.QUESTION, LineKind.ANSWER, LineKind.PULL_QUOTE, LineKind.TEXT, LineKind.IMAGE_PLACEHOLDER}
    written = [NOT_SPOKEN.sub("", line.text) for line in classify(text) if line.kind in kept]
    said = [f"{turn.question} {' '.join(turn.answer)} {turn.text}" for turn in interview.turns]
    assert Counter(words(written)) == Counter(words(said))


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_spans_are_bytes_of_the_text(path: Path) -> None:
    text = read(path)
    data = text.encode()
    for turn in parse_interview(text)[0].turns:
        assert turn.span is not None
        piece = data[turn.span.start : turn.span.end].decode()
        assert piece == piece.strip()
        assert data[: turn.span.start].decode().count("\n") + 1 == turn.line
        assert (turn.text or turn.question).split()[-1] in piece


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_interviews_are_recognised(path: Path) -> None:
    assert looks_like_interview(read(path))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A title and nothing else",
        "# A post\n\nWhy do tides turn?\n\nBecause of the moon.\n\nThat is all there is to it.",
        "Notes\n\nPoint one: yes.\n\nPoint two: no.\n\n- a list?\n- of questions?\n- and more?",
        "An essay\n\n" + "A long thought.\n\n" * 20 + "Why?\n\nBecause.\n\nHow?\n\nLike this.\n\nWhen?\n\nNow.",
    ],
)
def test_other_texts_are_not_taken_for_interviews(text: str) -> None:
    assert not looks_like_interview(text)


def test_text_without_questions_keeps_every_word_and_says_so() -> None:
    interview, problems = parse_interview("A title\n\nSome words about nothing in particular.\n\nAnd more of them.")
    assert interview.title == "A title"
    assert interview.standfirst == "Some words about nothing in particular.\n\nAnd more of them."
    assert "no-conversation" in {problem.code for problem in problems}


def test_line_the_rules_are_unsure_of_is_kept_and_reported() -> None:
    text = "T\n\nWhy?\n\n“Because.”\n\nThe harbour lay still that day.\n\nAnd then?\n\n“We left.”"
    interview, problems = parse_interview(text)
    assert [(turn.kind, turn.text) for turn in interview.turns if turn.text] == [
        ("text", "The harbour lay still that day.")
    ]
    assert [problem.line for problem in problems if problem.code == "uncertain-line"] == [7]


def test_request_without_question_mark_is_a_question() -> None:
    interview, problems = parse_interview(
        "T\n\nWhy?\n\n“Because.”\n\nTell us about the boat.\n\n“It floats.”\n\nYour last words.\n\n“None.”"
    )
    assert [turn.question for turn in exchanges(interview)] == ["Why?", "Tell us about the boat.", "Your last words."]
    assert [problem.line for problem in problems if problem.code == "uncertain-line"] == [11]


def test_pull_quote_inside_an_answer_leaves_the_answer_whole() -> None:
    text = (
        "T\n\nWhy the sea?\n\n“It never asks me what I did yesterday.”\n\nIt never asks me what I did yesterday.\n\n"
        "“And it is always there.”\n\nWhy the land?\n\n“For the bread.”"
    )
    interview, _ = parse_interview(text)
    assert [turn.kind for turn in interview.turns] == ["question_answer", "pull_quote", "question_answer"]
    assert interview.turns[0].answer == ("It never asks me what I did yesterday.", "And it is always there.")


def test_answer_that_is_quoted_whole_stays_the_answer() -> None:
    interview, _ = parse_interview(
        "T\n\nWhy the sea?\n\nMy mother had a boat.\n\nIt never asks what I did.\n\nIt never asks what I did.\n\n"
        "Why the land?\n\nFor the bread.\n\nAnd the air?\n\nFor free."
    )
    assert interview.turns[0].answer == ("My mother had a boat.", "It never asks what I did.")
    assert [turn.text for turn in interview.turns if turn.kind == "pull_quote"] == ["It never asks what I did."]


ANSWERS = [
    ["We drove south.", "The road was long. It rained. Nobody sang at all on the way."],
    ["I like “plain” maps."],
]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("I like plain maps", Passage("exact", 1)),
        ("we drove south. The road was long.", Passage("exact", 0)),
        ("The road was long. Nobody sang at all on the way.", Passage("condensed", 0)),
        ("The road … Nobody sang […] on the way.", Passage("condensed", 0)),
        ("Nobody sang. The road was long.", Passage("none")),
        ("The road was lon", Passage("none")),
        ("…", Passage("none")),
    ],
)
def test_passage_is_found_word_for_word_or_condensed(quote: str, passage: Passage) -> None:
    assert locate_passage(quote, ANSWERS) == passage


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“All of it.”", "All of it."),
        ("“The “ready” data”", "The “ready” data"),
        ("“Goes on in the next paragraph", "Goes on in the next paragraph"),
        ("“He said “go”", "He said “go”"),
        ("“Yes,” she said.", "“Yes,” she said."),
        ('"The "ready" data".', 'The "ready" data.'),
        ('"Yes" and "no"', '"Yes" and "no"'),
        ("„Das „fertige“ Maß“", "Das „fertige“ Maß"),
        ("«Oui.»", "Oui."),
        ("« Oui. »", "Oui."),
        ("»Ja.«", "Ja."),
        ("‘It wasn’t me.’", "It wasn’t me."),
        ("‘90s music", "‘90s music"),
    ],
)
def test_only_the_outer_quotation_marks_go(text: str, inner: str) -> None:
    assert strip_outer(text)[0] == inner


def test_opening_mark_alone_is_enough_until_the_closing_one() -> None:
    text = "T\n\nHow was it?\n\n“Cold.\n\nVery cold.\n\nThen warm.”\n\nAnd now?\n\n“Better.”"
    assert exchanges(parse_interview(text)[0])[0].answer == ("Cold.", "Very cold.", "Then warm.")


@pytest.mark.parametrize("text", ["", "\ufeff", "\r\n\r\n", "?", "“", "image", "“”\n\n“”", "Q:\n\nA:\n", "\ud800?"])
def test_scraps_do_no_harm(text: str) -> None:
    interview, problems = parse_interview(text)
    assert isinstance(interview, Interview)
    assert problems


class TestDemoInterview:
    """The same facts as below, of the demo's own interview."""

    @pytest.fixture
    def text(self) -> str:
        return read(next(DEMO.glob("*.txt")))

    def test_what_stands_above_the_conversation(self, text: str) -> None:
        interview, _ = parse_interview(text)
        assert interview.title == "Mara Lindqvist: “A tide is a kind of clock”"
        assert interview.date == date(2023, 3, 14)
        assert interview.reading_minutes == 5
        assert (interview.byline, interview.byline_role) == (
            "Theo Marchetti",
            "Features editor at The Slack Water Review",
        )
        assert (interview.interviewee, interview.interviewee_role, interview.interviewee_organisation) == (
            "Mara Lindqvist",
            "data engineer",
            "Saltmarsh Instruments",
        )
        assert interview.standfirst.startswith("As a child, Mara Lindqvist")
        assert interview.photo_credit == "Ines Calder for The Slack Water Review"
        assert interview.source_publication == "The Slack Water Review"

    def test_conversation_in_order(self, text: str) -> None:
        interview, _ = parse_interview(text)
        answers = [turn.answer for turn in exchanges(interview)]
        assert [len(answer) for answer in answers] == [1, 2, 2, 1, 1, 2, 1]
        assert [
            (turn.line, locate_passage(turn.text, answers)) for turn in interview.turns if turn.kind == "pull_quote"
        ] == [
            (28, Passage("condensed", 1)),
            (36, Passage("exact", 2)),
            (48, Passage("exact", 0)),
            (56, Passage("condensed", 5)),
        ]

    def test_what_is_not_published_is_reported(self, text: str) -> None:
        _, problems = parse_interview(text)
        assert [(problem.code, problem.line) for problem in problems] == [
            ("missing-image", 20),
            ("missing-image", 38),
            ("missing-image", 62),
            ("site-furniture", 66),
            ("site-furniture", 68),
        ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here; the demo holds the same cases")
class TestSeedInterview:
    """The facts the owner of the text confirmed."""

    @pytest.fixture
    def text(self) -> str:
        return read(next(SEEDS.glob("*.txt")))

    def test_what_stands_above_the_conversation(self, text: str) -> None:
        interview, _ = parse_interview(text)
        assert interview.title == text.split("\n", 1)[0]
        assert interview.date == date(2020, 2, 25)
        assert interview.reading_minutes == 4
        assert (interview.byline, interview.byline_role) == ("Gary Finn", "Managing director at Branditmedia")
        assert (interview.interviewee, interview.interviewee_organisation) == ("Ahmed Ahres", "Revolut")
        assert interview.standfirst.startswith("As a teenager, Ahmed Ahres")
        assert interview.title not in interview.standfirst
        assert interview.photo_credit == "Betty Zapata for Welcome To The Jungle"

    def test_nine_exchanges_with_whole_answers(self, text: str) -> None:
        turns = exchanges(parse_interview(text)[0])
        assert [len(turn.answer) for turn in turns] == [1, 1, 1, 1, 1, 2, 1, 2, 2]
        assert all(turn.question.endswith("?") for turn in turns)
        paragraphs = [paragraph for turn in turns for paragraph in turn.answer]
        assert not any(paragraph.startswith("“") or paragraph.endswith("”") for paragraph in paragraphs)
        assert "“model-ready”" in turns[2].answer[0]

    def test_five_pull_quotes_at_their_place(self, text: str) -> None:
        interview, _ = parse_interview(text)
        answers = [turn.answer for turn in exchanges(interview)]
        found = [
            (turn.line, locate_passage(turn.text, answers)) for turn in interview.turns if turn.kind == "pull_quote"
        ]
        assert found == [
            (24, Passage("condensed", 2)),
            (32, Passage("condensed", 3)),
            (42, Passage("exact", 5)),
            (56, Passage("condensed", 7)),
            (64, Passage("exact", 8)),
        ]

    def test_what_is_not_published_is_reported(self, text: str) -> None:
        _, problems = parse_interview(text)
        assert [(problem.code, problem.line) for problem in problems] == [
            ("missing-image", 26),
            ("missing-image", 44),
            ("missing-image", 66),
            ("site-furniture", 76),
            ("site-furniture", 78),
        ]
