"""Reader language: in which language a page is shown, and how its elements say so.

The site's words ("5 min read") are in the language of the page, so that a page is in one language as a whole. Where
there is no catalogue for it they are in the site's language, else in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, get_supported_language_variant, to_language, to_locale

from portfolio.documents.language_codes import text_direction

CATALOGUES, FORMATS = (Path(__file__).resolve().parents[1] / name for name in ("locale", "formats"))
SOURCE_LANGUAGE = "en"  # of the texts in templates and code


@dataclass(frozen=True, slots=True)
class ReaderLanguage:
    """The language of the site, and that of the document that is being rendered."""

    site: str
    document: str


_current: ContextVar[ReaderLanguage | None] = ContextVar("reader_language", default=None)


@cache
def catalogue_languages() -> frozenset[str]:
    """The languages into which the site's words are translated: another one is a folder with a catalogue."""
    return frozenset(to_language(file.parents[1].name) for file in CATALOGUES.glob("*/LC_MESSAGES/django.mo"))


@lru_cache(maxsize=256)
def interface_language(code: str) -> str:
    """The variant of Django's for a language code; "" when the site's words are not translated into it."""
    try:
        variant = get_supported_language_variant(code.lower())
    except LookupError:
        return ""
    if (FORMATS / to_locale(code.lower())).is_dir():
        variant = code.lower()  # such as en-us, which is not among Django's languages
    return variant if {variant, variant.partition("-")[0]} & catalogue_languages() else ""


@contextmanager
def use_site_language(code: str) -> Iterator[None]:
    """Speak the site's language to readers, until ``use_page_language`` says otherwise."""
    token = _current.set(ReaderLanguage(code, code))
    try:
        with translation.override(interface_language(code) or SOURCE_LANGUAGE):
            yield
    finally:
        _current.reset(token)


def use_page_language(code: str) -> None:
    """Speak the language of a page for the rest of the request, if the site's words are translated into it."""
    current = _current.get()
    if current is None or not code or code == current.document:
        return
    if interface := interface_language(code):
        _current.set(ReaderLanguage(current.site, code))
        translation.activate(interface)


def site_language() -> str:
    current = _current.get()
    return current.site if current else ""


def document_language() -> str:
    """The language of the document that is being rendered; "" outside of a reader's request."""
    current = _current.get()
    return current.document if current else ""


def language_attributes(code: str) -> SafeString:
    """``lang`` and ``dir`` of an element in the language ``code`` ("": the site's) where it is not the document's."""
    current = _current.get()
    if current is None or (shown := code or current.site) == current.document:
        return SafeString("")
    direction = text_direction(shown)
    if direction == text_direction(current.document):
        return format_html(' lang="{}"', shown)
    return format_html(' lang="{}" dir="{}"', shown, direction)


def native_name(code: str) -> str:
    """What a language calls itself, as a link names it: Español."""
    for known in (code.lower(), code.partition("-")[0].lower()):
        try:
            name = get_language_info(known)["name_local"]
        except KeyError:
            continue
        return name[:1].upper() + name[1:]
    return code
