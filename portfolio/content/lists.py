"""Queries over the page lists of the registry: published pages, newest first, and the plain pages of a site."""

from __future__ import annotations

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from portfolio.content.registry import ArchiveSection, PageKind, PageList, page_kinds
from portfolio.models.tree import relation_path
from portfolio.models.visibility import listed


def published(page_list: PageList) -> PageQuerySet:
    """Live, open to everybody and listed, in no order. An alias is left out, since its original is what it shows."""
    return listed(page_list.model._default_manager.live().filter(alias_of=None), "lists").order_by()


# Those of Wagtail's columns that a list shows. Making objects of whole rows takes longer than reading them.
LISTED = frozenset({"content_type", "id", "path", "search_description", "title", "url_path"})


@cache
def unlisted_columns() -> tuple[str, ...]:
    return tuple(field.name for field in Page._meta.concrete_fields if field.name not in LISTED)


def light(pages: PageQuerySet) -> PageQuerySet:
    """The pages without Wagtail's columns that no list shows."""
    return pages.defer(*unlisted_columns())


def newest_first(page_list: PageList) -> PageQuerySet:
    """The published pages of a dated list that have a date."""
    pages = published(page_list)
    if page_list.model._meta.get_field(page_list.date).null:
        pages = pages.filter(**{f"{page_list.date}__isnull": False})
    return pages.order_by(f"-{page_list.date}", "-pk")


def newest_of(kind: PageKind, count: int) -> list[Page]:
    content_type = ContentType.objects.get_for_model(kind.model)
    return list(newest_first(kind.page_list).filter(content_type=content_type)[:count])


def changed(page_list: PageList) -> Combinable:
    """When readers are told that a page changed; of an undated list when it was last published here."""
    names = [name for name in (page_list.updated, page_list.date) if name]
    if not names:
        return F("last_published_at")
    return Coalesce(*names) if len(names) > 1 else F(names[0])


def from_page(page_list: PageList, name: str) -> str:
    """The look-up of a field of the list from Wagtail's ``Page``."""
    return "__".join([*relation_path(page_list.model), name])


def relation_to(kind: PageKind) -> str:
    """The look-up from a row of the kind's list to the page itself; "" where the row is the page."""
    return "__".join(relation_path(kind.model)[len(relation_path(kind.page_list.model)) :])


def plain_pages(request: HttpRequest) -> list[Page]:
    """The pages of this site that no other section lists, in the tree's order, without the front page."""
    models = [kind.model for kind in page_kinds() if kind.section is PAGES]
    # By their few types, or the database would look at every entry to find out what it is not.
    types = ContentType.objects.get_for_models(*models).values()
    home = Site.find_for_request(request).root_page
    pages = home.get_descendants().live().filter(content_type__in=list(types), alias_of=None)
    return list(listed(pages, "lists").order_by("path"))


PAGES = ArchiveSection("pages", _("Pages"), plain_pages)
