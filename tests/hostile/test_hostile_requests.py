"""Whatever is asked: no parameter, header or piece of an address is a server error.

The names of parameters come from the source, so that what is new is tried without anybody thinking of it. The site has
one hostile page of each kind: how many there are makes these requests longer and no different.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest

from tests.admin.admin_addresses import addresses
from tests.hostile.questions import HEADERS, PIECES, SEARCHES, VALUES, parameters, patterns, same
from tests.hostile.request_recorder import RequestRecorder, public_addresses
from tests.hostile.site import HostileSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore"),  # what is deprecated or not closed is the matter of other tests
]

# They change who is signed in, or exist to fail.
NOT_ASKED = {"wagtailadmin_error_test", "wagtailadmin_logout"}


@pytest.fixture(scope="module")
def site(module_content: None) -> HostileSite:
    return HostileSite(["controls"])


def by_turns(values: list[Any], many: int) -> Iterator[list[Any]]:
    """``many`` of the values at a time, so that in the end all have had their turn."""
    endless = cycle(values)
    while True:
        yield list(islice(endless, many))


def test_no_piece_of_an_address_is_an_error(site: HostileSite) -> None:
    asked = RequestRecorder()
    for piece in PIECES:
        for place in ("/{}", "/{}/", "/{}.md", "/blog/{}/", "/2021/{}/feed.xml", "/static/{}", "/admin/{}/"):
            asked(place.format(piece))
    turns = by_turns(PIECES, 6)
    for _, pattern in patterns():
        if "slug" in pattern.pattern.converters or pattern.pattern.regex.groups:
            for address in public_addresses(site, next(turns), only=pattern):
                asked(address)
    asked.verdict()


def test_no_parameter_of_a_public_address_is_an_error(site: HostileSite) -> None:
    """All parameters hostile at once: each address with some of the values, the lists with all of them."""
    asked, names, turns = RequestRecorder(), parameters(), by_turns(VALUES, 4)
    for several in public_addresses(site).values():
        for value in next(turns):
            asked(several[0], same(value, names))
    for value in VALUES:
        for name in ("q", "page", "year"):
            asked("/search/", f"{name}={value}")
        asked("/search/", "q=a&" + same(value, ["type", "category", "skill", "tag"]))
        asked("/search/", f"q=a&page={value}&year=2021&year={value}&{value}={value}&{value}")
        asked("/blog/", f"page={value}&page=1")
    for value in SEARCHES:
        asked("/search/", f"q={value}")
    asked.verdict()


def first_addresses(site: HostileSite, of_files: bool) -> list[str]:
    firsts = [several[0] for several in public_addresses(site).values()]
    return [address for address in firsts if address.startswith("/media/") is of_files]


@pytest.mark.parametrize("of_files", [False, True], ids=["pages", "files"])
def test_no_header_is_an_error(site: HostileSite, of_files: bool) -> None:
    asked, turns = RequestRecorder(), by_turns(HEADERS, 3)
    firsts = first_addresses(site, of_files)
    for address in firsts:
        for headers in next(turns):
            asked(address, **headers)
        for method in ("HEAD", "OPTIONS", "PROPFIND"):
            asked(address, method=method)
    pages = ["/", "/blog/post-controls/", "/feed.xml", "/admin/login/", "/static/portfolio/none.css"]
    for address in firsts if of_files else pages:
        for headers in HEADERS:
            asked(address, **headers)
    asked.verdict()


@pytest.mark.parametrize("of_files", [False, True], ids=["pages", "files"])
def test_what_was_answered_with_is_asked_for_again(site: HostileSite, of_files: bool) -> None:
    """Each answer's own validators sent back: the 304 of a page, of a file and of a picture."""
    asked = RequestRecorder()
    for address in first_addresses(site, of_files):
        answer = asked.client.get(address)
        known = {
            header: answer.headers[given]
            for header, given in (("If-Modified-Since", "Last-Modified"), ("If-None-Match", "ETag"))
            if given in answer.headers
        }
        b"".join(answer.streaming_content if answer.streaming else [])
        for method in ("GET", "HEAD"):
            asked(address, method=method, **known)
    asked.verdict()


def admin_addresses(site: HostileSite) -> Iterator[tuple[str, str]]:
    for address in addresses():
        if address.name and address.name not in NOT_ASKED:
            yield address.name, site.things.url(address)


def test_no_parameter_of_the_admin_is_an_error(site: HostileSite) -> None:
    """Every address with all parameters hostile at once, each with the next of the values."""
    asked, names, values = RequestRecorder(site.things.administrator), parameters(), cycle(VALUES)
    for _, address in admin_addresses(site):
        asked(address, same(next(values), names))
    asked.verdict()


@pytest.mark.parametrize("name", ["images", "documents", "pages"])
def test_a_parameter_that_the_admins_api_cannot_read_is_refused(site: HostileSite, name: str) -> None:
    client = RequestRecorder(site.things.administrator).client
    assert client.get(f"/admin/api/main/{name}/find/", {"id": "nan"}).status_code == 400


# One of each kind of search: what is indexed, what is looked up plainly, lists, choosers, suggestions, the API.
SEARCHED = (
    "wagtailadmin_pages:search_results wagtailadmin_choose_page_search wagtailadmin_explore_results "
    "wagtailimages:index_results wagtailimages_chooser:choose_results wagtaildocs:index_results "
    "wagtaildocs_chooser:choose_results wagtailsnippets_blog_category:list_results posts:index_results "
    "wagtailsnippetchoosers_experience_organisation:choose_results wagtailusers_users:index_results "
    "wagtailredirects:index_results wagtailadmin_tag_autocomplete skill_suggestions wagtailadmin_api:pages:listing "
    "wagtailadmin_api:images:listing roles:index_results"
).split()


def test_no_search_of_the_admin_is_an_error(site: HostileSite) -> None:
    asked = RequestRecorder(site.things.administrator)
    searched = {name: address for name, address in admin_addresses(site) if name in SEARCHED}
    assert set(SEARCHED) == set(searched)
    turns = by_turns(SEARCHES, 10)
    for address in searched.values():
        for value in next(turns):
            status = asked(address, "&".join(f"{name}={value}" for name in ("q", "term", "search") if value))
            assert status in (200, 400), f"{address} {value}"
    asked.verdict()
