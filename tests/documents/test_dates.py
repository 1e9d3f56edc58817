from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from portfolio.documents.dates import ruby_date, zone

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "read"),  # as ``Time.parse(text).localtime`` prints it with TZ=America/New_York
    [
        ("20191229", "2019-12-29 00:00:00 -0500"),
        ("29/12/2019", "2019-12-29 00:00:00 -0500"),
        ("29.12.2019", "2019-12-29 00:00:00 -0500"),
        ("2019-02-30", "2019-03-02 00:00:00 -0500"),
        ("Sun, 29 Dec 2019 10:00:00 GMT", "2019-12-29 05:00:00 -0500"),
        ("2019-12-29 02:13:54 Europe/Paris", "2019-12-29 02:13:54 -0500"),
        ("2019-12-29 02:13:54 CET", "2019-12-29 02:13:54 -0500"),
        ("2019-12-29 2:13:54 PM", "2019-12-29 14:13:54 -0500"),
        ("2019-12-29T02:13:54+05:30", "2019-12-28 15:43:54 -0500"),
        ("Sun Dec 29 10:00:00 2019", "2019-12-29 10:00:00 -0500"),
        ("Sun Dec  9 10:00:00 CEST 2019", "2019-12-09 10:00:00 -0500"),
        ("Sun Dec 29 10:00:00 GMT 2019", "2019-12-29 05:00:00 -0500"),
        ("2019-12-29 24:00", "2019-12-30 00:00:00 -0500"),
        ("19-12-29", "2019-12-29 00:00:00 -0500"),
        ("9-1-2", "2009-01-02 00:00:00 -0500"),
        ("99-1-2", "1999-01-02 00:00:00 -0500"),
        ("January 2019", "2019-01-01 00:00:00 -0500"),
        ("July 4th, 2019 12 pm", "2019-07-04 12:00:00 -0400"),
    ],
)
def test_text_is_read_as_ruby_reads_it(text: str, read: str) -> None:
    assert ruby_date(text, NEW_YORK).strftime("%Y-%m-%d %H:%M:%S %z") == read


@pytest.mark.parametrize("text", ["12/29/2019", "2019-12", "2019", "yesterday", "2019-12-29 25:00", "0000-01-01", ""])
def test_what_ruby_refuses_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        ruby_date(text, UTC)


def test_yaml_timestamp_without_zone_is_utc_and_a_day_is_local() -> None:
    assert ruby_date(datetime(2019, 12, 29, 2), NEW_YORK).isoformat() == "2019-12-28T21:00:00-05:00"
    assert ruby_date(date(2019, 12, 29), NEW_YORK).isoformat() == "2019-12-29T00:00:00-05:00"


def test_no_zone_is_utc_and_an_unknown_one_is_an_error() -> None:
    assert zone(None) is UTC
    assert zone("Europe/Lisbon") == ZoneInfo("Europe/Lisbon")
    for name in ("Mars/Olympus", "../../etc/passwd", "/etc/localtime"):
        with pytest.raises(ValueError, match="no time zone"):
            zone(name)
