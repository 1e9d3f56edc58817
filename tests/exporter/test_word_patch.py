"""Changed words find their way back into hard-wrapped, marked-up source."""

from __future__ import annotations

import pytest

from portfolio.exporter.source_edit.word_patch import patch_words, rewrap

PARAGRAPH = (
    "A tide table is the most honest forecast I know. It says what the\n"
    'water will do *next March*, to the decimetre, and [it is](/about/) "nearly"\n'
    "always right -- it's `code` that fails.\n"
)
SEEN = (
    "A tide table is the most honest forecast I know. It says what the water will do next March, to the decimetre, and "
    "it is “nearly” always right – it’s code that fails."
)


def edited(old: str, new: str) -> str | None:
    assert SEEN.count(old) == 1
    return patch_words(PARAGRAPH, SEEN, SEEN.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "source_old", "source_new"),
    [
        ("honest", "truthful", "honest", "truthful"),
        ("March", "April", "March", "April"),
        ("nearly", "almost", "nearly", "almost"),
        ("it’s", "that’s", "it's", "that's"),
        ("code", "Rust", "`code`", "`Rust`"),
        ("the most honest", "an honest", "the most honest", "an honest"),
        ("the water", "a river", "the\nwater", "a\nriver"),
        ("most ", "", "most ", ""),
        ("forecast I", "forecast that I", "forecast I", "forecast that I"),
        ("table", "ta|ble", "table", "ta\\|ble"),
        ("always", "sel*dom", "always", "sel\\*dom"),
    ],
)
def test_only_the_changed_words_are_replaced(old: str, new: str, source_old: str, source_new: str) -> None:
    assert edited(old, new) == PARAGRAPH.replace(source_old, source_new, 1)


def test_signs_beside_a_changed_word_stay_as_they_are_written() -> None:
    assert patch_words('It "leaks" now.', 'It "leaks" now.', 'It "floats" now.') == 'It "floats" now.'


def test_words_that_are_not_in_the_source_are_not_guessed() -> None:
    assert patch_words("{% include words.md %}\n", "Some words.", "Other words.") is None


def test_the_line_ends_of_the_source_are_kept_where_its_words_are() -> None:
    source = "one two three\nfour five six\nseven"
    assert rewrap("one two **three** four five six seven", source) == "one two **three**\nfour five six\nseven"


def test_an_escaped_sign_is_not_the_border_of_a_cell() -> None:
    source = "| **pier** | `eight` \\| nine |"
    assert patch_words(source, "pier eight | nine", "pier eight | ten") == source.replace("nine", "ten")
