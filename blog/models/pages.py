"""The list of all entries, and posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from blog.models.entry import Entry
from blog.pagination import page_of
from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import INLINE
from portfolio.blocks.stream_field import BlockField
from portfolio.models import TreePage


class BlogIndexPage(TreePage, Page):
    """Posts and interviews below it, pinned ones first, then the newest, in pages."""

    intro = RichTextField(blank=True, features=INLINE, help_text="A sentence or two above the list.")

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    template = "blog/blog_index_page.html"
    page_description = "A list of posts and interviews. Add them below it."
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = ["blog.BlogPage", "blog.InterviewPage"]
    lists_children = True
    second_slug = "posts"  # where the old site had another page at the usual one

    class Meta:
        verbose_name = "blog index"
        verbose_name_plural = "blog indexes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        entries = Entry.objects.descendant_of(self).published().pinned_first()
        return {**context, **page_of(entries, request.GET.get("page")), "is_pinned_first": True}


class BlogPage(Entry):
    """A post."""

    body = BlockField(BodyBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(Entry.listing_panels, heading="Details"),
            ObjectList(Entry.promote_panels, heading="Address and search"),
            ObjectList(Entry.settings_panels, heading="Settings"),
        ]
    )
    search_fields = [*Entry.search_fields, index.SearchField("body")]

    template = "blog/blog_page.html"
    page_description = "Something you wrote: an article, a note, a report."
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = "blog post"
