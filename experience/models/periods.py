"""Period of a page: kept as written, with its start and end read from the text."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from experience.duration import total_time
from portfolio.documents.periods import in_language, parse_period

PRECISIONS = [("year", "year"), ("month", "month"), ("day", "day"), ("", "unknown")]
PERIOD_HELP = "As you want it shown: “2023 – now”, “2018 - 2020”, “Sep 2021 – Mar 2023”, “since 2020” or “2019”."


def shown_period(text: str) -> str:
    """A period for readers: as written, with an en dash between its ends, and "now" in the language of the page."""
    language = (get_language() or "en").partition("-")[0]
    # Translators: the open end of a period, as in "2019 – now".
    now = pgettext("period", "now")
    # Translators: a period without an end, as in "since 2019".
    since = pgettext("period", "since {date}")
    return in_language(text, language, now, since)


class PeriodFields(models.Model):
    """Mixin for a period. The model declares ``period_text``, the period as written.

    Start and end are read from the text whenever the page is saved, and are for sorting and for machines: a year stays
    a year (``start_precision`` says how much of ``start`` is known).
    """

    start = models.DateField(null=True, blank=True, editable=False)
    start_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True, default="", editable=False)
    end = models.DateField(null=True, blank=True, editable=False)
    end_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True, default="", editable=False)
    ongoing = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.read_period()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.period_text and not self.read_period():
            message = (
                "This period cannot be read. Write years, or months and years, with a dash between: 2018 - 2020, "
                "Sep 2021 – Mar 2023, 2023 – now, since 2020."
            )
            raise ValidationError({"period_text": message})

    def read_period(self) -> bool:
        """Set start and end from the text; whether it could be read. What the text does not say stays unknown."""
        period = parse_period(self.period_text or "")
        self.start, self.start_precision = (period.start, period.start_precision) if period else (None, "")
        self.end, self.end_precision = (period.end, period.end_precision) if period else (None, "")
        self.ongoing = bool(period and period.ongoing)
        return period is not None

    @property
    def period(self) -> str:
        """The period for readers."""
        return shown_period(self.period_text)

    @property
    def duration(self) -> str:
        """How long it took, as in "2 years 5 months"; "" when it is unknown."""
        return total_time([self], timezone.localdate())
