"""Page types of experience: the index, and one page for each role."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from experience.models.periods import PERIOD_HELP, PeriodFields
from experience.models.role_form import RoleForm
from experience.querysets import RoleManager
from experience.timeline import timeline
from portfolio.blocks import BodyBlocks
from portfolio.blocks.prose import INLINE
from portfolio.blocks.stream_field import BlockField
from portfolio.documents.slugs import name_key
from portfolio.models import TreePage
from portfolio.models.prefetch import prefetch_references
from portfolio.models.tag_manager import PageTags
from portfolio.models.view_cache import knows_body

NAMELESS = "Fill in a role or choose an organisation: an entry is never published without either."


class ExperienceIndexPage(TreePage, Page):
    """The timeline of all roles, with room for text before it."""

    intro = RichTextField(blank=True, features=[*INLINE, "ol", "ul"], help_text="A few sentences above the timeline.")
    body = BlockField(BodyBlocks(), blank=True, help_text="Anything else that does not belong to the timeline.")

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    template = "experience/experience_index_page.html"
    page_description = "The timeline of your roles. Add an experience entry below it for each of them."
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = ["experience.ExperiencePage"]
    lists_children = True

    class Meta:
        verbose_name = "experience index"
        verbose_name_plural = "experience indexes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = timeline(ExperiencePage.objects.child_of(self).published().for_listing())
        roles = [role for group in context["groups"] for role in group.roles]
        for role in roles:
            role.is_as_stored = True
        prefetch_references([role.body for role in roles if not knows_body(role, listed=True)], with_pages=True)
        return context


class ExperienceSkill(ItemBase):
    """That a role took a skill."""

    tag = models.ForeignKey("experience.Skill", on_delete=models.CASCADE, related_name="experiences")
    content_object = ParentalKey("experience.ExperiencePage", on_delete=models.CASCADE, related_name="skill_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_skill_per_role")]


class ExperiencePage(PeriodFields, TreePage, Page):
    """One role, at one organisation or without one. It is published only with a role or an organisation."""

    base_form_class = RoleForm
    select_related_fields = ("organisation__logo",)

    role = models.CharField(max_length=200, blank=True, help_text="What you were there, for example: Data engineer.")
    organisation = models.ForeignKey(
        "experience.Organisation",
        null=True,
        blank=True,  # publishing asks for it or for a role
        on_delete=models.PROTECT,
        related_name="roles",
        help_text="Choose one, or make a new one in the chooser. May stay empty where there is a role.",
    )
    employment_type = models.CharField(
        max_length=100, blank=True, help_text="For example: Full-time, Part-time, Freelance. May stay empty."
    )
    period_text = models.CharField("period", max_length=120, help_text=PERIOD_HELP)
    location = models.CharField(max_length=200, blank=True, help_text="Town, country or “remote”. May stay empty.")
    summary = RichTextField(
        blank=True, features=[*INLINE, "ul"], help_text="One or two sentences, for lists and search results."
    )
    body = BlockField(BodyBlocks(), blank=True, help_text="What you did there and what came of it.")
    skills = PageTags(
        to="experience.Skill",
        through=ExperienceSkill,
        blank=True,
        verbose_name="skills",
        help_text="What the work took. Type a few letters and choose; a new name makes a new skill.",
    )

    objects = RoleManager()

    content_panels = [
        TitleFieldPanel(  # which makes the slug
            "title",
            help_text="The entry's name on its own page and in lists. Most people write “Role at Organisation”.",
        ),
        FieldRowPanel([FieldPanel("role"), FieldPanel("employment_type")]),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("period_text"), FieldPanel("location")]),
        FieldPanel("body"),
    ]
    details_panels = [MultiFieldPanel([FieldPanel("summary"), FieldPanel("skills")], heading="In lists")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(details_panels, heading="Details"),
            ObjectList(TreePage.promote_panels, heading="Address and search"),
            ObjectList(TreePage.settings_panels, heading="Settings"),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("role", boost=2),
        index.RelatedFields("organisation", [index.SearchField("name", boost=2)]),
        index.RelatedFields("skills", [index.SearchField("name")]),
        index.SearchField("employment_type"),
        index.SearchField("period_text"),
        index.SearchField("location"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("start"),  # the admin's list is sorted by it, and searched
    ]

    template = "experience/experience_page.html"
    page_description = "One role: where, what, when, and the skills it took."
    parent_page_types = ["experience.ExperienceIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = "experience entry"
        verbose_name_plural = "experience entries"

    # The form of a draft sets it to False while it validates: a draft may wait for both.
    name_is_required = True

    @property
    def is_nameless(self) -> bool:
        """Whether neither role nor organisation has a visible character."""
        return self.organisation_id is None and not name_key(self.role)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.set_default_title()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.name_is_required and self.is_nameless:
            raise ValidationError({"role": NAMELESS})

    def minimal_clean(self) -> None:
        self.set_default_title()
        super().minimal_clean()

    def set_default_title(self) -> None:
        """Name a role without a title, as an import makes them, after role and organisation."""
        if not self.title and self.organisation_id:
            self.title = f"{self.role} at {self.organisation}" if self.role else str(self.organisation)
        elif not self.title:
            self.title = self.role
