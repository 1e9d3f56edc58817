"""``{% current_link site as current_link %}``: where in the menu a page is."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from portfolio.models.site_state import cached_for_version

register = template.Library()


@register.simple_tag(takes_context=True)
def current_link(context: Context, site: Any) -> str:
    """The address of the request if the menu or the link to the search leads there, else ""."""
    path = getattr(context.get("request"), "path", "")
    return path if path in cached_for_version(("menu paths", getattr(site, "pk", 0)), lambda: menu_paths(site)) else ""


def menu_paths(site: Any) -> frozenset[str]:
    links = site.navigation_links if site else ()
    return frozenset([reverse("search"), *(link.href for link in links)])
