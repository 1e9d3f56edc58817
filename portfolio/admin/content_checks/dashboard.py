"""Dashboard panel with the to-do items: a number for each, the first few pages, and a link to the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portfolio.admin.content_checks.page_checks import changed_pages, finding_counts
from portfolio.admin.content_checks.todo_items import (
    COMMENTED,
    DRAFTS,
    FINDINGS,
    SCHEDULED,
    UNDECIDED,
    TodoItem,
    editable,
)
from portfolio.admin.permissions import may_import
from portfolio.models import Heartbeat, ImportRun, LinkCheck
from portfolio.models.heartbeats import SCHEDULER

MAX_NAMED = 3
SCHEDULER_TIMEOUT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class TodoCard:
    item: TodoItem
    number: int
    first: tuple[Page, ...] = ()
    warning: str = ""


class TodoPanel(Component):
    name = "to_do"
    template_name = "portfolio/admin/content_checks/panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        pages = editable(request.user)
        cards = [todo_card(item, pages) for item in (DRAFTS, SCHEDULED, COMMENTED, UNDECIDED)]
        counts = finding_counts(pages)
        importer = may_import(request.user)
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "cards": cards,
            "findings": [TodoCard(item, counts[item.code]) for item in FINDINGS if counts.get(item.code)],
            "unchecked": changed_pages().count(),
            "links": LinkCheck.objects.filter(action="", error="", checked__gt=0).first(),
            "current": LinkCheck.objects.exclude(action="").first(),
            "last_import": last_import() if importer else None,
            "may_check": importer,
        }


def todo_card(item: TodoItem, pages: Any) -> TodoCard:
    found = item.select(pages)
    first = tuple(found[:MAX_NAMED])
    number = len(first) if len(first) < MAX_NAMED else found.count()
    return TodoCard(item, number, first, scheduler_warning(bool(number)) if item is SCHEDULED else "")


def scheduler_warning(anything_waits: bool) -> str:
    """A warning when pages are scheduled and ``publish_scheduled`` does not run."""
    heartbeat = Heartbeat.objects.filter(name=SCHEDULER).first()
    if not anything_waits or (heartbeat is not None and timezone.now() - heartbeat.at < SCHEDULER_TIMEOUT):
        return ""
    when = (
        "has never run"
        if heartbeat is None
        else f"has not run since {timezone.localtime(heartbeat.at):%d %B, %H:%M %Z}"
    )
    return f"Scheduled pages will not go live: publish_scheduled {when}. Ask the server's administrator to set it up."


def last_import() -> ImportRun | None:
    return ImportRun.objects.select_related("site").defer("report", "changes").order_by("-pk").first()
