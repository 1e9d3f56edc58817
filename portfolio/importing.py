"""Which documents are plain pages, and what a site's configuration says of its owner."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.models import Site

from portfolio.exporting import describe_home, describe_page
from portfolio.importer.document import Document
from portfolio.importer.plan import PagePlan
from portfolio.importer.profiles import profiles
from portfolio.importer.resources import Resources
from portfolio.importer.summary import summary_from_html
from portfolio.models import HomePage, SiteSettings, StandardPage


class PageMappingOfLastResort:
    """Every page that no app has claimed. Lists of posts, feeds and the like have addresses of their own here."""

    def claims(self, document: Document) -> bool:
        return True

    def plans(self, document: Document) -> Sequence[PagePlan]:
        if document.listing:
            return ()

        def fill(page: StandardPage, resources: Resources) -> None:
            page.summary = document.description[:500]
            page.search_description = document.description[:300]
            if page.pk is None:  # afterwards the menu is the editor's
                page.show_in_menus = is_for_menus(document)

        def fill_home(page: HomePage, resources: Resources) -> None:
            if isinstance(document.front_matter.get("intro"), str):
                page.intro = summary_from_html(document.front_matter["intro"])

        is_home = document.url in ("/", "/index.html")
        plan = PagePlan(
            model=HomePage if is_home else StandardPage,
            parent=HomePage,
            adopt=is_home,
            title=document.title,
            slug="home" if is_home else document.slug,
            fill=fill_home if is_home else fill,
            describe=describe_home if is_home else describe_page,
            live=not document.draft,
            published_at=document.date,
            nodes=document.nodes,
            old_urls=document.old_urls,
        )
        return (plan,)


def is_for_menus(document: Document) -> bool:
    """A page at the top of the site; what a host shows where there is nothing is no page to go to."""
    path = document.url.strip("/")
    return document.kind == "page" and "/" not in path and path.removesuffix(".html") != "404"


def introduce_owner(config: Mapping[str, Any]) -> None:
    """Fill the site's settings from ``_config.yml``, unless somebody has: name, headline, profiles, zone."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    settings = SiteSettings.for_site(site)
    if settings.owner_name or settings.headline:
        return
    author = config.get("author")
    details = author if isinstance(author, Mapping) else {"name": author}
    title = words(config.get("title")) or words(config.get("name"))
    settings.owner_name = (words(details.get("name")) or title)[:200]
    settings.headline = (words(config.get("tagline")) or words(config.get("description")))[:300]
    settings.email = address(words(details.get("email")) or words(config.get("email")))
    links = [{"type": "link", "value": {"label": label, "url": url}} for label, url in profiles(config)]
    zone = words(config.get("timezone"))
    settings.time_zone = zone if zone in available_timezones() else settings.time_zone
    settings.links = json.dumps(links)
    settings.save()
    if not site.site_name:
        site.site_name = title[:255]
        site.save()


def address(text: str) -> str:
    """``text`` if mail can be sent there, else ""."""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def words(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
