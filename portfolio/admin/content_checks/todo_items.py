"""To-do items of the dashboard: each selects the pages that need attention for one reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Comment, Page, Revision
from wagtail.permissions import policy_registry

from portfolio.models import ImportRun

PageFilter = Callable[[QuerySet[Page]], QuerySet[Page]]


@dataclass(frozen=True, slots=True)
class TodoItem:
    """``select`` filters the pages that a user may edit, the most urgent first."""

    code: str
    heading: str
    advice: str
    select: PageFilter
    icon: str = "warning"


def editable(user: Any) -> QuerySet[Page]:
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1)


def drafts(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Drafts, but not those that an import made to hold a place in the tree, unless somebody has worked on them."""
    made = ImportRun.objects.filter(undone_at=None).values_list("changes__folders", flat=True)
    untouched = [revision for folders in made for _, revision in folders or ()]
    wanted = pages.filter(Q(live=False) | Q(has_unpublished_changes=True)).exclude(expired=True)
    if untouched:
        wanted = wanted.exclude(latest_revision__in=untouched)
    return wanted.filter(~Q(pk__in=scheduled(pages).values("pk"))).order_by(
        F("latest_revision_created_at").desc(nulls_last=True), "-pk"
    )


def scheduled(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with a scheduled revision. Revisions store the page's key as text."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    keys = waiting.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")
    its_own = waiting.filter(object_id=Cast(OuterRef("pk"), CharField())).values("approved_go_live_at")[:1]
    return pages.filter(pk__in=keys).annotate(goes_live_at=Subquery(its_own)).order_by("goes_live_at", "pk")


def undecided(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with conflicts at their last import that nobody has saved since."""
    return (
        pages.filter(imported_from__conflicts__gt=0, imported_from__revision=F("latest_revision"))
        .annotate(places=F("imported_from__conflicts"))
        .order_by("-places", "pk")
    )


def with_finding(code: str) -> PageFilter:
    def found(pages: QuerySet[Page]) -> QuerySet[Page]:
        return (
            pages.filter(page_check__findings__code=code)
            .annotate(places=F("page_check__findings__number"), example=F("page_check__findings__example"))
            .order_by("-places", "pk")
        )

    return found


def commented(pages: QuerySet[Page]) -> QuerySet[Page]:
    open_ones = Comment.objects.filter(resolved_at=None, page__in=pages).values("page")
    return pages.filter(pk__in=open_ones).order_by("-latest_revision_created_at", "-pk")


DRAFTS = TodoItem("drafts", "Drafts", "Not published yet, or changed since.", drafts, "edit")
SCHEDULED = TodoItem("scheduled", "Scheduled", "They go live at their scheduled time.", scheduled, "calendar-check")
UNDECIDED = TodoItem(
    "conflicts",
    "Import conflicts",
    "Changed here and in the imported source. The page keeps what was edited here. Check it and save it.",
    undecided,
    "resubmit",
)
COMMENTED = TodoItem(
    "comments", "Comments", "A colleague has left a comment that is not resolved.", commented, "comment"
)
FINDINGS = tuple(
    TodoItem(code, heading, advice, with_finding(code))
    for code, heading, advice in (
        ("dead-link", "Dead links", "They lead to a page of this site that does not exist or is not published."),
        ("missing-image", "Missing pictures", "The imported text uses them, but they were not in the source."),
        (
            "alt-text",
            "Pictures without a description",
            "Write an alt text for people who cannot see them, or mark them as decorative.",
        ),
        (
            "summary",
            "No summary",
            "The text does not begin with a paragraph that listings and search engines could show.",
        ),
        ("liquid", "Template code in the text", "Left over from the old site. Readers see it as text."),
        (
            "costly",
            "Shown as it was written",
            "It could not be converted: code has no colours, a diagram or a formula is shown as its source. Correct or "
            "shorten it.",
        ),
        (
            "verbatim",
            "Kept as Markdown or HTML",
            "They look right. To edit them as blocks, write them again as blocks.",
        ),
    )
)
TODO_ITEMS = {item.code: item for item in (DRAFTS, SCHEDULED, UNDECIDED, COMMENTED, *FINDINGS)}
