"""The front page, and plain pages such as "About"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import INLINE
from portfolio.models.tree import TreePage, page_at

HomePart = Callable[[HttpRequest], Mapping[str, Any]]


class HomePage(TreePage, Page):
    """The site's front page.

    The apps with something to show there register a part (``home_part``): a function of the request that returns names
    for the template. So this package needs to know none of them.
    """

    parts: ClassVar[list[HomePart]] = []

    intro = RichTextField(
        blank=True,
        features=[*INLINE, "ul"],
        help_text="A few sentences below your name. Your name and headline come from Settings, Site settings.",
    )

    body = StreamField(
        BodyBlocks(), blank=True, help_text="More to say, below your current work and above your newest writing."
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    template = "portfolio/home_page.html"
    page_description = "The front page: who you are, what you do now, your newest writing."
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "blog.BlogIndexPage",
        "experience.ExperienceIndexPage",
        "portfolio.StandardPage",
    ]
    max_count = 1

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        for part in self.parts:
            context.update(part(request))
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page of the tree by its whole address at once, instead of one level after the other."""
        page = page_at(self, path_components) if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)


def home_part(part: HomePart) -> None:
    """Show ``part`` on the home page; registering it again changes nothing."""
    if part not in HomePage.parts:
        HomePage.parts.append(part)


class StandardPage(TreePage, Page):
    """A page of text that is neither a post nor an entry, such as "About"."""

    summary = models.TextField(
        blank=True, max_length=500, help_text="One or two sentences for search results and links."
    )
    body = StreamField(BodyBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    template = "portfolio/standard_page.html"
    page_description = "A page that stands on its own, such as About, Now or Contact."
    parent_page_types = ["portfolio.HomePage", "portfolio.StandardPage"]
    subpage_types = ["portfolio.StandardPage"]

    class Meta:
        verbose_name = "page"
