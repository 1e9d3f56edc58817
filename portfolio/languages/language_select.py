"""Form field for a language: a list of those that Django knows, and whatever code is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import get_language_info

from portfolio.documents.language_codes import LANGUAGE, language_code
from portfolio.languages.reader_language import catalogue_languages, native_name

validate_language = RegexValidator(rf"^{LANGUAGE.pattern}$", "Write a language code, like this: en, pt or pt-BR")


class LanguageSelect(forms.Select):
    """The languages whose words the site knows come first. ``empty`` is the label of no language."""

    def __init__(self, empty: str = "") -> None:
        super().__init__()
        self.empty = empty

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        self.choices = list(self.language_choices(value))
        return super().optgroups(name, value, attrs)

    def language_choices(self, stored: list[Any]) -> Iterator[tuple[str, Any]]:
        if self.empty:
            yield "", self.empty
        known = {language_code(code): language_label(code) for code, _ in settings.LANGUAGES}
        known |= {code: code for code in stored if code and code not in known}
        translated = {code for code in known if code.lower() in catalogue_languages()}
        yield "Languages of the site's own words", labelled(known, translated)
        yield "Other languages", labelled(known, known.keys() - translated)


def labelled(known: dict[str, str], codes: Any) -> list[tuple[str, str]]:
    return sorted(((code, known[code]) for code in codes), key=lambda choice: choice[1].casefold())


def language_label(code: str) -> str:
    name, native = str(get_language_info(code)["name_translated"]), native_name(code)
    return name if name == native else f"{name} ({native})"
