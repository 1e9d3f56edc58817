"""An old address passes only if the page of its own document answers."""

from __future__ import annotations

import pytest

from portfolio.documents.document import Document
from portfolio.importer.urls.http_check import UrlCheck
from portfolio.importer.urls.published_urls import OldAddress, document_addresses, unique


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


def test_an_address_is_that_of_the_document_which_was_written_last() -> None:
    documents = [
        Document("me (1).md", "page", "", url="/me/", old_urls=("/me/", "/me%20(1).md"), link_base="/me%20(1).md"),
        Document("me.md", "page", "", url="/me/", old_urls=("/me/", "/i/", "/me.md"), link_base="/me.md"),
    ]
    found = unique(address for document in documents for address in document_addresses(document))
    assert [(address.path, address.kind, address.source) for address in found] == [
        ("/me/", "page", "me.md"),
        ("/i/", "redirect", "me.md"),
    ]
