"""The trash: deleted pages with every row that was deleted with them, until they are restored or expire."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page


class TrashedPage(models.Model):
    """A deleted page and the pages below it.

    The pages are not in the page tree any more, so nothing that looks for pages has to know of the trash. Keys of
    deleted rows are not given out again, so what referred to a page by its key refers to it when it is back.
    """

    title = models.CharField(max_length=255)
    model = models.CharField(max_length=100)
    page_key = models.PositiveBigIntegerField()
    parent_key = models.PositiveBigIntegerField()
    parent_title = models.CharField(max_length=255)
    path = models.CharField(max_length=255)
    url_path = models.TextField()
    pages = models.PositiveIntegerField(help_text="How many pages: the deleted one and those below it.")
    live_pages = models.PositiveIntegerField()
    uses = models.JSONField(default=list, help_text="What the pages refer to: content type and key of each.")
    deleted_at = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        verbose_name = "deleted page"

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        return str(self.page_model._meta.verbose_name)

    @property
    def page_model(self) -> type[Page]:
        """The type of the page; any page when this release does not have it."""
        try:
            return apps.get_model(self.model)
        except LookupError:
            return Page

    @property
    def expires_at(self) -> datetime | None:
        return self.deleted_at + timedelta(days=settings.TRASH_DAYS) if settings.TRASH_DAYS else None


class TrashedRows(models.Model):
    """Some of the rows of a deleted page: compressed JSON, so that many pages need not be in memory at once."""

    trashed_page = models.ForeignKey(TrashedPage, on_delete=models.CASCADE, related_name="chunks")
    data = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Rows of {self.trashed_page}"
