"""Texts as index terms."""

from __future__ import annotations

import pytest

from portfolio.search.query import AllOf, Phrase, Term, parse
from portfolio.search.terms import MAX_TERM, MAX_WORDS, fold, terms_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zürich", "zurich"),
        ("STRAßE", "strasse"),
        ("Zu\u0308rich", "zurich"),
        ("İstanbul ISPARTA ı", "istanbul isparta i"),
        ("Łódź Đorđe Øre Æther", "lodz dorde ore aether"),
        ("ﬁne Ｆｕｌｌ", "fine full"),
        ("Привет Й", "привет и"),
        ("한국어 हिन्दी", "한국어 हिन्दी"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("node.js, my_variable and /etc/passwd", ["node", "js", "my", "variable", "and", "etc", "passwd"]),
        ("東京の潮汐", ["東京", "京の", "の潮", "潮汐"]),
        ("海", ["海"]),
        ("Python入門2", ["python", "入門", "2"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("\0 \u2028 ''", []),
    ],
)
def test_words_in_their_order(text: str, words: list[str]) -> None:
    assert terms_of([text], "en").words == words


@pytest.mark.parametrize(
    ("text", "extras"),
    [
        ("C++", {"cplusplus"}),
        ("(C#).", {"csharp"}),
        (".NET", {"dotnet"}),
        ("v1.2", {"v", "1", "v12"}),
        ("e-mail", {"email"}),
        ("潮汐", {"潮", "汐"}),
        ("plain words", set()),
    ],
)
def test_other_terms_that_find_a_text(text: str, extras: set[str]) -> None:
    assert set(terms_of([text], "en").extras) == extras


def test_stems_are_those_of_the_language() -> None:
    assert terms_of(["templates"], "en-gb").stems == ["templat"]
    assert terms_of(["gezeiten"], "de").stems == ["gezeit"]
    assert terms_of(["templates"], "tlh").stems == []


def test_terms_are_bounded() -> None:
    terms = terms_of(["x" * 10_000, "tide " * (MAX_WORDS + 10)], "en")
    assert len(terms.words) == MAX_WORDS
    assert max(map(len, terms.words)) == MAX_TERM


def test_words_between_quotes_are_a_phrase() -> None:
    query = parse("“spring tide” go", "en")
    assert query == AllOf((Phrase(("spring", "tide")), Term("go")))


@pytest.mark.parametrize("text", ["", '"', '""', "%", "( ) * -", "\0"])
def test_without_a_word_there_is_no_query(text: str) -> None:
    assert parse(text, "en") is None
