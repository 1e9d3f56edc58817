"""A number that grows whenever something changes that a reader might see."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F

# Apps whose rows are shown, and those of their models that are not.
SHOWN = frozenset("portfolio blog experience wagtailcore wagtailimages wagtaildocs wagtailredirects taggit".split())
NOT_SHOWN = frozenset(
    "siteversion revision pagelogentry modellogentry referenceindex uploadedfile comment commentreply "
    "pagesubscription task taskstate workflow workflowstate workflowpage workflowtask".split()
)


class SiteVersion(models.Model):
    """One row. It is read with the site of every request, so an answer can say which state of the site it shows."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


def count_up() -> None:
    if not SiteVersion.objects.filter(pk=1).update(number=F("number") + 1):
        SiteVersion.objects.get_or_create(pk=1, defaults={"number": 1})


def when_changed(sender: type[models.Model], **kwargs: Any) -> None:
    """After the transaction, and once for all that it changes: before, nobody else can see the change."""
    meta = sender._meta
    # A migration writes with models of its own, perhaps before this one has a table.
    if sender.__module__ == "__fake__" or meta.app_label not in SHOWN or meta.model_name in NOT_SHOWN:
        return
    database = transaction.get_connection()
    if not any(function is count_up for _, function, *_ in database.run_on_commit):
        transaction.on_commit(count_up)
