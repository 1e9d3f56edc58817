"""Findings of the content checks, stored so that the dashboard need not read every page."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page


class PageCheck(models.Model):
    """A page that was checked, as published by ``revision``."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="page_check")
    revision = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"page {self.page_id}"


class Finding(models.Model):
    """One kind of problem of a page: the ``number`` of places, and the first of them as ``example``."""

    check_of = models.ForeignKey(PageCheck, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=30, db_index=True)
    number = models.PositiveIntegerField(default=1)
    example = models.CharField(max_length=255, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["check_of", "code"], name="one_finding_per_code")]

    def __str__(self) -> str:
        return self.code
