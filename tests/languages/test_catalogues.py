"""Catalogues of what readers see: complete, compiled, and without a word that the site does not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override

from portfolio.languages.reader_language import interface_language
from tests.make_messages import catalogue_files, compiled, messages, read_catalogue

FILES = list(catalogue_files())
PLACEHOLDER = re.compile(r"%\(\w+\)s|{\w+}|<[^<>]+>")


def language(path: Path) -> str:
    return path.parents[1].name


def forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]


def wrong(message: Message) -> bool:
    """Whether a form is empty, or has placeholders or elements that the message has not, or lacks one of them.

    A plural form may name its number in words.
    """
    of_message, strings = set(PLACEHOLDER.findall(forms(message.id)[-1])), forms(message.string)
    exact = len(strings) == 1
    found = [set(PLACEHOLDER.findall(text)) for text in strings]
    return any(not text.strip() for text in strings) or any(
        names != of_message if exact else not names <= of_message for names in found
    )


def test_eleven_languages_have_a_catalogue() -> None:
    assert {language(path) for path in FILES} >= {*"ar de es fr it ja nl pl pt uk zh_Hans".split()}


@pytest.mark.parametrize("path", FILES, ids=language)
def test_a_catalogue_translates_all_that_is_marked_and_nothing_else(path: Path) -> None:
    catalogue = read_catalogue(path)
    marked = {(message.id, message.context) for message in messages() if message.id}
    assert {(message.id, message.context) for message in catalogue if message.id} == marked, "run make messages"
    assert [message.id for message in catalogue if message.id and (wrong(message) or message.fuzzy)] == []


@pytest.mark.parametrize("path", FILES, ids=language)
def test_a_compiled_catalogue_is_that_of_the_source(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(read_catalogue(path)), "run make messages"


@pytest.mark.parametrize(
    ("code", "interface"),
    [
        ("de", "de"),
        ("de-CH", "de"),
        ("pt-BR", "pt-br"),
        ("pt", "pt"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("zh-Hant", ""),
        ("en-US", "en-us"),
        ("en", "en"),
        ("gl", ""),
        ("tlh", ""),
        ("", ""),
    ],
)
def test_a_language_has_the_nearest_catalogue(code: str, interface: str) -> None:
    assert interface_language(code) == interface


def test_every_plural_of_a_language_is_used() -> None:
    from django.utils.translation import ngettext

    with override("uk"):
        said = [ngettext("%(count)s post", "%(count)s posts", n) % {"count": n} for n in (1, 2, 5, 21)]
    assert said == ["1 допис", "2 дописи", "5 дописів", "21 допис"]
    with override("ar"):
        said = [ngettext("%(count)s year", "%(count)s years", n) % {"count": n} for n in (1, 2, 3, 11, 100)]
    assert said == ["سنة واحدة", "سنتان", "3 سنوات", "11 سنة", "100 سنة"]
