"""What projects, publications and talks have in common."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import escape
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index

from experience.models.work_links import WorkLink, WorkLinkBlock, shown_links
from experience.querysets import WorkManager
from portfolio.blocks import BodyBlocks
from portfolio.blocks.stream_field import BlockField
from portfolio.models import TreePage
from portfolio.validation.date_range import this_second


class WorkPage(TreePage):
    """Mixin of a page about a piece of work: its date, a sentence, a picture, links and text.

    ``date`` is None where nobody knows the day, as of many imported pages: those are in no feed and not in the archive
    by year, and their list shows them all the same. The type declares ``skills``.
    """

    select_related_fields = ("cover",)

    date = models.DateTimeField(
        "published on",
        default=this_second,
        null=True,
        blank=True,
        help_text="For feeds and the archive. Leave it empty to be in neither.",
    )
    summary = models.TextField(
        blank=True, max_length=500, help_text="One sentence: shown in lists, above the text and by search engines."
    )
    cover = models.ForeignKey(
        "portfolio.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown on its card and when somebody shares the page. A wide one fits best: three to two.",
    )
    links = BlockField([("link", WorkLinkBlock())], blank=True, help_text="Where the code, the paper or a video is.")
    featured = models.BooleanField(default=False, help_text="Show it on the front page.")
    body = BlockField(BodyBlocks(), blank=True)

    objects = WorkManager()

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.RelatedFields("skills", [index.SearchField("name")]),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        abstract = True

    @property
    def summary_or_excerpt(self) -> str:
        """The summary as rich text, which lists and feeds expect."""
        return escape(self.summary)

    @property
    def when(self) -> str:
        """When it was, as readers are told in a list; "" for the date itself."""
        return ""

    @cached_property
    def shown_links(self) -> list[WorkLink]:
        return shown_links(self.links)

    def link_to(self, *kinds: str) -> str:
        """The address of the first link of one of the kinds; "" without one."""
        return next((link.address for kind in kinds for link in self.shown_links if link.kind == kind), "")


def tabs(content: list[Any], details: list[Any]) -> TabbedInterface:
    """The form of a page about a piece of work."""
    return TabbedInterface(
        [
            ObjectList(content, heading="Content"),
            ObjectList(details, heading="Details"),
            ObjectList(TreePage.promote_panels, heading="Address and search"),
            ObjectList(TreePage.settings_panels, heading="Settings"),
        ]
    )
