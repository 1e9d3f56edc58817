"""Throttle counts in the database, shared by all processes without a cache."""

from __future__ import annotations

from django.db import models


class Throttle(models.Model):
    """A leaky bucket: it held ``level`` attempts at ``updated``, and is empty at ``empty_at``.

    ``key`` is a keyed hash of what is counted, so neither addresses nor names are stored.
    """

    key = models.CharField(max_length=64, primary_key=True)
    level = models.FloatField()
    updated = models.DateTimeField()
    empty_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
