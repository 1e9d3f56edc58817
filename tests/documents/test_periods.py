"""Periods as people write them on their pages."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.documents.periods import Period, in_language, parse_period, with_en_dash
from portfolio.documents.written_dates import parse_written_date

YEAR, MONTH, DAY = "year", "month", "day"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018 - 2020", (date(2018, 1, 1), YEAR), (date(2020, 12, 31), YEAR)),
        ("(2020 - 2021)", (date(2020, 1, 1), YEAR), (date(2021, 12, 31), YEAR)),
        ("2018–20", (date(2018, 1, 1), YEAR), (date(2020, 12, 31), YEAR)),
        ("2018/19", (date(2018, 1, 1), YEAR), (date(2019, 12, 31), YEAR)),
        ("from 2018 to 2020", (date(2018, 1, 1), YEAR), (date(2020, 12, 31), YEAR)),
        ("1999-00", (date(1999, 1, 1), YEAR), (date(2000, 12, 31), YEAR)),
        ("1998–03", (date(1998, 1, 1), YEAR), (date(2003, 12, 31), YEAR)),
        ("1999/00", (date(1999, 1, 1), YEAR), (date(2000, 12, 31), YEAR)),
        ("Sep 1999 - ’01", (date(1999, 9, 1), MONTH), (date(2001, 12, 31), YEAR)),
        ("Sept. '19 – Nov. '21", (date(2019, 9, 1), MONTH), (date(2021, 11, 30), MONTH)),
        ("09/17 - 08/19", (date(2017, 9, 1), MONTH), (date(2019, 8, 31), MONTH)),
        ("'96 – '02", (date(1996, 1, 1), YEAR), (date(2002, 12, 31), YEAR)),
        ("2019年9月〜2021年11月", (date(2019, 9, 1), MONTH), (date(2021, 11, 30), MONTH)),
        ("平成27年4月～令和元年5月1日", (date(2015, 4, 1), MONTH), (date(2019, 5, 1), DAY)),
        ("昭和64年", (date(1989, 1, 1), YEAR), (date(1989, 12, 31), YEAR)),
        ("5/10 – 7/12", (date(2010, 5, 1), MONTH), (date(2012, 7, 31), MONTH)),
        ("2019->2022", (date(2019, 1, 1), YEAR), (date(2022, 12, 31), YEAR)),
        ("May 2019 --> Mar 2022", (date(2019, 5, 1), MONTH), (date(2022, 3, 31), MONTH)),
        ("2019-2022 (part-time)", (date(2019, 1, 1), YEAR), (date(2022, 12, 31), YEAR)),
        ("2019–2021 [80 %]", (date(2019, 1, 1), YEAR), (date(2021, 12, 31), YEAR)),
        ("2019 (six weeks)", (date(2019, 1, 1), YEAR), (date(2019, 12, 31), YEAR)),
        ("Sep 2021 – Mar 2023", (date(2021, 9, 1), MONTH), (date(2023, 3, 31), MONTH)),
        ("Sep 2021 - Mar 2023 · 1 yr 7 mos", (date(2021, 9, 1), MONTH), (date(2023, 3, 31), MONTH)),
        ("05/2019 - 07/2020", (date(2019, 5, 1), MONTH), (date(2020, 7, 31), MONTH)),
        ("2019-05 – 2020-02", (date(2019, 5, 1), MONTH), (date(2020, 2, 29), MONTH)),
        ("Jan – Mar 2020", (date(2020, 1, 1), MONTH), (date(2020, 3, 31), MONTH)),
        ("3–5 May 2021", (date(2021, 5, 3), DAY), (date(2021, 5, 5), DAY)),
        ("janv. 2019 - août 2020", (date(2019, 1, 1), MONTH), (date(2020, 8, 31), MONTH)),
        ("mayo 2020 a junio de 2021", (date(2020, 5, 1), MONTH), (date(2021, 6, 30), MONTH)),
        ("März 2018 bis Dez. 2019", (date(2018, 3, 1), MONTH), (date(2019, 12, 31), MONTH)),
        ("2019", (date(2019, 1, 1), YEAR), (date(2019, 12, 31), YEAR)),
        ("Summer 2019", (date(2019, 1, 1), YEAR), (date(2019, 12, 31), YEAR)),
        ("Sep 2021 - 2022", (date(2021, 9, 1), MONTH), (date(2022, 12, 31), YEAR)),
    ],
)
def test_closed_period_keeps_the_precision_of_each_end(
    text: str, start: tuple[date, str], end: tuple[date, str]
) -> None:
    assert parse_period(text) == Period(text, *start, *end)


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("2023-Now", date(2023, 1, 1), YEAR),
        ("2023–present", date(2023, 1, 1), YEAR),
        ("2022 - now (part-time)", date(2022, 1, 1), YEAR),
        ("2022->Now", date(2022, 1, 1), YEAR),
        ("since 2020 (mostly at sea)", date(2020, 1, 1), YEAR),
        ("Mar. 2020 to present", date(2020, 3, 1), MONTH),
        ("since 2020", date(2020, 1, 1), YEAR),
        ("2020 –", date(2020, 1, 1), YEAR),
        ("septiembre de 2019 - actualidad", date(2019, 9, 1), MONTH),
        ("desde marzo de 2020", date(2020, 3, 1), MONTH),
        ("março de 2020 – atualmente", date(2020, 3, 1), MONTH),
        ("de 2019 à aujourd’hui", date(2019, 1, 1), YEAR),
        ("seit Februar 2022", date(2022, 2, 1), MONTH),
        ("März 2018 bis heute", date(2018, 3, 1), MONTH),
    ],
)
def test_open_period_is_ongoing_and_has_no_end(text: str, start: date, precision: str) -> None:
    assert parse_period(text) == Period(text, start, precision, ongoing=True)


def test_until_leaves_the_beginning_unknown() -> None:
    assert parse_period("until 2020") == Period("until 2020", end=date(2020, 12, 31), end_precision=YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "hello",
        "May",
        "12",
        "31 Feb 2020",
        "2020 - 2018",
        "2019-2020-2021",
        "2019-2018",
        "2019-18",
        "2019-2018 (part-time)",
        "2019 - (May or June)",
        "Now",
        "1234",
        "from 1 to 2",
        "2020 " * 50,
        "5/10 – 7/10",
        "9/10-10/10",
        "昭和99年",
        "平成0年4月",
        "令和0年",
        "昭和60年〜昭和65年",
    ],
)
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    assert parse_period(text) is None


def test_text_is_kept_as_written() -> None:
    period = parse_period(" (2018 - 2020) ")
    assert period is not None
    assert period.text == "(2018 - 2020)"


@pytest.mark.parametrize(
    ("text", "first", "precision"),
    [
        ("25 feb 2020", date(2020, 2, 25), DAY),
        ("25 de febrero de 2020", date(2020, 2, 25), DAY),
        ("le 1er mai 2020", date(2020, 5, 1), DAY),
        ("12. März 2024", date(2024, 3, 12), DAY),
        ("March 3rd, 2021", date(2021, 3, 3), DAY),
        ("03.04.2021", date(2021, 4, 3), DAY),
        ("12/25/2021", date(2021, 12, 25), DAY),
        ("setembro de 2019", date(2019, 9, 1), MONTH),
        ("Q3 2019", date(2019, 1, 1), YEAR),
    ],
)
def test_dates_of_several_languages(text: str, first: date, precision: str) -> None:
    written = parse_written_date(text)
    assert written is not None
    assert (written.first, written.precision) == (first, precision)


def test_ambiguous_order_of_day_and_month_gives_only_the_year() -> None:
    written = parse_written_date("04/05/2021")
    assert written is not None
    assert (written.first, written.last, written.precision) == (date(2021, 1, 1), date(2021, 12, 31), YEAR)


DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u2192"


@pytest.mark.parametrize("dash", [*DASHES, "--", "---", "->", "-->", "=>"])
@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    ("start", "end"),
    [("2019", "2022"), ("2022", "Now"), ("Sep 2021", "Mar 2023"), ("03/2019", "07/2020"), ("März 2018", "heute")],
)
def test_any_dash_between_the_ends_is_shown_as_an_en_dash(dash: str, blank: str, start: str, end: str) -> None:
    assert with_en_dash(f"{start}{blank}{dash}{blank}{end}") == f"{start}{blank}–{blank}{end}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2019-05 - 2020-02", "2019-05 – 2020-02"),
        ("2019-05-01 - 2020-02-29", "2019-05-01 – 2020-02-29"),
        ("(2018 - 2020)", "(2018 – 2020)"),
        ("Sep 2021 - Mar 2023 · 1 yr 7 mos", "Sep 2021 – Mar 2023 · 1 yr 7 mos"),
        ("from 2018 - 2020", "from 2018 – 2020"),
        ("2020 -", "2020 –"),
        ("2018-20", "2018–20"),
        ("1999-00", "1999–00"),
        ("2022 - now (part-time)", "2022 – now (part-time)"),
        ("2019->2022 (part-time, two-day week)", "2019–2022 (part-time, two-day week)"),
        ("2018/19", "2018/19"),
        ("2019-05", "2019-05"),
        ("from 2018 to 2020", "from 2018 to 2020"),
        ("since 2020", "since 2020"),
        ("until 2019-05", "until 2019-05"),
        ("2019", "2019"),
        ("a half-forgotten while", "a half-forgotten while"),
        ("", ""),
    ],
)
def test_nothing_but_the_dash_between_the_ends_is_changed(text: str, shown: str) -> None:
    assert with_en_dash(text) == shown


@pytest.mark.parametrize(
    ("text", "in_german", "in_japanese"),
    [
        ("2023-Now", "2023–heute", "2023–現在"),
        ("2023 - present (part-time)", "2023 – heute (part-time)", "2023 – 現在 (part-time)"),
        ("from 2019 to the present", "2019–heute", "2019–現在"),
        ("2019 bis jetzt", "2019 bis jetzt", "2019–現在"),
        ("since 2020", "seit 2020", "2020から"),
        ("ab Mai 2020", "ab Mai 2020", "Mai 2020から"),
        ("2019 - 2021", "2019 – 2021", "2019 – 2021"),
        ("2020 -", "2020 –", "2020 –"),
        ("now and then", "now and then", "now and then"),
    ],
)
def test_the_words_of_an_open_end_are_those_of_the_language(text: str, in_german: str, in_japanese: str) -> None:
    assert in_language(text, "de", "heute", "seit {date}") == in_german
    assert in_language(text, "ja", "現在", "{date}から") == in_japanese
