"""Conversations, with who asked, who answered and where it was printed first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index

from blog.models.entry import Entry
from portfolio.blocks import BodyBlocks
from portfolio.blocks.quotes import answer_anchor
from portfolio.blocks.stream_field import BlockField
from portfolio.interviews.passages import locate_passage
from portfolio.markdown.text import visible_text
from portfolio.models.view_cache import view_value


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """Where a pull quote comes from.

    ``kind`` is "exact", "condensed" or "none"; ``anchor`` is the id of the answer's element, "" when there is none.
    """

    kind: str
    anchor: str


class InterviewPage(Entry):
    """An interview: questions with whole answers, and pull quotes that know where they were taken from."""

    select_related_fields = ("interviewee_photo",)

    interviewee_name = models.CharField("name", max_length=200, blank=True, help_text="Who answered.")
    interviewee_role = models.CharField("role", max_length=200, blank=True, help_text="For example: Harbour master.")
    interviewee_organisation = models.CharField("organisation", max_length=200, blank=True)
    interviewee_photo = models.ForeignKey(
        "portfolio.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="photo",
    )
    photo_credit = models.CharField(max_length=300, blank=True, help_text="Who took the photos, as it must be printed.")
    interviewer = models.CharField("name", max_length=200, blank=True, help_text="Who asked, as in the byline.")
    interviewer_role = models.CharField(
        "role", max_length=300, blank=True, help_text="For example: Managing director at Quayside Media."
    )
    source_publication = models.CharField(
        "publication", max_length=200, blank=True, help_text="Where it was printed first, if not here."
    )
    source_url = models.URLField("address", max_length=500, blank=True)
    reading_minutes_given = models.PositiveSmallIntegerField(
        "reading time in minutes",
        null=True,
        blank=True,
        help_text="As the publication printed it. Leave empty to have it worked out.",
    )
    body = BlockField(
        BodyBlocks(), blank=True, help_text="One “Question and answer” for each exchange, in order of the conversation."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("interviewee_name"),
                FieldRowPanel([FieldPanel("interviewee_role"), FieldPanel("interviewee_organisation")]),
                FieldPanel("interviewee_photo"),
            ],
            heading="Who answers",
        ),
        FieldPanel("body"),
    ]
    details_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("interviewer"), FieldPanel("interviewer_role")])], heading="Who asks"
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source_publication"), FieldPanel("source_url")]),
                FieldRowPanel([FieldPanel("photo_credit"), FieldPanel("reading_minutes_given")]),
            ],
            heading="Where it was printed first",
        ),
        *Entry.listing_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(details_panels, heading="Details"),
            ObjectList(Entry.promote_panels, heading="Address and search"),
            ObjectList(Entry.settings_panels, heading="Settings"),
        ]
    )
    search_fields = [
        *Entry.search_fields,
        index.SearchField("interviewee_name", boost=2),
        index.SearchField("interviewee_role"),
        index.SearchField("interviewee_organisation"),
        index.SearchField("interviewer"),
        index.SearchField("source_publication"),
        index.SearchField("body"),
    ]

    template = "blog/interview_page.html"
    page_description = "Questions and answers, with you or by you."
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = "interview"

    @cached_property
    def reading_minutes(self) -> int:
        """The minutes the source printed, else worked out from the text as for any entry."""
        if self.reading_minutes_given:
            return self.reading_minutes_given
        return super().reading_minutes

    @property
    def byline(self) -> str:
        """Who a feed says that it is by."""
        return self.interviewer

    @cached_property
    def passages(self) -> dict[str, QuotedPassage]:
        """Block id of each pull quote -> the passage of an answer it was taken from."""
        return view_value(self, "passages", self.locate_passages)

    @property
    def exact_quotes(self) -> list[str]:
        """The pull quotes that somebody said word for word."""

        def read() -> list[str]:
            exact = {block_id for block_id, passage in self.passages.items() if passage.kind == "exact"}
            return [block.value["text"] for block in self.body if block.id in exact]

        return view_value(self, "exact quotes", read)

    def locate_passages(self) -> dict[str, QuotedPassage]:
        answers = [block for block in self.body if block.block_type == "question_answer"]
        paragraphs = [answer_paragraphs(block.value["answer"].source) for block in answers]
        passages = {}
        for block in self.body:
            if block.block_type == "pull_quote":
                passage = locate_passage(block.value["text"], paragraphs)
                anchor = "" if passage.answer is None else answer_anchor(answers[passage.answer].id)
                passages[block.id] = QuotedPassage(passage.kind, anchor)
        return passages


def answer_paragraphs(source: str) -> list[str]:
    """The paragraphs and list items of rich text, as plain text."""
    pieces = source.replace("</li>", "</p>").split("</p>")
    return [text for text in map(visible_text, pieces) if text]
