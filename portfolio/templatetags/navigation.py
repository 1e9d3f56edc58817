"""``{% navigation_links as links %}``: the links at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template import Context
from wagtail.models import Page, Site

from portfolio.models import SiteSettings
from portfolio.visibility import open_to_everybody

register = template.Library()


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str


@register.simple_tag(takes_context=True)
def navigation_links(context: Context) -> list[Link]:
    """The links of the site's settings, else the pages right below the home page that are shown in menus.

    Pages that are drafts or not open to everybody are left out.
    """
    request = context.get("request")
    site = Site.find_for_request(request)
    if site is None:
        return []
    chosen = [child.value for child in SiteSettings.for_request(request).navigation]
    if not chosen:
        pages = open_to_everybody(site.root_page.get_children().live().in_menu())
        return [Link(page.get_url(request) or "", page.title) for page in pages]
    pages = Page.objects.filter(pk__in=[link["page"].pk for link in chosen if link.get("page")]).live()
    shown = (
        set(open_to_everybody(pages).values_list("pk", flat=True)) if any(link.get("page") for link in chosen) else ()
    )
    return [
        Link(link.href, link.text)
        for link in chosen
        if link.href and (not link.get("page") or link["page"].pk in shown)
    ]
