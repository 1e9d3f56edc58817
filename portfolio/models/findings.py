"""What the desk has found wrong with published pages, so that the dashboard need not read ten thousand bodies."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page


class PageCheck(models.Model):
    """That a page was looked at, as it was published by ``revision``."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="desk_check")
    revision = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"page {self.page_id}"


class Finding(models.Model):
    """One kind of thing that a page lacks; ``number`` of places, and the first of them in words."""

    check_of = models.ForeignKey(PageCheck, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=30, db_index=True)
    number = models.PositiveIntegerField(default=1)
    example = models.CharField(max_length=255, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["check_of", "code"], name="one_finding_per_code")]

    def __str__(self) -> str:
        return self.code
