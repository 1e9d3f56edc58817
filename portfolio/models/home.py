"""Page types: the home page, and standard pages such as "About"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import INLINE
from portfolio.blocks.stream_field import BlockField
from portfolio.models.tree import TreePage, page_by_path

ContextProvider = Callable[[HttpRequest], Mapping[str, Any]]


class HomePage(TreePage, Page):
    """The site's front page. Apps add to its template context with ``register_home_context``."""

    context_providers: ClassVar[list[ContextProvider]] = []

    intro = RichTextField(
        blank=True,
        features=[*INLINE, "ul"],
        help_text="A few sentences below your name. Your name and headline come from Settings, Site settings.",
    )

    body = BlockField(
        BodyBlocks(), blank=True, help_text="More to say, below your current work and above your newest writing."
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    template = "portfolio/home_page.html"
    page_description = "The front page: who you are, what you do now, your newest writing."
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "home page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        for provider in self.context_providers:
            context.update(provider(request))
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route to a page by its whole path instead of level by level."""
        page = page_by_path(self, path_components) if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)


def register_home_context(provider: ContextProvider) -> None:
    """Add what ``provider`` returns to the template context of the home page. Registering it again changes nothing."""
    if provider not in HomePage.context_providers:
        HomePage.context_providers.append(provider)


class StandardPage(TreePage, Page):
    """A page such as "About"."""

    summary = models.TextField(
        blank=True, max_length=500, help_text="One or two sentences for search results and links."
    )
    body = BlockField(BodyBlocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    template = "portfolio/standard_page.html"
    page_description = "A page that stands on its own, such as About, Now or Contact."
    parent_page_types = ["portfolio.HomePage", "portfolio.StandardPage"]
    subpage_types = ["portfolio.StandardPage"]

    class Meta:
        verbose_name = "page"

    @property
    def is_folder(self) -> bool:
        """Whether it only holds a place in the tree: a draft with pages below it that never had any text."""
        is_empty = not self.live and self.first_published_at is None and not self.summary and not self.body.raw_data
        return is_empty and self.numchild > 0
