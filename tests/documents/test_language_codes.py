"""Language codes as people write them."""

from __future__ import annotations

import pytest

from portfolio.documents.language_codes import language_code, language_in, text_direction, translation_group_in


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("ca@valencia", "ca"),
        (" de ", "de"),
        (False, "no"),
        ("Deutsch", ""),
        ("e", ""),
        ("en-", ""),
        ('en" onload="x', ""),
        ("", ""),
        (None, ""),
        (["en"], ""),
    ],
)
def test_a_code_is_read_in_its_usual_form(written, code):
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr"), ("ja", "ltr")],
)
def test_the_script_decides_the_direction(code, direction):
    assert text_direction(code) == direction


def test_the_first_key_that_names_a_language_is_used():
    assert language_in({"locale": "es_ES", "title": "Mareas"}) == "es-ES"
    assert language_in({"lang": "not a code", "language": "fr"}) == "fr"
    assert language_in({"title": "Tides"}) == ""


@pytest.mark.parametrize("key", ["ref", "translationKey", "translation_key", "lang-ref"])
def test_each_spelling_names_the_group_of_translations(key):
    assert translation_group_in({key: " low  water "}) == "low water"
    assert translation_group_in({key: 7}) == "7"
    assert translation_group_in({key: ["a"]}) == translation_group_in({key: None}) == ""
