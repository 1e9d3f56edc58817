"""Dates for readers: ``{% time_element page.date %}``."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def time_element(moment: date, css_class: str = "dt-published") -> SafeString:
    """The date of ``moment`` as readers write it in the current language and time zone, in a ``time`` element."""
    return formatted(template_localtime(moment), timezone.get_current_timezone_name(), get_language(), css_class)


# Lists show the same dates again and again, and Django's filters take longer than the rest of an entry.
@lru_cache(maxsize=2048)
def formatted(moment: date, zone: str, language: str | None, css_class: str) -> SafeString:
    """``zone`` and ``language`` only tell apart what is kept: one moment in two zones is equal."""
    shown = date_format(moment, "DATE_FORMAT")
    return format_html('<time class="{}" datetime="{}">{}</time>', css_class, moment.isoformat(), shown)
