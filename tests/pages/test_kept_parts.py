"""Parts of pages that are kept for one version of the site, and pages that are kept whole."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio.models.site_version import increment_site_version
from tests import builders

pytestmark = pytest.mark.django_db

MOST_QUERIES = 4  # the version, and whether a page of the tree has the address


@pytest.mark.parametrize("address", ["/archive/", "/resume/", "/resume/full/", "/skills/python/"])
def test_a_page_that_is_kept_follows_what_is_published(address, client, as_committed) -> None:
    def read() -> str:
        with CaptureQueriesContext(connection) as queries:
            pages = [client.get(address).content.decode() for _ in range(2)]
        assert pages[0] == pages[1]
        assert len([query for query in queries if "SELECT" in query["sql"]]) > MOST_QUERIES, "the first one is made"
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= MOST_QUERIES
        return pages[0]

    builders.role(role="Pilot", title="Pilot", skills=["Python"])
    with as_committed():
        read()
        role = builders.role(role="Keeper", title="Keeper", skills=["Python"])
        increment_site_version()
        assert "Keeper" in read()
        builders.make_private(role)
        increment_site_version()
        assert "Keeper" not in read()


def test_the_menu_says_where_the_reader_is(client, as_committed) -> None:
    post, blog, roles = builders.post(), builders.blog_index(), builders.experience_index()
    for page in (blog, roles):
        page.show_in_menus = True
        page.save()
    builders.role()
    with as_committed():
        for address in [blog.url, roles.url, "/search/", post.url, "/nothing-is-here/", blog.url, "/search/", "/"]:
            soup = BeautifulSoup(client.get(address).content, "html.parser")
            links = soup.select(".masthead nav a")
            assert {blog.url, roles.url, "/search/"} <= {link["href"] for link in links}
            marked = [link["href"] for link in links if link.get("aria-current") == "page"]
            assert marked == [link["href"] for link in links if link["href"] == address]
