"""A page of a logbook: the smallest page type with a date, a summary and a body."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from portfolio.blocks import BodyBlocks
from portfolio.blocks.stream_field import BlockField
from portfolio.models import TreePage


class LogPage(TreePage, Page):
    date = models.DateTimeField(default=timezone.now)
    summary = models.TextField(blank=True)
    body = BlockField(BodyBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("date"), FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    template = "sample_pages/log_page.html"
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = []

    @property
    def summary_or_excerpt(self) -> str:
        return self.summary
