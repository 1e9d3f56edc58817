"""What may need doing: one `Matter` for each kind, with the pages it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Comment, Page, Revision
from wagtail.permissions import policy_registry

Find = Callable[[QuerySet[Page]], QuerySet[Page]]


@dataclass(frozen=True, slots=True)
class Matter:
    """``found`` narrows the pages that somebody may edit to those this is about, the most pressing first."""

    code: str
    heading: str
    advice: str
    found: Find
    icon: str = "warning"


def editable(user: Any) -> QuerySet[Page]:
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1)


def drafts(pages: QuerySet[Page]) -> QuerySet[Page]:
    wanted = pages.filter(Q(live=False) | Q(has_unpublished_changes=True)).exclude(expired=True)
    return wanted.filter(~Q(pk__in=scheduled(pages).values("pk"))).order_by(
        F("latest_revision_created_at").desc(nulls_last=True), "-pk"
    )


def scheduled(pages: QuerySet[Page]) -> QuerySet[Page]:
    """A revision keeps the key of its page as text, and the kind that the page really is."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    keys = waiting.annotate(page_key=Cast("object_id", IntegerField())).values("page_key")
    its_own = waiting.filter(object_id=Cast(OuterRef("pk"), CharField())).values("approved_go_live_at")[:1]
    return pages.filter(pk__in=keys).annotate(goes_live_at=Subquery(its_own)).order_by("goes_live_at", "pk")


def undecided(pages: QuerySet[Page]) -> QuerySet[Page]:
    """In conflict at an import, and nobody has saved the page since."""
    return (
        pages.filter(imported_from__conflicts__gt=0, imported_from__revision=F("latest_revision"))
        .annotate(places=F("imported_from__conflicts"))
        .order_by("-places", "pk")
    )


def with_finding(code: str) -> Find:
    def found(pages: QuerySet[Page]) -> QuerySet[Page]:
        return (
            pages.filter(desk_check__findings__code=code)
            .annotate(places=F("desk_check__findings__number"), example=F("desk_check__findings__example"))
            .order_by("-places", "pk")
        )

    return found


def commented(pages: QuerySet[Page]) -> QuerySet[Page]:
    open_ones = Comment.objects.filter(resolved_at=None, page__in=pages).values("page")
    return pages.filter(pk__in=open_ones).order_by("-latest_revision_created_at", "-pk")


DRAFTS = Matter("drafts", "Drafts", "Written and not published, or changed since.", drafts, "edit")
SCHEDULED = Matter("scheduled", "Scheduled", "They go live by themselves.", scheduled, "calendar-check")
UNDECIDED = Matter(
    "conflicts",
    "Import conflicts",
    "Changed here and in the imported source. The page shows what was edited here; look at it and save it.",
    undecided,
    "resubmit",
)
COMMENTED = Matter(
    "comments", "Comments", "Somebody wrote beside the text and waits for an answer.", commented, "comment"
)
FINDINGS = tuple(
    Matter(code, heading, advice, with_finding(code))
    for code, heading, advice in (
        ("dead-link", "Dead links", "They lead to a page of this site that is not there or not published."),
        ("missing-image", "Missing pictures", "The imported text shows them, and the source did not have them."),
        (
            "alt-text",
            "Pictures without a description",
            "Describe them for those who cannot see them, or say that they only decorate.",
        ),
        ("summary", "No summary", "Lists and search engines show the beginning of the text instead."),
        ("liquid", "Template code in the text", "Left over from the old site; readers see it as it stands."),
        (
            "verbatim",
            "Kept as Markdown or HTML",
            "They look right. To edit them with buttons, write them anew as blocks.",
        ),
    )
)
MATTERS = {matter.code: matter for matter in (DRAFTS, SCHEDULED, UNDECIDED, COMMENTED, *FINDINGS)}
