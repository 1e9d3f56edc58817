"""Page types of publications: the bibliography, and one page for each publication."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from experience.models.work import WorkPage, tabs
from portfolio.models import SiteSettings
from portfolio.models.index_pages import IndexPage
from portfolio.models.tag_manager import PageTags

DOI = re.compile(r"^https?://(?:dx\.)?doi\.org/(.+)$", re.IGNORECASE)
PUBLICATION_TYPES = {
    "article": _("Article"),
    "conference": _("Conference paper"),
    "book": _("Book"),
    "chapter": _("Chapter"),
    "thesis": _("Thesis"),
    "report": _("Report"),
    "preprint": _("Preprint"),
    "dataset": _("Dataset"),
    "software": _("Software"),
    "other": _("Other"),
}


class PublicationIndexPage(IndexPage, Page):
    """All publications by year, the newest first, narrowed by type."""

    default_title = "Publications"
    default_slug = "publications"

    template = "experience/publication_index_page.html"
    page_description = "Your publications by year. Add one below it for each, or all from a BibTeX file."
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = ["experience.PublicationPage"]

    class Meta:
        verbose_name = "publication index"
        verbose_name_plural = "publication indexes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from experience.works.publication_list import publication_list

        context = super().get_context(request, *args, **kwargs)
        publications = PublicationPage.objects.child_of(self).published().for_listing()
        owner_name = SiteSettings.for_request(request).owner_name
        return {**context, "list": publication_list(publications, request.GET.get("type", ""), owner_name)}


class PublicationSkill(ItemBase):
    """That a publication shows a skill."""

    tag = models.ForeignKey("experience.Skill", on_delete=models.CASCADE, related_name="publications")
    content_object = ParentalKey("experience.PublicationPage", on_delete=models.CASCADE, related_name="skill_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_skill_per_publication")]


class PublicationPage(WorkPage, Page):
    """A publication. ``authors_text`` has one author a line, in order; ``year`` is all that many sources know."""

    date = models.DateTimeField(
        null=True, blank=True, help_text="The day it came out, if you know it: for feeds and the archive by year."
    )
    authors_text = models.TextField(
        "authors", blank=True, help_text="One a line, in the order of the paper. Your own name is marked."
    )
    publication_type = models.CharField(
        "type", max_length=20, choices=list(PUBLICATION_TYPES.items()), default="article"
    )
    venue = models.CharField(max_length=300, blank=True, help_text="The journal, conference, publisher or university.")
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year it came out.")
    abstract = models.TextField(blank=True)
    citation = models.TextField(
        blank=True, help_text="The reference as you want it quoted. Leave it empty to have it made from the fields."
    )
    award = models.CharField(max_length=300, blank=True, help_text="For example: Best paper.")
    citation_key = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="The key of its BibTeX entry: a new import updates it."
    )
    bibtex = models.TextField(
        "BibTeX", blank=True, help_text="The entry for readers to copy. Leave it empty to have it made from the fields."
    )
    entry_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    entry_revision = models.BigIntegerField(null=True, blank=True, editable=False)  # as the last import left it
    skills = PageTags(
        to="experience.Skill",
        through=PublicationSkill,
        blank=True,
        verbose_name="skills",
        help_text="What it is about or took. It appears on the skills' pages.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("authors_text"),
        FieldRowPanel([FieldPanel("publication_type"), FieldPanel("year")]),
        FieldPanel("venue"),
        FieldPanel("links"),
        FieldPanel("abstract"),
        FieldPanel("body"),
    ]
    details_panels = [
        MultiFieldPanel(
            [FieldPanel("summary"), FieldPanel("cover"), FieldPanel("featured"), FieldPanel("date")], heading="In lists"
        ),
        FieldPanel("award"),
        FieldPanel("skills"),
        MultiFieldPanel(
            [FieldPanel("citation"), FieldPanel("citation_key"), FieldPanel("bibtex")], heading="To cite it"
        ),
    ]
    edit_handler = tabs(content_panels, details_panels)
    search_fields = [
        *WorkPage.search_fields,
        index.SearchField("authors_text", boost=2),
        index.SearchField("venue"),
        index.SearchField("abstract"),
        index.FilterField("year"),
    ]

    template = "experience/publication_page.html"
    page_description = "A paper, book, thesis or dataset, with its authors and how to cite it."
    parent_page_types = ["experience.PublicationIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = "publication"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from experience.works.publication_list import known_people, shown_authors

        owner_name = SiteSettings.for_request(request).owner_name
        context = super().get_context(request, *args, **kwargs)
        return {**context, "authors": shown_authors(self, owner_name, known_people([self]))}

    @property
    def author_names(self) -> list[str]:
        """The names of the authors, in order."""
        return [name for line in self.authors_text.splitlines() if (name := " ".join(line.split()))]

    @property
    def doi(self) -> str:
        """The DOI alone, without an address; "" for none."""
        match = DOI.match(self.link_to("doi"))
        return match[1] if match else ""

    @property
    def pdf_url(self) -> str:
        """The absolute address of the PDF; "" for none."""
        address = self.link_to("pdf")
        return urljoin(self.full_url or "", address) if address else ""

    @property
    def shown_year(self) -> int | None:
        return self.year or (timezone.localdate(self.date).year if self.date else None)

    @property
    def when(self) -> str:
        return str(self.shown_year or "")

    @property
    def summary_or_excerpt(self) -> str:
        return escape(self.summary or self.abstract)

    @cached_property
    def bibtex_entry(self) -> str:
        """The entry to copy: as it was given, else made from the fields."""
        from experience.bibtex.write import entry_of

        return self.bibtex.strip() or entry_of(self)
