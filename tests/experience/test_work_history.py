"""Work histories pasted as plain text. Pairs of files in ``histories/``: NAME.txt and what is recognised, NAME.json."""

from __future__ import annotations

import json
import random
import re
import resource
from collections import Counter
from pathlib import Path

import pytest

from experience.from_text.parser.kinds import HistoryKind
from experience.from_text.parser.parse import WorkHistory, parse_work_history
from experience.from_text.parser.period_search import FoundPeriod, find_period

FIXTURES = sorted((Path(__file__).parent / "histories").glob("*.txt"))
# Words between names, labels before values, and marks of Markdown are no part of a name.
JOINING = Counter("at chez en position company period location skills compétences technologies 雇用形態".split())
SECONDS = 5  # of processor time, for what takes a tenth of it; a parser that is not linear would need minutes


def summary(history: WorkHistory) -> dict[str, object]:
    """What is recognised, as the fixtures write it: empty fields left out."""
    entries = []
    for entry in history.entries:
        fields = {
            "role": entry.role,
            "organisation": entry.organisation,
            "period": entry.period,
            "employment_type": entry.employment_type,
            "location": entry.location,
            "skills": entry.skills,
            "body": [f"{kind}: {text}" for kind, text in entry.body],
            "problems": [f"{problem.line} {problem.kind}: {problem.message}" for problem in entry.problems],
        }
        entries.append({name: value for name, value in fields.items() if value})
    unused = [f"{part.line}: {part.text}" for part in history.parts if part.kind is HistoryKind.UNUSED]
    return {
        "entries": entries,
        "left_out": [f"{section.heading}: {section.lines}" for section in history.left_out],
        "unused": unused,
    }


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_pasted_work_history_is_recognised(path: Path) -> None:
    history = parse_work_history(path.read_text("utf-8"))
    assert summary(history) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_word_of_every_line_is_in_a_part(path: Path) -> None:
    text = path.read_text("utf-8")
    written = {number: words(line) for number, line in enumerate(text.split("\n"), start=1) if words(line)}
    found: dict[int, Counter[str]] = {}
    for part in parse_work_history(text).parts:
        found.setdefault(part.line, Counter()).update(words(part.text))
    missing = {number: line - found.get(number, Counter()) - JOINING for number, line in written.items()}
    assert {number: lost for number, lost in missing.items() if lost} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan 2020 - Present · 4 yrs 2 mos", ("", "Jan 2020 - Present · 4 yrs 2 mos", "")),
        ("Analyst, Quay Labs (2016 – 2019)", ("Analyst, Quay Labs", "2016 – 2019", "")),
        ("2019–2021: Data engineer", ("", "2019–2021", "Data engineer")),
        ("Analyst 03/2019 - heute", ("Analyst", "03/2019 - heute", "")),
        ("Analyst, seit 2019", ("Analyst", "seit 2019", "")),
        ("Analyst, 2019", ("Analyst", "2019", "")),
        ("Agent 2019", None),
        ("Launched the archive in 2020", None),
        ("13/20 – 15/22", None),
    ],
)
def test_period_is_found_beside_other_words(text: str, found: tuple[str, str, str] | None) -> None:
    assert find_period(text) == (FoundPeriod(*found) if found else None)


TEXT = "Tidewise\nGauge whisperer\n2019 – 2021\nBrine and patience\n\nSal y Mar\nBoat reader\n2016 – 2018\n"


def test_corrections_replace_guesses_and_say_so() -> None:
    kinds = {0: HistoryKind.ORGANISATION, 1: HistoryKind.ROLE, 3: HistoryKind.UNUSED}
    history = parse_work_history(TEXT, kinds)
    assert (history.entries[0].role, history.entries[0].organisation) == ("Gauge whisperer", "Tidewise")
    assert history.entries[0].body == []
    assert not history.entries[0].problems
    assert history.guesses[3].kind is not HistoryKind.UNUSED


def test_entries_start_where_the_corrections_say() -> None:
    as_one = parse_work_history(TEXT, starts={0})
    assert len(as_one.entries) == 1
    assert "second value" in " ".join(problem.message for problem in as_one.entries[0].problems)
    assert len(parse_work_history(TEXT, {0: HistoryKind.ROLE}, starts=()).entries) == 1


def test_lines_left_out_make_no_entry() -> None:
    count = len(parse_work_history(TEXT).parts)
    assert parse_work_history(TEXT, dict.fromkeys(range(count), HistoryKind.UNUSED)).entries == ()


def test_what_does_not_fit_its_field_is_kept_as_text() -> None:
    long = "Engineer " * 30
    kinds = {0: HistoryKind.ROLE, 2: HistoryKind.PERIOD}
    history = parse_work_history(f"{long}\n2019 – 2021\n01/20 – 03/22\n", kinds, starts={0})
    (entry,) = history.entries
    assert entry.is_nameless
    assert [text for _, text in entry.body] == [long.strip(), "01/20 – 03/22"]
    assert len(entry.problems) >= 3


HOSTILE = {
    "years": "2019 " * 20_000,
    "periods": "Jan 2019 - Feb 2020\n" * 2_000,
    "names": "Engineer at A\n" * 7_000,
    "brackets": "(2019) " * 14_000,
    "links": "[a](" * 25_000,
    "spaces": " \t" * 50_000 + "x",
    "middle dots": "a · " * 25_000,
    "commas": ("a, " * 45 + "\n") * 700,
    "stars": "**_" * 33_000,
    "short lines": "A\n" * 10_000,
    "halves": "\ud800 2019 - \udfff\n" * 1_000,
    "skills": "Skills: " + "a, " * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_parsed_in_time(text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    parse_work_history(text)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < SECONDS


def test_no_arrangement_of_lines_raises_or_loses_a_line() -> None:
    lines = [line for path in FIXTURES for line in path.read_text("utf-8").split("\n")]
    shuffler = random.Random(12)  # noqa: S311 - the same arrangements each time
    for _ in range(60):
        text = "\n".join(shuffler.sample(lines, 25))
        filled = {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
        assert {part.line for part in parse_work_history(text).parts} == filled
