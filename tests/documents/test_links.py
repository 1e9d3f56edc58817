"""The old site's addresses."""

from __future__ import annotations

import pytest

from portfolio.documents.links import AddressBook, OldSite, Target

SITE = OldSite("https://www.saltmarsh.example", "/notes")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/a/b.html", Target("/a/b.html", "")),
        ("../c/#part", Target("/posts/c/", "part")),
        ("https://saltmarsh.example/notes/d/", Target("/d/", "")),
        ("//www.saltmarsh.example/e", Target("/e", "")),
        ("https://saltmarsh.example//notes//e/#part", Target("/e/", "part")),
        ("/notes/f", Target("/f", "")),
        ("/notes", Target("/", "")),
        ("/notesbook", Target("/notesbook", "")),
        ("caf%C3%A9/", Target("/posts/today/café/", "")),
        ("#here", None),
        ("", None),
        ("https://elsewhere.example/notes/d/", None),
        ("mailto:mara@saltmarsh.example", None),
        ("javascript:alert(1)", None),
    ],
)
def test_an_address_is_read_as_the_old_site_meant_it(address: str, target: Target | None) -> None:
    assert SITE.target(address, "/posts/today/") == target


def test_the_address_book_answers_every_spelling_a_static_host_answers() -> None:
    book = AddressBook()
    book.add(5, "/blog/tides/", ["/2021/tides.html", "/tides/index.html"])
    assert [book.page(path) for path in ("/2021/tides.html", "/2021/tides", "/tides/", "/tides", "/other")] == [
        5,
        5,
        5,
        5,
        None,
    ]


def test_the_first_page_keeps_an_address_two_claim() -> None:
    book = AddressBook()
    book.add(1, "/one/", ["/same/"])
    book.add(2, "/two/", ["/same/"])
    assert book.page("/same/") == 1


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a/%2e%2e/%2E%2e/../site/x.png", "/site/x.png"),
        ("../../%2e%2e/x.png", "/x.png"),
        ("/a/%2e/b/", "/a/b/"),
        ("/.well-known/x", "/.well-known/x"),
        ("/a%00b", "/a\ufffdb"),
    ],
)
def test_no_address_leads_above_the_old_sites_top(address: str, path: str) -> None:
    assert OldSite().target(address, "/a/b/") == Target(path, "")
