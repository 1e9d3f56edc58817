"""Languages of pages: ``{% document_language site %}``, ``{{ page|own_language }}``, ``{% translations_of page %}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from wagtail.models import Page

from portfolio.content.translations import Translation, translations_of
from portfolio.documents.language_codes import text_direction
from portfolio.languages import reader_language
from portfolio.languages.wording import grouped

register = template.Library()

OTHER_SCRIPTS = frozenset("ar fa he ja ko ur zh".split())


@register.simple_tag
def document_language(site: Any) -> SafeString:
    """The attributes ``lang`` and ``dir`` of ``<html>``."""
    code = reader_language.document_language() or (site.language_code if site else "") or "en"
    if text_direction(code) == "rtl":
        return format_html('lang="{}" dir="rtl"', code)
    return format_html('lang="{}"', code)


@register.simple_tag(takes_context=True)
def has_other_script(context: Context) -> bool:
    """Whether the document or its page is in a script for which the style sheet has rules of its own."""
    own = getattr(context.get("page"), "language", "")
    return any(code.partition("-")[0] in OTHER_SCRIPTS for code in (reader_language.document_language(), own))


@register.simple_tag
def script_words() -> SafeString:
    """What the scripts say, as an attribute of ``<html>``; nothing in English, which they know themselves."""
    if (get_language() or "en").partition("-")[0] == reader_language.SOURCE_LANGUAGE:
        return SafeString("")
    words = [
        gettext("Copy"),
        gettext("Copied"),
        gettext("Not allowed"),
        gettext("Colours: {scheme}. Change to {next}"),
        # Translators: a button that opens the system's own way to share a page.
        gettext("Share"),
        pgettext("colours", "auto"),
        pgettext("colours", "light"),
        pgettext("colours", "dark"),
    ]
    return format_html(' data-words="{}"', "|".join(words))


register.filter("grouped", grouped)


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
