"""Home page section: the work that the owner chose, or has marked as featured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from wagtail.models import Page

from experience.models import ProjectIndexPage, ProjectPage, PublicationPage, TalkPage
from experience.models.work import WorkPage
from experience.works.project_list import in_project_order
from experience.works.publication_list import in_publication_order
from experience.works.talk_list import in_talk_order
from portfolio.content.lists import published
from portfolio.content.registry import has_pages, page_lists
from portfolio.models.home.sections import MOST_WORK, MoreLink, SectionContent, how_many
from portfolio.models.index_pages import index_url

ORDERS = {ProjectPage: in_project_order, PublicationPage: in_publication_order, TalkPage: in_talk_order}
UNFEATURED = 4  # projects that are shown where nothing is featured


def selected_work(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    """Two to six pages of any kind with a picture; of what the owner chose, those that are public."""
    chosen = [page.pk for page in settings.get("pages") or () if page is not None][:MOST_WORK]
    pages = chosen_work(chosen) if chosen else featured_work()[: how_many(settings, MOST_WORK, MOST_WORK)]
    url = index_url(ProjectIndexPage) if has_pages(ProjectPage) else ""
    return SectionContent(pages, [MoreLink(url, gettext("All projects"))] if url else [])


def chosen_work(keys: Sequence[int]) -> list[Page]:
    lists = (page_list for page_list in page_lists() if page_list.cover)
    rows = chain.from_iterable(
        without_body(published(page_list).filter(pk__in=keys).select_related(page_list.cover)) for page_list in lists
    )
    by_key = {page.pk: page for page in rows}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def without_body(pages: QuerySet) -> QuerySet:
    """A card shows facts about the repository that a project links to, so the links of work are needed."""
    return pages.defer("body") if issubclass(pages.model, WorkPage) else pages.defer_streamfields()


def featured_work() -> list[Page]:
    """Featured projects, publications and talks, each in their own order; without any the first projects."""
    rows = {
        model: in_order(without_body(model.objects.published().select_related("cover")))
        for model, in_order in ORDERS.items()
        if has_pages(model)
    }
    featured = [page for pages in rows.values() for page in pages if page.featured]
    return featured or rows.get(ProjectPage, [])[:UNFEATURED]
