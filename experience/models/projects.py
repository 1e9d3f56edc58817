"""Page types of projects: the grid of all, and one page for each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from experience.models.periods import PERIOD_HELP, PeriodFields
from experience.models.repositories import RepositoryFacts, all_repository_facts
from experience.models.work import WorkPage, tabs
from experience.repositories.forges import Repository, repository_of
from portfolio.models.index_pages import IndexPage
from portfolio.models.tag_manager import PageTags


class ProjectIndexPage(IndexPage, Page):
    """All projects as cards, by category and narrowed by skill."""

    default_title = "Projects"
    default_slug = "projects"

    template = "experience/project_index_page.html"
    page_description = "Your projects as cards with pictures. Add a project below it for each."
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = ["experience.ProjectPage"]

    class Meta:
        verbose_name = "project index"
        verbose_name_plural = "project indexes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from experience.works.project_list import project_list

        context = super().get_context(request, *args, **kwargs)
        projects = ProjectPage.objects.child_of(self).published().for_listing()
        return {**context, "list": project_list(projects, request.GET.get("skill", ""))}


class ProjectSkill(ItemBase):
    """That a project took a skill."""

    tag = models.ForeignKey("experience.Skill", on_delete=models.CASCADE, related_name="projects")
    content_object = ParentalKey("experience.ProjectPage", on_delete=models.CASCADE, related_name="skill_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_skill_per_project")]


class ProjectPage(PeriodFields, WorkPage, Page):
    """A project: what it is in a sentence, what came of it, and where to see it."""

    role = models.CharField("your role", max_length=200, blank=True, help_text="For example: Author, with two others.")
    organisation = models.ForeignKey(
        "experience.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        help_text="Where you made it, if not for yourself.",
    )
    period_text = models.CharField("period", max_length=120, blank=True, help_text=PERIOD_HELP)
    outcome = models.CharField(
        max_length=300, blank=True, help_text="What came of it, in a sentence or a number: “Runs on 14 ferries.”"
    )
    category = models.CharField(
        max_length=100, blank=True, help_text="Projects of one category stand together. May stay empty."
    )
    position = models.PositiveIntegerField(
        null=True, blank=True, help_text="1 stands first. Without one, the newest stands first."
    )
    skills = PageTags(
        to="experience.Skill",
        through=ProjectSkill,
        blank=True,
        verbose_name="skills",
        help_text="What the work took. Type a few letters and choose; a new name makes a new skill.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("cover"),
        FieldPanel("outcome"),
        FieldPanel("links"),
        FieldPanel("body"),
    ]
    details_panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("period_text")]),
        FieldPanel("organisation"),
        FieldPanel("skills"),
        MultiFieldPanel(
            [
                FieldPanel("featured"),
                FieldRowPanel([FieldPanel("category"), FieldPanel("position")]),
                FieldPanel("date"),
            ],
            heading="In lists",
        ),
    ]
    edit_handler = tabs(content_panels, details_panels)
    search_fields = [
        *WorkPage.search_fields,
        index.SearchField("role"),
        index.SearchField("outcome"),
        index.SearchField("category"),
        index.RelatedFields("organisation", [index.SearchField("name")]),
        index.FilterField("start"),
    ]

    template = "experience/project_page.html"
    page_description = "Something you made: what it is, your part in it, what came of it."
    parent_page_types = ["experience.ProjectIndexPage"]
    subpage_types = []

    select_related_fields = ("cover", "organisation")

    class Meta:
        verbose_name = "project"

    @property
    def when(self) -> str:
        return self.period

    @cached_property
    def repository(self) -> Repository | None:
        """The repository that the first link to one leads to, that of the code first."""
        links = sorted(self.shown_links, key=lambda link: link.kind != "code")
        return next((found for link in links if (found := repository_of(link.address))), None)

    @property
    def repository_facts(self) -> RepositoryFacts | None:
        """What is known of the repository. Where nothing is of any, no link is read."""
        known = all_repository_facts()
        return known.get(self.repository.address) if known and self.repository else None
