"""Byte ranges as RFC 9110, section 14 has them."""

from __future__ import annotations

import io

import pytest
from django.http import FileResponse
from django.test import RequestFactory

from portfolio.delivery.byte_ranges import RangeNotSatisfiable, apply_byte_range, parse_byte_range

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=0-499", range(500)),
        ("bytes=999-", range(999, 1000)),
        ("bytes=500-5000", range(500, 1000)),
        ("bytes=-1", range(999, 1000)),
        ("bytes=-5000", range(1000)),
        ("Bytes=0-9", range(10)),
        ("bytes=0-999999999999999999", range(1000)),
    ],
)
def test_one_range_is_understood(header: str, part: range) -> None:
    assert parse_byte_range(header, SIZE) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_behind_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        parse_byte_range(header, SIZE)


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=0-9", "bytes=0-9,20-29", "0-9"),
        *(
            "bytes=+1-2",
            "bytes=0-9;x",
            "bytes=--5",
            "bytes=1.5-2",
            "bytes=٠-٩",
            "bytes=0-" + "9" * 5000,
            "bytes=0x0-0x9",
        ),
    ],
)
def test_what_is_no_single_range_is_ignored(header: str) -> None:
    assert parse_byte_range(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-9", "bytes=-5", "bytes=7-"])
def test_an_empty_file_is_sent_whole(header: str) -> None:
    assert parse_byte_range(header, 0) is None


@pytest.mark.django_db
def test_the_part_is_read_in_blocks_and_its_file_closed() -> None:
    data = bytes(range(256)) * 1000
    file = io.BytesIO(data)
    request = RequestFactory().get("/film", headers={"Range": "bytes=7-200006"})
    partial = apply_byte_range(request, FileResponse(file))
    assert b"".join(partial.streaming_content) == data[7:200007]
    partial.close()
    assert file.closed


def test_a_file_that_shrinks_meanwhile_ends_the_part() -> None:
    request = RequestFactory().get("/film", headers={"Range": "bytes=2-9"})
    file = io.BytesIO(b"0123456789")
    partial = apply_byte_range(request, FileResponse(file))
    file.truncate(5)
    assert b"".join(partial.streaming_content) == b"234"
