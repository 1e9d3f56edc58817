"""Languages of pages: ``{% document_language site %}``, ``{{ page|own_language }}``, ``{% translations_of page %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from portfolio.content.translations import Translation, translations_of
from portfolio.documents.language_codes import text_direction
from portfolio.languages import reader_language

register = template.Library()


@register.simple_tag
def document_language(site: Any) -> SafeString:
    """The attributes ``lang`` and ``dir`` of ``<html>``."""
    code = reader_language.document_language() or (site.language_code if site else "") or "en"
    if text_direction(code) == "rtl":
        return format_html('lang="{}" dir="rtl"', code)
    return format_html('lang="{}"', code)


@register.filter
def own_language(page: Any) -> SafeString:
    """The attributes ``lang`` and ``dir`` of an element with texts of ``page``, where they are not the document's.

    A page whose language was not loaded counts as one in the site's: a list must not ask for each of its rows.
    """
    return reader_language.language_attributes(vars(page).get("language") or "")


@register.simple_tag
def site_language() -> SafeString:
    """The attributes ``lang`` and ``dir`` of an element with texts of the site's owner."""
    return reader_language.language_attributes("")


register.simple_tag(translations_of, name="translations_of")


@register.filter
def alternates(translations: Sequence[Translation], page: Page) -> SafeString:
    """The links of the head between the translations of ``page``, itself among them."""
    if not translations:
        return SafeString("")
    own = Translation(getattr(page, "language", "") or reader_language.site_language(), page.full_url or "")
    links = [
        format_html('<link rel="alternate" hreflang="{}" href="{}">', shown.language, shown.url)
        for shown in (own, *translations)
        if shown.language and shown.url
    ]
    return SafeString("".join(links))
