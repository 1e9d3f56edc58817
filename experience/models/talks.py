"""Page types of talks: the list, the next one first, and one page for each talk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from experience.models.work import WorkPage, tabs
from portfolio.languages.wording import date_range
from portfolio.models.index_pages import IndexPage
from portfolio.models.tag_manager import PageTags

# Kinds that are the same on every site.
KINDS = {
    "Talk": _("Talk"),
    "Panel": _("Panel"),
    "Podcast": _("Podcast"),
    "Workshop": _("Workshop"),
    "Course": _("Course"),
    "Keynote": _("Keynote"),
}


class TalkIndexPage(IndexPage, Page):
    """All talks: those to come, the next one first, then past ones by year."""

    default_title = "Talks"
    default_slug = "talks"

    template = "experience/talk_index_page.html"
    page_description = "Your talks, the next one first. Add a talk below it for each."
    parent_page_types = ["portfolio.HomePage"]
    subpage_types = ["experience.TalkPage"]

    class Meta:
        verbose_name = "talk index"
        verbose_name_plural = "talk indexes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from experience.works.talk_list import talk_list

        context = super().get_context(request, *args, **kwargs)
        return {**context, "list": talk_list(TalkPage.objects.child_of(self).published().for_listing())}


class TalkSkill(ItemBase):
    """That a talk shows a skill."""

    tag = models.ForeignKey("experience.Skill", on_delete=models.CASCADE, related_name="talks")
    content_object = ParentalKey("experience.TalkPage", on_delete=models.CASCADE, related_name="skill_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_skill_per_talk")]


class TalkPage(WorkPage, Page):
    """A talk, panel, podcast, workshop or course. A date at midnight has no time of day."""

    date = models.DateTimeField(
        "begins", null=True, blank=True, help_text="Leave the time at midnight if it does not matter."
    )
    ends = models.DateTimeField(null=True, blank=True, help_text="Only if it takes more than an hour, or several days.")
    kind = models.CharField(
        max_length=100, blank=True, default="Talk", help_text="Talk, Panel, Podcast, Workshop, Course, …"
    )
    event = models.CharField(max_length=300, blank=True, help_text="The conference, meeting or programme.")
    place = models.CharField(max_length=200, blank=True, help_text="Town, venue or “online”.")
    abstract = models.TextField(blank=True)
    skills = PageTags(
        to="experience.Skill",
        through=TalkSkill,
        blank=True,
        verbose_name="skills",
        help_text="What it is about. It appears on the skills' pages.",
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("ends")]),
        FieldRowPanel([FieldPanel("event"), FieldPanel("place")]),
        FieldPanel("abstract"),
        FieldPanel("links"),
        FieldPanel("body"),
    ]
    details_panels = [
        FieldPanel("kind"),
        FieldPanel("skills"),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("cover"), FieldPanel("featured")], heading="In lists"),
    ]
    edit_handler = tabs(content_panels, details_panels)
    search_fields = [
        *WorkPage.search_fields,
        index.SearchField("event", boost=2),
        index.SearchField("place"),
        index.SearchField("kind"),
        index.SearchField("abstract"),
    ]

    template = "experience/talk_page.html"
    page_description = "A talk, panel, podcast, workshop or course, with its slides and video."
    parent_page_types = ["experience.TalkIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = "talk"

    def clean(self) -> None:
        super().clean()
        if self.date and self.ends and self.ends < self.date:
            raise ValidationError({"ends": "It ends before it begins."})

    @property
    def summary_or_excerpt(self) -> str:
        return escape(self.summary or self.abstract)

    @property
    def begins_at_midnight(self) -> bool:
        moment = timezone.localtime(self.date) if self.date else None
        return moment is None or (moment.hour, moment.minute) == (0, 0)

    @property
    def is_over(self) -> bool:
        """Whether it has ended; on its last day it has not."""
        last = self.ends or self.date
        return last is None or timezone.localdate(last) < timezone.localdate()

    @property
    def when(self) -> str:
        """Its day or days: "6 May 2024", "6 – 8 May 2024"; "" when unknown."""
        if not self.date:
            return ""
        first = timezone.localdate(self.date)
        return date_range(first, timezone.localdate(self.ends) if self.ends else first)

    @property
    def kind_label(self) -> str:
        """The kind for readers: a usual one in their language, any other as it was written."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def time(self) -> str:
        """The time of day at which it begins; "" for none."""
        return "" if self.begins_at_midnight else date_format(timezone.localtime(self.date), "H:i")

    @property
    def end_for_calendar(self) -> Any:
        """When it ends, an hour after it begins unless somebody says; for whole days the day after the last."""
        if self.begins_at_midnight:
            return timezone.localdate(self.ends or self.date) + timedelta(days=1)
        return self.ends or self.date + timedelta(hours=1)
