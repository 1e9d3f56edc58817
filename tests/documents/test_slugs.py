"""The last part of a page's address."""

from __future__ import annotations

from itertools import islice

import pytest

from portfolio.documents.slugs import page_slug, slug_candidates


@pytest.mark.parametrize(
    ("slug", "address", "expected"),
    [
        ("high-water", "/2021/05/04/high-water.html", "high-water"),
        ("high water", "/2021/05/04/high%20water.html", "high-water"),
        ("sensor-2.0-released", "/2021/05/04/sensor-2.0-released.html", "sensor-2-0-released"),
        ("¿qué-marea?", "/2021/05/04/qué-marea/", "qué-marea"),
        ("tide_table", "/tide_table/", "tide_table"),
        ("ज्वार", "/ज्वार/", "जवर"),
        ("index", "/guides/moorings/", "moorings"),
        ("index", "/guides/moorings/index.html", "moorings"),
        ("index", "/", "index"),
        ("…", "/…/", "horizontal-ellipsis"),
        ("🎉🎉", "/🎉🎉/", "party-popper"),
        ("\ue000", "/x/", ""),
    ],
)
def test_a_slug_holds_only_what_an_address_may_hold(slug: str, address: str, expected: str) -> None:
    assert page_slug(slug, address) == expected


@pytest.mark.parametrize(
    ("slug", "addresses", "expected"),
    [
        ("plan", ["/spring-term/plan/"], ["plan", "spring-term-plan", "plan-2"]),
        ("plan", ["/Spring/plan.html", "/old/"], ["plan", "spring-plan", "plan-2"]),
        ("plan", ["/plan/"], ["plan", "plan-2", "plan-3"]),
        ("tides", ["/2022/05/04/tides.html"], ["tides", "tides-2", "tides-3"]),
        ("plan", [], ["plan", "plan-2", "plan-3"]),
    ],
)
def test_a_taken_name_is_told_apart_by_its_folder_else_by_a_number(
    slug: str, addresses: list[str], expected: list[str]
) -> None:
    assert list(islice(slug_candidates(slug, addresses), 3)) == expected
