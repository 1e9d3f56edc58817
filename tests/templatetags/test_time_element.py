"""Dates for readers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from portfolio.templatetags.dates import time_element

MOMENT = datetime(2024, 5, 6, 23, 30, tzinfo=UTC)


def test_date_is_in_the_language_and_zone_of_the_page():
    with timezone.override(UTC), translation.override("en"):
        assert (
            time_element(MOMENT) == '<time class="dt-published" datetime="2024-05-06T23:30:00+00:00">6 May 2024</time>'
        )
    with timezone.override(ZoneInfo("Asia/Tokyo")), translation.override("en"):
        assert 'datetime="2024-05-07T08:30:00+09:00">7 May 2024<' in time_element(MOMENT)
    with timezone.override(UTC), translation.override("de"):
        assert ">6. Mai 2024<" in time_element(MOMENT, "dt-updated")


def test_day_without_an_hour_has_no_zone():
    with translation.override("en"):
        assert 'datetime="2024-05-06">6 May 2024<' in time_element(date(2024, 5, 6))
