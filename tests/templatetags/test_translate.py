"""Translated literals in templates."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import deactivate_all, override

SEARCH = {"de": "Suche", "en": "Search", "fr": "Rechercher"}


def test_a_literal_is_in_the_language_of_each_rendering() -> None:
    template = Template('{% translate "Search" %}')
    for language, word in [*SEARCH.items(), *SEARCH.items()]:
        with override(language):
            assert template.render(Context()) == word
    deactivate_all()
    assert template.render(Context()) == "Search"


# As Django's own tag in each of its forms, and with what it escapes.
@pytest.mark.parametrize(
    "rest",
    [
        '"Search"',
        "'Search'",
        '"Search"|upper',
        "\"a < b & 'c'\"",
        '"100 %"',
        '"auto" context "colours"',
        '"Search" noop',
        '"Search" as text %}{{ text',
        "word",
        '"Search"|add:word',
    ],
)
def test_every_form_says_what_djangos_tag_does(rest: str) -> None:
    end = "}}" if "{{" in rest else "%}"
    ours, djangos = (Template(f"{load}{{% translate {rest} {end}") for load in ("", "{% load i18n %}"))
    with override("de"):
        for word in ("Search", "<Feed>", "Search"):
            context = Context({"word": word})
            assert ours.render(context) == djangos.render(context)
