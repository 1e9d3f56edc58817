"""Front matter is changed where a value changed, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portfolio.documents.front_matter import split_front_matter
from portfolio.documents.front_matter_edit import REMOVED, FrontMatterUnchangeable, changed, new_front_matter
from portfolio.documents.yaml_writer import Verbatim, date_like

HEAD = """---
# Written by hand.
layout: post
title:  "What a tide table does not tell you"   # keep the quotes
date:   2021-03-14 09:26:00 +0100
categories: Tides Data
tags: [tides, "field work"]
authors:
  - Mara Lindqvist   # me
  - Ilse Haverkamp
kicker: 'It''s wet'
description: >
  Two lines
  of it.

# The end.
---
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "Tide tables"}, '"What a tide table does not tell you"', '"Tide tables"'),
        ({"title": 'A "wet" table'}, '"What a tide table does not tell you"', '"A \\"wet\\" table"'),
        ({"kicker": "That's dry"}, "'It''s wet'", "'That''s dry'"),
        ({"layout": "a: b"}, "layout: post", 'layout: "a: b"'),
        ({"date": Verbatim("2021-03-15 09:26:00 +0100")}, "2021-03-14", "2021-03-15"),
        ({"categories": ["Data", "Tides", "Notes"]}, "Tides Data", "Tides Data Notes"),
        ({"categories": ["Data", "Field Notes"]}, "Tides Data", "[Data, Field Notes]"),
        ({"tags": ["field work", "sea"]}, 'tags: [tides, "field work"]', 'tags: [sea, "field work"]'),
        ({"tags": ["field work"]}, 'tags: [tides, "field work"]', 'tags: ["field work"]'),
        ({"tags": ["tides", "field work", "sea"]}, '"field work"]', '"field work", sea]'),
        ({"authors": ["Mara Lindqvist", "Tor"]}, "- Ilse Haverkamp", "- Tor"),
        ({"authors": ["Ilse Haverkamp"]}, "  - Mara Lindqvist   # me\n", ""),
        ({"authors": ["Mara Lindqvist", "Ilse Haverkamp", "Tor"]}, "Haverkamp\n", "Haverkamp\n  - Tor\n"),
        ({"description": "One line."}, "description: >\n  Two lines\n  of it.\n", "description: One line.\n"),
        ({"published": False}, "# The end.\n", "# The end.\npublished: false\n"),
        ({"kicker": REMOVED}, "kicker: 'It''s wet'\n", ""),
        ({"categories": []}, "categories: Tides Data", "categories: []"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_change_touches_only_its_own_characters(changes: dict, old: str, new: str) -> None:
    assert HEAD.count(old) == 1
    assert changed(HEAD, changes) == HEAD.replace(old, new)


def test_windows_line_ends_stay() -> None:
    head = "---\r\ntitle: A\r\ndate: 2021-01-01\r\n---\r\n\r\n"
    assert changed(head, {"title": "B", "published": False}) == (
        "---\r\ntitle: B\r\ndate: 2021-01-01\r\npublished: false\r\n---\r\n\r\n"
    )


def test_a_file_without_front_matter_gets_one() -> None:
    assert changed("", {"title": "Now"}) == "---\ntitle: Now\n---\n"


def test_toml_is_refused() -> None:
    with pytest.raises(FrontMatterUnchangeable, match="TOML"):
        changed('+++\ntitle = "A"\n+++\n', {"title": "B"})


def test_new_front_matter_says_what_was_meant() -> None:
    values = {"title": "yes: no", "tags": ["a, b", "c"], "draft": False, "count": 3, "empty": "", "date": "2021-01-01"}
    read = split_front_matter(new_front_matter(values).encode()).values
    assert read == {"title": "yes: no", "tags": ["a, b", "c"], "draft": False, "count": 3, "date": "2021-01-01"}


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("2021-03-14 09:26:00 +0100", "2024-07-01 13:30:00 +0100"),
        ("2021-03-14T09:26:00+01:00", "2024-07-01T13:30:00+01:00"),
        ("2024-06-02 07:45:00 Z", "2024-07-01 12:30:00 Z"),
        ("2024-06-02 07:45 +0200", "2024-07-01 14:30 +0200"),
        ("2022-01-20", "2024-07-01 12:30:00 +0000"),
    ],
)
def test_a_date_keeps_its_form_and_zone(written: str, now: str) -> None:
    assert date_like(written, datetime(2024, 7, 1, 12, 30, tzinfo=UTC)) == now
