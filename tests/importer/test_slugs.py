"""The last part of a page's address."""

from __future__ import annotations

import pytest

from portfolio.importer.slugs import page_slug


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
        ("…", "/…/", ""),
    ],
)
def test_a_slug_holds_only_what_an_address_may_hold(slug: str, address: str, expected: str) -> None:
    assert page_slug(slug, address) == expected
