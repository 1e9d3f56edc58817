"""``{{ page|list_label }}``: what a page is called beside its title, in lists of several kinds."""

from __future__ import annotations

from django import template
from wagtail.models import Page

from portfolio.content.registry import kind_of

register = template.Library()


@register.filter
def list_label(page: Page) -> str:
    kind = kind_of(page)
    return kind.list_label if kind else ""
