"""Housekeeping: delete rows that nobody needs any more, once a day."""

from __future__ import annotations

import io
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from portfolio.models import TrashedPage
from portfolio.models.heartbeats import HOUSEKEEPING, Heartbeat

INTERVAL = timedelta(hours=24)
TASK_DAYS = 14  # for somebody who looks into what went wrong
LOGIN_DAYS = 90


def is_due() -> bool:
    return not Heartbeat.objects.filter(name=HOUSEKEEPING, at__gt=timezone.now() - INTERVAL).exists()


def clean_up() -> None:
    """Delete what is old: sessions, failed sign-ins, finished tasks, the trash, and revisions (``REVISION_DAYS``)."""
    call_command("clearsessions")
    for command in ("axes_reset_logs", "axes_reset_failure_logs"):
        call_command(command, age=LOGIN_DAYS, stdout=io.StringIO())
    if apps.is_installed("django_tasks_db"):
        options = ["--backend=background", "--queue-name=*", f"--min-age-days={TASK_DAYS}", "--verbosity=0"]
        call_command("prune_db_task_results", *options)  # as text: it refuses its own defaults
    if settings.REVISION_DAYS:
        old_revisions(settings.REVISION_DAYS).delete()
    if settings.TRASH_DAYS:
        TrashedPage.objects.filter(deleted_at__lt=timezone.now() - timedelta(days=settings.TRASH_DAYS)).delete()
    Heartbeat.beat(HOUSEKEEPING)


def old_revisions(days: int) -> QuerySet[Revision]:
    """Revisions of pages that are neither the latest nor published, scheduled or in review.

    Wagtail's ``purge_revisions`` also deletes the published revision of a page that has a newer draft.
    """
    revisions = Revision.objects.page_revisions().filter(
        created_at__lt=timezone.now() - timedelta(days=days), approved_go_live_at=None
    )
    for name in ("latest_revision", "live_revision"):
        revisions = revisions.exclude(pk__in=Page.objects.exclude(**{name: None}).values(name))
    in_review = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return revisions.exclude(task_states__workflow_state__status__in=in_review)
