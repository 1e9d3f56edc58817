"""Date range: forms accept the years 1000 to 2999, and dates from the database are clamped.

A moment at either end of the calendar cannot be converted to another time zone (``OverflowError``), and one such row
would break every page that lists it. So such values in the database are read as the nearest convertible moment.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from portfolio.documents.limits import FIRST_YEAR, LAST_YEAR

# No time zone is a day from UTC; two days leave room for calculations.
MARGIN = timedelta(days=2)
MIN_MOMENT = datetime.min.replace(tzinfo=UTC) + MARGIN
MAX_MOMENT = datetime.max.replace(tzinfo=UTC) - MARGIN


def validate_date(value: date | None) -> None:
    """Raises ValidationError for a date or moment whose year is not within 1000 to 2999."""
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(f"Choose a date in the years {FIRST_YEAR} to {LAST_YEAR}.", code="date_range")


def clamp_moment(moment: Any) -> Any:
    """A moment that can be converted to every time zone: ``moment`` or the nearest one. Other values are unchanged."""
    if not isinstance(moment, datetime):
        return moment
    zone = moment.tzinfo
    first, last = (
        (MIN_MOMENT, MAX_MOMENT) if zone is UTC else (MIN_MOMENT.replace(tzinfo=zone), MAX_MOMENT.replace(tzinfo=zone))
    )
    return min(max(moment, first), last)


def whole_second(moment: datetime) -> datetime:
    """The moment as dates of pages are stored: an export writes no fractions, and no form shows them."""
    return moment.replace(microsecond=0)


def this_second() -> datetime:
    """The default of a page's date."""
    return whole_second(timezone.now())


def start_of_month(year: int, month: int, zone: tzinfo) -> datetime:
    """The start of a month in a time zone, as a moment that the database can compare. Month 13 is the next January."""
    year, month = year + month // 13, (month - 1) % 12 + 1
    if year > MAX_MOMENT.year:
        return datetime.max.replace(tzinfo=UTC)
    try:
        return datetime(year, month, 1, tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the first day of the calendar, in a zone east of UTC
        return datetime.min.replace(tzinfo=UTC)


def limit_form_dates() -> None:
    """Add the validator to every date field of every form. Call it before any form class is created."""
    for field in (forms.DateField, forms.DateTimeField):
        if validate_date not in field.default_validators:
            field.default_validators = [*field.default_validators, validate_date]


def limit_stored_dates() -> None:
    """Clamp the DateTimeFields of all models when they are read from the database or from a revision."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.DateTimeField) and not hasattr(field, "from_db_value"):
                field.from_db_value = clamp_database_value
                field.to_python = clamped(field.to_python)


def clamp_database_value(value: Any, expression: Any, connection: Any) -> Any:
    if value is None or 1 < value.year < 9999:  # nearly always
        return value
    return clamp_moment(value)


def clamped(to_python: Any) -> Any:
    return lambda value: clamp_moment(to_python(value))
