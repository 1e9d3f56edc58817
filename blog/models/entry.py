"""What posts and interviews have in common: everything a list of them shows, and no body."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase, TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from blog.forms import EntryForm
from blog.models.discussion import Discussion, discussion_at
from blog.models.prefetch import load_terms
from blog.models.related import RelatedEntries, related_to
from blog.new_choices import ExtendableChecklist
from blog.querysets import EntryManager
from portfolio.blocks import stored_values
from portfolio.blocks.body.citations import citations_as_text
from portfolio.blocks.body.excerpt import excerpt_of
from portfolio.blocks.body.summary_overlap import begins_with
from portfolio.blocks.prose import INLINE
from portfolio.markdown.text import reading_minutes, visible_text
from portfolio.models import Person, TreePage
from portfolio.models.tag_manager import PageTags
from portfolio.models.view_cache import view_value
from portfolio.validation.date_range import this_second, whole_second

SUMMARY = [*INLINE, "ol", "ul"]


class EntryTag(TaggedItemBase):
    content_object = ParentalKey("blog.Entry", on_delete=models.CASCADE, related_name="tag_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_tag_per_entry")]


class EntrySkill(ItemBase):
    """That an entry speaks of a skill."""

    tag = models.ForeignKey("experience.Skill", on_delete=models.CASCADE, related_name="entries")
    content_object = ParentalKey("blog.Entry", on_delete=models.CASCADE, related_name="skill_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_skill_per_entry")]


class Entry(TreePage, Page):
    """A post or an interview as lists see it. Never made by itself: see BlogPage and InterviewPage.

    ``excerpt`` is the beginning of the body as rich text: its first ``excerpt_paragraphs`` paragraphs and lists. It is
    taken again whenever the page is stored as published, so that lists have it without the body. An automatic ``date``
    is the moment of the first publication.
    """

    select_related_fields = ("cover", "series")

    date = models.DateTimeField(
        "published on", default=this_second, help_text="The date readers see. Lists are sorted by it."
    )
    date_is_automatic = models.BooleanField(default=False, editable=False)
    updated = models.DateTimeField(
        "updated on", null=True, blank=True, help_text="Only for a change readers should know of."
    )
    summary = RichTextField(
        blank=True,
        features=SUMMARY,
        help_text=(
            "What it is about, in one to three sentences: shown in lists and above the text. Leave it empty to have "
            "lists show the beginning of the text."
        ),
    )
    excerpt = models.TextField(blank=True, default="", editable=False)
    excerpt_paragraphs = models.PositiveSmallIntegerField(default=1, editable=False)
    cover = models.ForeignKey(
        "portfolio.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown above the text and when somebody shares the page.",
    )
    categories = ParentalManyToManyField(
        "blog.Category", blank=True, related_name="entries", help_text="One or two. New ones are made below the list."
    )
    tags = PageTags(
        through=EntryTag, blank=True, related_name="entries", help_text="Words to find it by. Press Enter after each."
    )
    skills = PageTags(
        to="experience.Skill",  # by name, as this app must not import that one
        through=EntrySkill,
        blank=True,
        verbose_name="skills",
        help_text="Skills it shows or speaks of. It appears on their pages.",
    )
    series = models.ForeignKey("blog.Series", null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    series_position = models.PositiveIntegerField("part", null=True, blank=True, help_text="1 for the first part.")
    authors = ParentalManyToManyField(
        "portfolio.Person",
        blank=True,
        related_name="entries",
        help_text="Leave empty when it is you.",
    )
    pinned = models.BooleanField(
        "keep at the top", default=False, help_text="It stands first in the list of posts and on the home page."
    )
    canonical_url = models.URLField(
        "original address",
        max_length=500,
        blank=True,
        help_text="Only when it was first published on another site: search engines are told to prefer that one.",
    )

    discussion_url = models.URLField(
        "discussion",
        max_length=500,
        blank=True,
        help_text="Where readers discuss it: the address of your post on Mastodon, of a discussion on GitHub. The page "
        "links to it at its end.",
    )

    objects = EntryManager()

    listing_panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("updated")]),
        FieldPanel("cover"),
        FieldPanel("pinned"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "categories",
                    widget=ExtendableChecklist("category"),
                    help_text="One or two.",
                ),
                FieldPanel("tags"),
                FieldPanel("skills"),
            ],
            heading="Sorting",
        ),
        FieldRowPanel([FieldPanel("series"), FieldPanel("series_position")], heading="Series"),
        FieldPanel(
            "authors",
            widget=ExtendableChecklist("author"),
            help_text="If nobody is ticked, the site's owner is the author.",
        ),
    ]
    promote_panels = [*TreePage.promote_panels, FieldPanel("canonical_url"), FieldPanel("discussion_url")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("date"),
        index.RelatedFields("categories", [index.SearchField("name")]),
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.RelatedFields("skills", [index.SearchField("name")]),
        index.RelatedFields("authors", [index.SearchField("name")]),
    ]

    base_form_class = EntryForm

    is_creatable = False
    parent_page_types = []
    subpage_types = []

    class Meta:
        indexes = [
            models.Index(fields=["-date"], name="entries_by_date"),
            models.Index(fields=["-pinned", "-date"], name="entries_pinned_by_date"),
        ]
        verbose_name = "entry"
        verbose_name_plural = "entries"

    writer: Person | None = None  # who writes for the first time: the profile is stored with the entry

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.writer is not None:
            self.writer.save()
            self.writer = None
        super().save(*args, **kwargs)

    def compute_fields(self) -> None:
        super().compute_fields()
        self.set_automatic_date()
        if hasattr(self, "body"):
            self.excerpt = excerpt_of(self.body, self.excerpt_paragraphs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version was saved before the publication that an automatic date follows."""
        page = super().with_content_json(content)
        page.set_automatic_date()
        return page

    def set_automatic_date(self) -> None:
        """The hour for which it was scheduled, else that at which somebody pressed the button."""
        if self.date_is_automatic and self.first_published_at:
            scheduled = self.go_live_at
            was_scheduled = scheduled and scheduled <= self.first_published_at
            self.date = whole_second(scheduled if was_scheduled else self.first_published_at)

    @property
    def summary_or_excerpt(self) -> str:
        """Rich text that says what it is about: the summary that somebody wrote, else the beginning of the text."""
        return citations_as_text(self.summary or self.excerpt)

    @property
    def has_own_summary(self) -> bool:
        """Whether an author wrote or marked what lists show: then it stands there whole."""
        return bool(self.summary) or self.excerpt_paragraphs > 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.pk:
            load_terms(self)
        return super().get_context(request, *args, **kwargs)

    @cached_property
    def related_entries(self) -> RelatedEntries:
        return view_value(self, "related", lambda: related_to(self))

    @property
    def discussion(self) -> Discussion | None:
        return discussion_at(self.discussion_url)

    @cached_property
    def reading_minutes(self) -> int:
        """Whole minutes, at least one. Needs the body: on a row of a list it loads the page."""

        def read() -> int:
            words = [self.summary, *stored_values.searched_in(self.specific.body)]
            return reading_minutes(visible_text(" ".join(words)))

        return view_value(self, "minutes", read)

    @cached_property
    def standfirst(self) -> str:
        """The summary (rich text) to show above the body; "" when the body begins with the same words.

        An excerpt that was cut from the beginning of the body must not be read twice.
        """
        if not self.summary:
            return ""
        repeated = view_value(self, "summary", lambda: begins_with(self.specific.body, visible_text(self.summary)))
        return "" if repeated else self.summary
