"""Work that the admin asks for and that goes on in the background: imports, exports, looking at links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# A worker says at least after every document how far it is, and no document may take as long.
NO_SIGN_OF_LIFE = timedelta(minutes=5)


class Job(models.Model):
    """``doing`` names what was asked for and is not finished; ``taken_at`` is when a worker began with it.

    ``error`` says why the last thing asked for was not done.
    """

    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    doing = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def ask(self, what: str) -> bool:
        """Note that ``what`` is wanted; False when something else is under way."""
        rows = type(self)._default_manager.filter(pk=self.pk, doing="")
        values: dict[str, Any] = {"doing": what, "asked_at": timezone.now(), "taken_at": None, "error": ""}
        asked = bool(rows.update(finished_at=None, **values))
        self.refresh_from_db()
        return asked

    def take(self) -> bool:
        """Begin with what was asked for; False when another worker has, or nobody waits for it any more."""
        rows = type(self)._default_manager.filter(pk=self.pk, taken_at=None).exclude(doing="")
        taken = bool(rows.update(taken_at=timezone.now()))
        self.refresh_from_db()
        return taken

    def finish(self, error: str = "") -> None:
        self.doing, self.error, self.finished_at = "", error, timezone.now()
        self.save()

    def seems_dead(self, heard_of: float | None) -> bool:
        """Whether its worker has said nothing for long; ``heard_of`` is when it last did, in seconds since 1970."""
        if not self.doing or self.taken_at is None:
            return False
        last = max(self.taken_at.timestamp(), heard_of or 0)
        return timezone.now().timestamp() - last > NO_SIGN_OF_LIFE.total_seconds()

    @property
    def waits_long(self) -> bool:
        """Whether nobody has begun with it for half a minute: is there a worker at all?"""
        waiting = self.doing and self.taken_at is None and self.asked_at is not None
        return bool(waiting and timezone.now() - self.asked_at > timedelta(seconds=30))


class ImportJob(Job):
    """An import in the admin, from the dry run to its undoing.

    Its source is an ``upload`` (a name in the private folder for uploads, "" once the file is gone) or a ``folder`` of
    the server. ``report`` is that of the last dry run or import; ``run`` is what was written.
    """

    class State(models.TextChoices):
        NEW = "new", "not looked at yet"
        CHECKED = "checked", "not imported yet"
        IMPORTED = "imported", "imported"
        UNDONE = "undone", "taken back"

    name = models.CharField(max_length=255)
    upload = models.CharField(max_length=500, blank=True)
    folder = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    report = models.JSONField(null=True)
    run = models.OneToOneField(
        "portfolio.ImportRun", null=True, on_delete=models.SET_NULL, related_name="job", verbose_name="import"
    )
    undone = models.JSONField(null=True)

    class Meta(Job.Meta):
        default_permissions = ()
        permissions = [("import_site", "Can import and export the site")]

    def __str__(self) -> str:
        return self.name


class SiteExport(Job):
    """The whole site as a zip of Markdown; ``file`` is its name in the private folder, ``lines`` its report."""

    file = models.CharField(max_length=500, blank=True)
    lines = models.JSONField(default=list)
    has_errors = models.BooleanField(default=False)

    class Meta(Job.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return f"site-{self.created_at:%Y-%m-%d}"


class LinkCheck(Job):
    """A look at the links that lead to other sites: ``asked`` of them, and the ``broken`` ones with their pages."""

    asked = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    broken = models.JSONField(default=list)

    class Meta(Job.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return f"links {self.created_at:%Y-%m-%d}"


class Heartbeat(models.Model):
    """When something that runs by itself last did: the publication of scheduled pages."""

    name = models.CharField(max_length=50, unique=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
