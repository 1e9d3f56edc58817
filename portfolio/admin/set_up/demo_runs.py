"""Imports of the demo that this site still has."""

from __future__ import annotations

from django.db import models

from portfolio.models import ImportRun

DEMO = "lindqvist.example"  # the key of the site in demo/


def demo_runs() -> models.QuerySet[ImportRun]:
    """The imports of the demo that are not undone, newest first."""
    return ImportRun.objects.filter(site__key=DEMO, undone_at=None).select_related("site").order_by("-pk")


def has_demo() -> bool:
    return demo_runs().exists()
