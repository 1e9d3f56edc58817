from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from portfolio.documents.document import Span
from portfolio.documents.front_matter import (
    MAX_FRONT_MATTER,
    FrontMatterError,
    has_front_matter,
    key_line,
    split_front_matter,
)


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"---\ntitle: A\n---\nText\n", b"Text\n"),
        (b"---\ntitle: A\n...\nText\n", b"Text\n"),
        (b"---  \ntitle: A\n---\t\nText\n", b"Text\n"),
        (b"---\r\ntitle: A\r\n---\r\nText\r\n", b"Text\r\n"),
        (b"\xef\xbb\xbf---\ntitle: A\n---\nText\n", b"Text\n"),
        (b"---\ntitle: A\n---\n\n \n  Text\n", b"  Text\n"),
        (b"---\ntitle: A\n---", b""),
        (b"---\ntitle: A\n---\n\n\n", b""),
        (b"---\ntitle: A\n----\nmore: 1\n---\nText", b"Text"),
    ],
    ids=["dashes", "dots", "trailing-space", "crlf", "bom", "blank-lines", "no-body", "only-blank", "four-dashes"],
)
def test_body_begins_where_jekyll_begins_it(data: bytes, body: bytes) -> None:
    front = split_front_matter(data.replace(b"----\n", b"x: ----\n"))
    assert front.values["title"] == "A"
    assert front.span == Span(0, front.body_start)
    assert data.replace(b"----\n", b"x: ----\n")[front.body_start :] == body


@pytest.mark.parametrize(
    "data",
    [b"Text\n---\n", b"---\ntitle: A\nText\n", b" ---\ntitle: A\n---\n", b"--- title\n---\n", b"", b"----\n---\n"],
)
def test_text_that_only_looks_like_front_matter_is_text(data: bytes) -> None:
    front = split_front_matter(data)
    assert (front.values, front.body_start, front.syntax) == ({}, 0, "")


def test_empty_front_matter_makes_a_document() -> None:
    front = split_front_matter(b"---\n---\nText")
    assert (front.values, front.body_start, front.syntax) == ({}, 8, "yaml")


def test_byte_order_mark_without_front_matter_is_no_text() -> None:
    assert split_front_matter(b"\xef\xbb\xbfText").body_start == 3


def test_timestamps_keep_their_zone() -> None:
    source = b"---\na: 2019-12-29 11:13:54 -0400\nb: 2019-12-29T11:13:54Z\nc: 2019-12-29 11:13:54\nd: 2019-12-29\n---\n"
    assert split_front_matter(source).values == {
        "a": datetime(2019, 12, 29, 11, 13, 54, tzinfo=timezone(timedelta(hours=-4))),
        "b": datetime(2019, 12, 29, 11, 13, 54, tzinfo=UTC),
        "c": datetime(2019, 12, 29, 11, 13, 54),
        "d": date(2019, 12, 29),
    }


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"---\ntitle: A\nbroken: [1, 2\n---\n", 4),
        (b"---\ntitle: A\n\tindented: x\n---\n", 3),
        (b"---\n- a\n- b\n---\n", 2),
        (b"---\ntitle: A\nother: !ruby/object:Gem {}\n---\n", 3),
        (b"---\ntitle: \xff\n---\n", 2),
        (b'---\nok: 1\ntitle: "\\ud800"\n---\n', 3),
        (b'---\ntitle: "a\\0b"\n---\n', 2),
        (b"---\na: *nobody\n---\n", 2),
        (b"---\na: &a [*a]\n---\n", 2),
    ],
    ids=["unclosed", "tab", "list", "ruby-object", "not-utf8", "half-pair", "zero", "unknown-alias", "itself"],
)
def test_broken_front_matter_names_the_line_of_the_file(source: bytes, line: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(source)
    assert caught.value.line == line


def test_toml_is_read_only_where_it_is_asked_for() -> None:
    source = b"+++\ntitle = 'A'\n+++\nText"
    assert split_front_matter(source).syntax == ""
    front = split_front_matter(source, toml=True)
    assert (front.values, front.syntax, source[front.body_start :]) == ({"title": "A"}, "toml", b"Text")


def test_broken_toml_names_the_line_of_the_file() -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(b"+++\na = 1\nb = \n+++\n", toml=True)
    assert caught.value.line == 3


def test_deep_toml_keys_are_refused_before_they_are_read() -> None:
    with pytest.raises(FrontMatterError, match="levels deep"):
        split_front_matter(b"+++\n" + b".".join([b"a"] * 20_000) + b" = 1\n+++\n", toml=True)


def test_huge_front_matter_is_refused() -> None:
    with pytest.raises(FrontMatterError, match="longer than"):
        split_front_matter(b"---\na: " + b"x" * MAX_FRONT_MATTER + b"\n---\n")


def test_half_a_megabyte_of_blank_lines_is_no_work() -> None:
    assert split_front_matter(b"---\n" + b"\n" * 500_000).syntax == ""


def test_first_line_tells_whether_there_is_front_matter() -> None:
    assert has_front_matter(b"--- \r\ntitle")
    assert has_front_matter(b"\xef\xbb\xbf---\n")
    assert not has_front_matter(b"---x\n")


def test_line_of_a_key_is_found() -> None:
    assert key_line(b"---\ntitle: x\n date: no\ndate: 2020\n---\n", "date") == 4
    assert key_line(b"---\ntitle: x\n---\n", "date") is None
