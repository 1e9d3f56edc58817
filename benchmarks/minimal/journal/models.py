"""A list of posts, and posts with a date and a body of blocks."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RawHTMLBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

POSTS_PER_PAGE = 20


class PostIndexPage(Page):
    subpage_types = ["journal.PostPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        posts = PostPage.objects.child_of(self).live().order_by("-date")
        page_of_posts = Paginator(posts, POSTS_PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"posts": page_of_posts}


class PostPage(Page):
    date = models.DateField("Post date")
    intro = models.CharField(max_length=250)
    body = StreamField([("heading", CharBlock()), ("paragraph", RichTextBlock()), ("code", RawHTMLBlock())])

    content_panels = [*Page.content_panels, FieldPanel("date"), FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["journal.PostIndexPage"]
    subpage_types: list[str] = []
