"""Facts about the repositories of projects, as they were when a command last asked for them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from portfolio.models.site_state import cached_for_version


class RepositoryFacts(models.Model):
    """What is known of one repository; ``address`` is the form in which ``Repository`` gives it."""

    address = models.CharField(max_length=600, unique=True)
    stars = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=100, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    release = models.CharField(max_length=100, blank=True)
    released_on = models.DateField(null=True, blank=True)
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address

    @property
    def line(self) -> str:
        """ "128 stars · Python · MIT"."""
        stars = self.stars or 0
        counted = ngettext("%(count)s star", "%(count)s stars", stars) % {
            "count": number_format(stars, force_grouping=True)
        }
        return " · ".join(filter(None, [counted if stars else "", self.language, self.licence]))

    @property
    def release_line(self) -> str:
        """ "v2.1 (4 March 2026)"."""
        day = date_format(self.released_on) if self.released_on else ""
        return f"{self.release} ({day})" if self.release and day else self.release

    @property
    def as_of(self) -> str:
        day = date_format(timezone.localdate(self.fetched_at))
        # Translators: when the facts about a repository, such as its stars, were true.
        return gettext("As of %(date)s") % {"date": day}


def all_repository_facts() -> Mapping[str, RepositoryFacts]:
    """All facts by address: there are as many as projects."""
    return cached_for_version("repository facts", lambda: {row.address: row for row in RepositoryFacts.objects.all()})
