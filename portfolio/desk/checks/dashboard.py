"""The dashboard's panel of what needs doing: a number for each kind, the first few by name, and where to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portfolio.desk.checks.looking import finding_counts, stale
from portfolio.desk.checks.matters import COMMENTED, DRAFTS, FINDINGS, SCHEDULED, UNDECIDED, Matter, editable
from portfolio.desk.permissions import may_import
from portfolio.models import Heartbeat, ImportRun, LinkCheck

NAMED = 3
LATE = timedelta(minutes=15)
SCHEDULER = "publish_scheduled"


@dataclass(frozen=True, slots=True)
class Card:
    matter: Matter
    number: int
    first: tuple[Page, ...] = ()
    warning: str = ""


class ToDoPanel(Component):
    name = "to_do"
    template_name = "desk/checks/panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        pages = editable(request.user)
        cards = [card(matter, pages) for matter in (DRAFTS, SCHEDULED, COMMENTED, UNDECIDED)]
        counts = finding_counts(pages)
        importer = may_import(request.user)
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "cards": cards,
            "findings": [Card(matter, counts[matter.code]) for matter in FINDINGS if counts.get(matter.code)],
            "unseen": stale().count(),
            "links": LinkCheck.objects.filter(doing="", error="", asked__gt=0).first(),
            "going": LinkCheck.objects.exclude(doing="").first(),
            "last_import": last_import() if importer else None,
            "may_check": importer,
        }


def card(matter: Matter, pages: Any) -> Card:
    found = matter.found(pages)
    first = tuple(found[:NAMED])
    number = len(first) if len(first) < NAMED else found.count()
    return Card(matter, number, first, scheduler_warning(bool(number)) if matter is SCHEDULED else "")


def scheduler_warning(anything_waits: bool) -> str:
    """That nothing would be published, when something is to be."""
    beat = Heartbeat.objects.filter(name=SCHEDULER).first()
    if not anything_waits or (beat is not None and timezone.now() - beat.at < LATE):
        return ""
    when = "has never run" if beat is None else f"has not run since {timezone.localtime(beat.at):%d %B, %H:%M}"
    return f"Nothing will go live by itself: publish_scheduled {when}. Whoever keeps the server must set it up."


def last_import() -> ImportRun | None:
    return ImportRun.objects.select_related("site").defer("report", "changes").order_by("-pk").first()
