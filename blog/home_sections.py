"""Home page section: the newest posts and interviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage, Entry, InterviewPage
from portfolio.models.home.sections import MoreLink, SectionContent, how_many
from portfolio.models.index_pages import index_url

KINDS = {"post": BlogPage, "interview": InterviewPage}
NEWEST = 5


def newest_writing(settings: Mapping[str, Any], seen: Sequence[Page]) -> SectionContent:
    """Pinned entries and the newest ones that no section above shows, of the kind that is set."""
    number = how_many(settings, NEWEST)
    entries = Entry.objects.published().pinned_first().exclude(pk__in=[page.pk for page in seen])
    model = KINDS.get(str(settings.get("kind")))
    if model is not None:
        entries = entries.filter(content_type=ContentType.objects.get_for_model(model))
    shown = list(entries[: number + 1])
    has_more = len(shown) > number or any(isinstance(page, Entry) for page in seen)
    url = index_url(BlogIndexPage) if has_more else ""
    return SectionContent(shown[:number], [MoreLink(url, gettext("All writing"))] if url else [])
