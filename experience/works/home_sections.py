"""Home page sections: the newest publications, and the next talks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from experience.models import PublicationIndexPage, PublicationPage, TalkIndexPage, TalkPage
from experience.works.publication_list import (
    ListedPublication,
    in_publication_order,
    known_people,
    shown_authors,
)
from experience.works.talk_list import in_talk_order, upcoming_of
from portfolio.content.registry import has_pages
from portfolio.models import SiteSettings
from portfolio.models.home.sections import MoreLink, SectionContent, how_many
from portfolio.models.index_pages import index_url

NEWEST = 3


def newest_publications(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    """The newest publications that no section above shows, with their authors."""
    if not has_pages(PublicationPage):
        return SectionContent()
    rows = PublicationPage.objects.published().exclude(pk__in=[page.pk for page in seen]).defer("body")
    pages = in_publication_order(rows)[: how_many(settings, NEWEST)]
    people, owner = known_people(pages), owner_name()
    shown = [ListedPublication(page, shown_authors(page, owner, people)) for page in pages]
    url = index_url(PublicationIndexPage)
    return SectionContent(shown, [MoreLink(url, gettext("All publications"))] if url else [])


def next_talks(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    """The talks to come, the next one first, then the latest ones."""
    if not has_pages(TalkPage):
        return SectionContent()
    talks = in_talk_order(TalkPage.objects.published().defer("body"))
    upcoming = upcoming_of(talks)
    shown = [*upcoming, *(talk for talk in talks if talk not in upcoming)][: how_many(settings, NEWEST)]
    url = index_url(TalkIndexPage)
    return SectionContent(shown, [MoreLink(url, gettext("All talks"))] if url else [])


def owner_name() -> str:
    names = SiteSettings.objects.filter(site__is_default_site=True).values_list("owner_name", flat=True)
    return names.first() or ""
