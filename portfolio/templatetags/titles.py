"""``{% dated_titles entries %}``: the rows of a list of titles, such as those of a month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime

from portfolio.languages.reader_language import language_attributes
from portfolio.templatetags.page_kinds import list_label

register = template.Library()


@register.simple_tag(takes_context=True)
def dated_titles(context: Context, entries: Iterable[Any]) -> SafeString:
    """An item for each entry, after the day of its month. An archive has hundreds, and a template would take four
    times as long for each."""
    request = context.get("request")
    return SafeString("".join(dated_title(entry, request) for entry in entries))


def dated_title(entry: Any, request: Any) -> SafeString:
    date, label = template_localtime(entry.date), list_label(entry)
    return format_html(
        '<li class="h-entry dated"><time class="dt-published" datetime="{}">{}</time> '
        '<span><a class="p-name u-url"{} dir="auto" href="{}">{}</a>{}</span></li>',
        SafeString(date.isoformat()),
        SafeString(date.day),
        language_attributes(entry.language),
        entry.get_url(request),
        entry.title,
        format_html(' <span class="kind">{}</span>', label) if label else SafeString(""),
    )
