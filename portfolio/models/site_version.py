"""Site version: a number that grows whenever something changes that a reader could see."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.dispatch import Signal

from portfolio.models.on_commit import once_on_commit

# Apps whose models are shown to readers, and those of their models that are not.
SHOWN = frozenset("portfolio blog experience wagtailcore wagtailimages wagtaildocs wagtailredirects taggit".split())
NOT_SHOWN = frozenset(
    "siteversion heartbeat throttle pagecheck finding importjob jobprogress siteexport linkcheck pendingfile "
    "revision pagelogentry modellogentry referenceindex uploadedfile comment commentreply "
    "pagesubscription task taskstate workflow workflowstate workflowpage workflowtask".split()
)

site_version_changed = Signal()  # sent when every other process can read the new number

# Counted within the transaction, too: processes keep the view restrictions of a version, and one that is killed after
# its commit must not leave a private page open. For other models this would let every save wait for a running import.
PRIVACY = "pageviewrestriction"


class SiteVersion(models.Model):
    """One row. Every request reads it first (``site_state``), so that ETags and cached pages depend on it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


def read_site_version() -> int:
    """The site version; 0 before the first change. Plain SQL, since every request reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {SiteVersion._meta.db_table} WHERE id = 1")  # noqa: S608 - a constant
        row = cursor.fetchone()
    return row[0] if row else 0


def increment_site_version() -> None:
    """Set a number that was never used, not even before a restore from a backup: the time in microseconds."""
    now = time.time_ns() // 1000
    if not SiteVersion.objects.filter(pk=1).update(number=Greatest(F("number") + 1, now)):
        SiteVersion.objects.get_or_create(pk=1, defaults={"number": now})
    transaction.on_commit(send_site_version_changed)


def send_site_version_changed() -> None:
    site_version_changed.send_robust(SiteVersion)


def touch_site_version(sender: type[models.Model], **kwargs: Any) -> None:
    """Signal handler: increment the version once after the transaction. Earlier, nobody else can see the change.

    It is the first thing that follows: readers see the old page until then, and what fails leaves out all after it.
    """
    meta = sender._meta
    # A migration writes with historical models, perhaps before this one has a table.
    if sender.__module__ == "__fake__" or meta.app_label not in SHOWN or meta.model_name in NOT_SHOWN:
        return
    if meta.model_name.startswith(PRIVACY):
        increment_site_version()
    once_on_commit(increment_site_version, first=True)
