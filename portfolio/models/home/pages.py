"""Page types: the home page, and standard pages such as "About"."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import INLINE
from portfolio.blocks.stream_field import BlockField
from portfolio.models.home.sections import (
    HomeSection,
    HomeSectionBlocks,
    default_stream,
    home_facts,
    shown_sections,
)
from portfolio.models.tree import TreePage, page_by_path
from portfolio.validation.page_form import PageForm


class HomePageForm(PageForm):
    """The form of a home page. As long as nobody has arranged its sections, it offers the usual ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sections" in self.fields and not self.instance.sections:
            self.initial["sections"] = self.instance.sections.stream_block.to_python(default_stream())


class HomePage(TreePage, Page):
    """The site's front page: the owner, then sections in the owner's order.

    Apps fill the sections (``register_home_section``). Without any of its own it has the usual ones.
    """

    intro = RichTextField(
        blank=True,
        features=[*INLINE, "ul"],
        help_text="A few sentences below your name. Your name and headline come from Settings, Site settings.",
    )
    body = BlockField(BodyBlocks(), blank=True, help_text="More to say. The section “Your text” shows it.")
    sections = BlockField(
        HomeSectionBlocks(),
        blank=True,
        help_text="Drag them into your order, remove what you do not need. What has nothing to show is left out.",
    )
    shows_portrait = models.BooleanField("portrait", default=True)
    shows_current_roles = models.BooleanField("where you work now", default=True)
    shows_contact = models.BooleanField("place, mail and profiles", default=True)
    shows_resume = models.BooleanField("button to your résumé", default=True)

    base_form_class = HomePageForm
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    section_panels = [
        MultiFieldPanel(
            [FieldPanel(f"shows_{name}") for name in ("portrait", "current_roles", "contact", "resume")],
            heading="At the top, beside your name",
        ),
        FieldPanel("sections"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(section_panels, heading="Sections"),
            ObjectList(Page.promote_panels, heading="Address and search"),
            ObjectList(TreePage.settings_panels, heading="Settings"),
        ]
    )
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    template = "portfolio/home_page.html"
    page_description = "The front page: who you are, what you do now, your work and your newest writing."
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "home page"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the apps say of the owner, such as the current roles."""
        return home_facts()

    @cached_property
    def shown_sections(self) -> list[HomeSection]:
        return shown_sections(self.sections)

    @property
    def content_key(self) -> str:
        """Names the content as it is today, since a talk that was to come is over tomorrow."""
        return f"home {timezone.localdate()}"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route to a page by its whole path instead of level by level."""
        page = page_by_path(self, path_components) if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)


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
