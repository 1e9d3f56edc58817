"""The menu's root, as in Wagtail's tutorial."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def get_site_root(context: dict[str, Any]) -> Page:
    return Site.find_for_request(context["request"]).root_page
