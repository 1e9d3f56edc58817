"""An old address passes only if the page of its own document answers."""

from __future__ import annotations

import pytest

from portfolio.importer.urls.http_check import UrlCheck
from portfolio.importer.urls.published_urls import OldAddress


@pytest.mark.parametrize(
    ("status", "hops", "final", "expected", "result"),
    [
        (200, 0, "http://x/team/", "/team/", "answers"),
        (200, 1, "http://x/de/team/", "/de/team/", "redirected"),
        (200, 0, "http://x/team/", "/de/team/", "wrong page"),
        (200, 1, "http://x/team/", "/de/team/", "wrong page"),
        (200, 0, "http://x/team/", "", "answers"),
        (200, 2, "http://x/team/", "/de/team/", "more hops"),
        (404, 0, "http://x/team/", "/team/", "not found"),
    ],
)
def test_which_page_answers_is_compared(status: int, hops: int, final: str, expected: str, result: str) -> None:
    check = UrlCheck(OldAddress("/team.html", "page", "team.md"), status, hops, final, expected=expected)
    assert check.result == result
    assert check.is_good == (result in ("answers", "redirected"))
