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

from portfolio.documents.document import Interview, Turn
from portfolio.interviews.interview_text import (
    LineKind,
    Passage,
    classify,
    locate_passage,
    looks_like_interview,
    parse_interview,
    parse_with_corrections,
)
from portfolio.interviews.naming import named_in_title
from portfolio.interviews.quotation import strip_outer

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "texts"
SEEDS = ROOT.parent / "shared" / "seeds" / "site" / "_interviews"
DEMO = ROOT / "demo" / "_interviews"

PASTED = sorted(FIXTURES.glob("*.txt"))
SITES = sorted([*DEMO.glob("*.txt"), *SEEDS.glob("*.txt")])


# Who speaks, when in the recording, and the number of a question stand before what is said.
STAMP = r"[\[(]?(?:\d{1,2}:){1,2}\d{2}[\])]?"
NAME = r"[^\W\d_][\w.’-]*(?: [^\W\d_][\w.’-]*){0,3}(?: \d)?"
BEFORE_SPEECH = re.compile(
    rf"^(?:{STAMP}\s+)?(?:\*\*[^*]+\*\*|\[{NAME}\]|<v {NAME}>|【[^】]+】|[QA]\u3000|\w{{1,2}} —|{NAME}|\d)"
    rf"(?:\s*{STAMP})?\s?(?:[:.：)]|(?<=[】*>\u3000—])|$|(?<=\d)|(?<=[\])]))"
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
    found: dict[int, list[str]] = {}
    for line in classify(text):
        found.setdefault(line.line, []).append(line.text)
    # A question and its answer may share a line, and so may a date and a name.
    assert {number: " ".join(dict.fromkeys(texts)) for number, texts in found.items()} == filled


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_no_word_of_the_conversation_is_lost(path: Path) -> None:
    text = read(path)
    interview, _ = parse_interview(text)
    kept = {
        LineKind.QUESTION,
        LineKind.ANSWER,
        LineKind.PULL_QUOTE,
        LineKind.HEADING,
        LineKind.TEXT,
        LineKind.IMAGE_PLACEHOLDER,
    }
    written = [line.text.removesuffix("</v>") for line in classify(text) if line.kind in kept]
    said = Counter(words(f"{turn.question} {' '.join(turn.answer)} {turn.text}" for turn in interview.turns))
    heads = Counter(words(match[0] for text in written if (match := BEFORE_SPEECH.match(text))))
    given = Counter(words(written))
    assert not said - given
    assert not given - said - heads


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_spans_are_bytes_of_the_text(path: Path) -> None:
    text = read(path)
    data = text.encode()
    for turn in parse_interview(text)[0].turns:
        assert turn.span is not None
        piece = data[turn.span.start : turn.span.end].decode()
        assert piece == piece.strip()
        assert data[: turn.span.start].decode().count("\n") + 1 == turn.line
        assert (turn.text or turn.question or turn.answer[0]).split()[-1] in piece


@pytest.mark.parametrize("path", [*PASTED, *SITES], ids=lambda path: path.stem)
def test_interviews_are_recognised(path: Path) -> None:
    assert looks_like_interview(read(path))


def test_conversation_without_a_question_mark_says_who_was_taken_for_whom() -> None:
    text = (
        "Two voices on a bench\n\nArlo: They took the old tram away.\n\nBesa: In March. I kept a ticket.\n\n"
        "Arlo: People say the buses are faster.\n\nBesa: People say many things.\n"
    )
    interview, problems = parse_interview(text)
    assert [turn.question for turn in exchanges(interview)] == [
        "They took the old tram away.",
        "People say the buses are faster.",
    ]
    assert [(problem.code, problem.line) for problem in problems if problem.line] == [("guessed-speakers", 3)]
    assert "Arlo is taken for the one who asks" in str(problems)
    assert not looks_like_interview(text)


TITLES = [
    ("A talk with Mara Lindqvist", "Mara Lindqvist"),
    ("Mara Lindqvist on tides", "Mara Lindqvist"),
    ("Interview: Mara Lindqvist", "Mara Lindqvist"),
    ("Interview: Mara Lindqvist on tides", "Mara Lindqvist"),
    ("Interview with harbour master Mara Lindqvist", "Mara Lindqvist"),
    ("Meet Mara Lindqvist", "Mara Lindqvist"),
    ("Meet the keeper of the gauge: Mara Lindqvist", "Mara Lindqvist"),
    ("In conversation with Mara Lindqvist", "Mara Lindqvist"),
    ("Theo Marchetti in conversation with Mara Lindqvist", "Mara Lindqvist"),
    ("Ten questions for Dr. Mara Lindqvist", "Mara Lindqvist"),
    ("“We wait for water”: a talk with Mara Lindqvist", "Mara Lindqvist"),
    ("“We wait for water,” says Mara Lindqvist", "Mara Lindqvist"),
    ("Mara Lindqvist: “A tide is a kind of clock”", "Mara Lindqvist"),
    ("A Talk With Mara Lindqvist About Tides And Clocks", "Mara Lindqvist"),
    ("A TALK WITH MARA LINDQVIST", "Mara Lindqvist"),
    ("Q&A: Mara Lindqvist", "Mara Lindqvist"),
    ("Zehn Fragen an Mara Lindqvist", "Mara Lindqvist"),
    ("Mara Lindqvist im Gespräch", "Mara Lindqvist"),
    ("Mara Lindqvist über Pegel", "Mara Lindqvist"),
    ("Diez preguntas para Mara Lindqvist", "Mara Lindqvist"),
    ("Mara Lindqvist: «El agua espera»", "Mara Lindqvist"),
    ("Dix questions à Mara Lindqvist", "Mara Lindqvist"),
    ("Intervista a Mara Lindqvist", "Mara Lindqvist"),
    ("Vijf vragen aan Mara Lindqvist", "Mara Lindqvist"),
    ("Interview with Mara Lindqvist and Bo Lind", "Mara Lindqvist and Bo Lind"),
]


@pytest.mark.parametrize(("title", "who"), TITLES, ids=[title for title, _ in TITLES])
@pytest.mark.parametrize("asks", ["Theo", "TM", "Interviewer"])
@pytest.mark.parametrize("answers", ["Mara", "ML", "Lindqvist", "MARA LINDQVIST"])
def test_whom_the_title_names_answers_whoever_has_the_question_marks(title, who, asks, answers) -> None:
    text = (
        f"{title}\n\n{asks}: You began in winter.\n\n{answers}: Did I? Who told you?\n\n{asks}: Your mother.\n\n"
        f"{answers}: What else did she say?\n"
    )
    interview, problems = parse_interview(text)
    assert [turn.question for turn in exchanges(interview)] == ["You began in winter.", "Your mother."]
    assert interview.interviewee == ("Mara Lindqvist" if " and " in who else who)
    assert not problems


@pytest.mark.parametrize("title", ["Notes on tides", "Data Science on Mars", "Meet the Team", "Low water at six"])
def test_title_that_names_nobody_decides_nothing(title: str) -> None:
    assert not named_in_title(title).answers


BYLINES = {
    "Published on 3 May 2024 by Nora Whitlock, science desk": ("2024-05-03", "Nora Whitlock", "science desk", ""),
    "By Nora Whitlock, science desk, 3 May 2024": ("2024-05-03", "Nora Whitlock", "science desk", ""),
    "By Nora Whitlock (science desk) on 3 May 2024": ("2024-05-03", "Nora Whitlock", "science desk", ""),
    "By Nora Whitlock on May 3rd, 2024": ("2024-05-03", "Nora Whitlock", "", ""),
    "3 May 2024 by Nora Whitlock": ("2024-05-03", "Nora Whitlock", "", ""),
    "Friday, 3 May 2024 | By Nora Whitlock | Updated 4 May 2024": ("2024-05-03", "Nora Whitlock", "", ""),
    "Last updated on Sat 4 May 2024 10.30 BST": ("2024-05-04", "", "", ""),
    "Words by Nora Whitlock. Photos by Ines Calder": (None, "Nora Whitlock", "", "Ines Calder"),
    "Words by Nora Whitlock, photography by Ines Calder": (None, "Nora Whitlock", "", "Ines Calder"),
    "Text: Nora Whitlock / Fotos: Ines Calder": (None, "Nora Whitlock", "", "Ines Calder"),
    "Text and photos by Nora Whitlock": (None, "Nora Whitlock", "", ""),
    "Interviewed by Nora Whitlock for The Tide Post": (None, "Nora Whitlock", "for The Tide Post", ""),
    "From Nora Whitlock in Tarnvik": (None, "Nora Whitlock", "in Tarnvik", ""),
    "As told to Nora Whitlock": (None, "Nora Whitlock", "", ""),
    "Reporting by Nora Whitlock, Hamburg": (None, "Nora Whitlock", "Hamburg", ""),
    "Interview: Nora Whitlock": (None, "Nora Whitlock", "", ""),
    "By Nora Whitlock, Theo Marchetti and Ada Quill": (None, "Nora Whitlock, Theo Marchetti and Ada Quill", "", ""),
    "By Nora Whitlock · Science desk · 3 May 2024": ("2024-05-03", "Nora Whitlock", "Science desk", ""),
    "Interview by Nora Whitlock, photographs by Ines Calder, 3 May 2024": (
        "2024-05-03", "Nora Whitlock", "", "Ines Calder",
    ),
    "Veröffentlicht am Freitag, den 3. Mai 2024 von Nora Paz, Wissenschaft": (
        "2024-05-03", "Nora Paz", "Wissenschaft", "",
    ),
    "Publicado el viernes 3 de mayo de 2024 por Nora Paz, ciencia": ("2024-05-03", "Nora Paz", "ciencia", ""),
    "Publié le vendredi 3 mai 2024 à 10h30 par Nora Paz": ("2024-05-03", "Nora Paz", "", ""),
    "Di Nora Paz, 3 maggio 2024": ("2024-05-03", "Nora Paz", "", ""),
    "Door Nora Paz, redactie | 3 mei 2024": ("2024-05-03", "Nora Paz", "redactie", ""),
    "2024年5月3日　聞き手：佐伯 透": ("2024-05-03", "佐伯 透", "", ""),
    "By Monday the nights were long.": (None, "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("line", BYLINES, ids=str)
def test_byline_is_read(line: str) -> None:
    interview, _ = parse_interview(f"Low water at six\n\n{line}\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n")
    day, name, role, photos = BYLINES[line]
    assert (interview.date and str(interview.date)) == day
    assert (interview.byline, interview.byline_role, interview.photo_credit) == (name, role, photos)
    assert len(exchanges(interview)) == 2


@pytest.mark.parametrize(
    ("written", "days", "severity"),
    [
        ("12/06/2023", ["2023-06-12", "2023-12-06"], "warning"),
        ("12-6-23", ["2023-06-12", "2023-12-06", "2012-06-23"], "warning"),
        ("12.06.2023", ["2023-06-12", "2023-12-06"], "info"),
        ("2023/6/12", ["2023-06-12"], None),
        ("25/12/2023", ["2023-12-25"], None),
        ("12/25/2023", ["2023-12-25"], None),
        ("１２／０６／２０２３", ["2023-06-12", "2023-12-06"], "warning"),
    ],
)
def test_date_in_numbers_says_how_it_was_read_and_can_be_read_otherwise(written, days, severity) -> None:
    text = f"Interview with Ada Quill\n\n{written}\n\nQ: Why?\n\nA: So.\n\nQ: How?\n\nA: Thus.\n"
    found = parse_with_corrections(text)
    assert [str(day) for day in found.days] == days
    assert str(found.interview.date) == days[0]
    told = [problem for problem in found.problems if problem.code == "ambiguous-date"]
    assert [problem.severity for problem in told] == ([severity] if severity else [])
    assert [problem.line for problem in told] == ([3] if severity else [])
    other = parse_with_corrections(text, day=found.days[-1])
    assert str(other.interview.date) == days[-1]
    assert not [problem for problem in other.problems if problem.code == "ambiguous-date"]
    assert parse_with_corrections(text, day=date(1999, 1, 1)).interview.date == found.days[0]


OTHER_TEXTS = [
    "How I prepare for an interview\n\nI read the question twice.\n\nWhat do they ask?\n\nMostly trees.\n\n"
    "And then?\n\nThen they thank me.\n\nWhat is left?\n\nA long walk home.",
    "Why tides turn\n\n## What is a tide?\n\nWater that leaves.\n\n## Why does it return?\n\nIt has to.\n\n"
    "## Who counts it?\n\nThe gauge.\n\n## Summary\n\nThat was it.",
    "Choosing a database\n\nHave you ever lost a table? I have.\n\nIt was a Monday.\n\nSo which one should I take?\n\n"
    "None is best.\n\nWe tried four.\n\nThen five.\n\nThat took a month.\n\nThe rest is in the appendix.",
    "Release notes\n\nAdded: a button.\n\nFixed: the other button.\n\nAdded: a test. Did it pass?\n\nFixed: it did.",
    "A storm\n\n“Where is the boat?”\n\n“Gone,” said the pilot.\n\nThe rain went on.\n\nNobody spoke.\n\n"
    "The lamp went out.\n\nThey waited.\n\n“Listen,” he said.\n\nMorning came.",
    "Recipe\n\nTime: an hour\n\nServes: four\n\n1. Why salt? It helps.\n2. Stir.\n3. Wait.",
]


@pytest.mark.parametrize("text", OTHER_TEXTS, ids=lambda text: text.split("\n", 1)[0])
def test_posts_with_some_questions_are_not_taken_for_interviews(text: str) -> None:
    assert not looks_like_interview(text)


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
            ("boilerplate", 66),
            ("boilerplate", 68),
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
            ("boilerplate", 76),
            ("boilerplate", 78),
        ]
