"""Background jobs started in the admin: imports, exports and link checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# A running job writes a heartbeat every ten seconds (portfolio.admin.jobs.progress.HEARTBEAT_INTERVAL).
HEARTBEAT_TIMEOUT = timedelta(seconds=40)
# A process started for a job has claimed it by then, or never will.
START_TIMEOUT = timedelta(seconds=50)


class BackgroundJob(models.Model):
    """``action`` is what was requested and is not finished, "" for none; ``claimed_at`` is when a worker began.

    ``error`` says why the last action failed.
    """

    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=20, blank=True)
    requested_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    @property
    def progress_key(self) -> str:
        return f"{self._meta.model_name}-{self.pk}"

    def request_action(self, action: str) -> bool:
        """Store the requested action; False when another one is not finished yet."""
        rows = type(self)._default_manager.filter(pk=self.pk, action="")
        values: dict[str, Any] = {"action": action, "requested_at": timezone.now(), "claimed_at": None, "error": ""}
        accepted = bool(rows.update(finished_at=None, **values))
        self.refresh_from_db()
        return accepted

    def claim(self) -> bool:
        """Claim the requested action for this worker; False when another worker has it, or it was abandoned."""
        rows = type(self)._default_manager.filter(pk=self.pk, claimed_at=None).exclude(action="")
        claimed = bool(rows.update(claimed_at=timezone.now()))
        self.refresh_from_db()
        return claimed

    def finish(self, error: str = "") -> None:
        self.action, self.error, self.finished_at = "", error, timezone.now()
        self.save()

    def abandon(self, error: str) -> None:
        """Finish a job whose worker is dead, unless another worker has claimed it meanwhile."""
        rows = type(self)._default_manager.filter(
            pk=self.pk, claimed_at=self.claimed_at, requested_at=self.requested_at
        )
        rows.exclude(action="").update(action="", error=error, finished_at=timezone.now())
        self.refresh_from_db()

    def is_dead(self, last_heartbeat: float | None) -> bool:
        """Whether the worker's heartbeat has stopped; ``last_heartbeat`` is in seconds since 1970.

        An unclaimed job may wait in a queue. Without a queue, its process has died at its start.
        """
        if not self.action:
            return False
        if self.claimed_at is None:
            queued = settings.TASK_QUEUE == "database" or self.requested_at is None
            return not queued and timezone.now() - self.requested_at > START_TIMEOUT
        last = max(self.claimed_at.timestamp(), last_heartbeat or 0)
        return timezone.now().timestamp() - last > HEARTBEAT_TIMEOUT.total_seconds()

    @property
    def has_waited_long(self) -> bool:
        """Whether no worker has claimed the job for half a minute: perhaps none is running."""
        waiting = self.action and self.claimed_at is None and self.requested_at is not None
        return bool(waiting and timezone.now() - self.requested_at > timedelta(seconds=30))


class JobProgress(models.Model):
    """How far a running job is (``portfolio.admin.jobs.progress``); ``at`` is in seconds since 1970."""

    job = models.CharField(max_length=60, unique=True)
    step = models.TextField()
    done = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    at = models.FloatField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.job


class ImportJob(BackgroundJob):
    """An import in the admin, from the dry run to its undo.

    The source is an ``upload`` (a name in the private folder, "" once the file is deleted) or a ``folder`` of the
    server. ``report`` is the report of the last dry run or import; ``run`` is the import that was written.
    """

    class State(models.TextChoices):
        NEW = "new", "new"
        CHECKED = "checked", "tried, not imported yet"
        IMPORTED = "imported", "imported"
        UNDONE = "undone", "undone"

    name = models.CharField(max_length=255)
    upload = models.CharField(max_length=500, blank=True)
    folder = models.CharField(max_length=1000, blank=True)
    fetch_images = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    report = models.JSONField(null=True)
    run = models.OneToOneField(
        "portfolio.ImportRun", null=True, on_delete=models.SET_NULL, related_name="job", verbose_name="import"
    )
    undone = models.JSONField(null=True)

    class Meta(BackgroundJob.Meta):
        default_permissions = ()
        permissions = [("import_site", "Can import and export the site")]

    def __str__(self) -> str:
        return self.name


class SiteExport(BackgroundJob):
    """An export of the whole site as a zip of Markdown; ``file`` is a name in the private folder."""

    file = models.CharField(max_length=500, blank=True)
    lines = models.JSONField(default=list)
    has_errors = models.BooleanField(default=False)

    class Meta(BackgroundJob.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return f"site-{self.created_at:%Y-%m-%d}"


class LinkCheck(BackgroundJob):
    """A check of the links to other sites: how many were ``checked``, and the ``broken`` ones with their pages."""

    checked = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    broken = models.JSONField(default=list)

    class Meta(BackgroundJob.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return f"links {self.created_at:%Y-%m-%d}"
