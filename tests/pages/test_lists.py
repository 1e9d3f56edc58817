"""Lists in pages: the blog, tags and categories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from blog.pagination import ENTRIES_PER_PAGE
from tests import builders

pytestmark = pytest.mark.django_db

START = datetime(2020, 1, 1, tzinfo=UTC)


def shown(client, address: str) -> list[str]:
    return [entry.title for entry in client.get(address).context["entries"]]


def test_a_long_list_has_pages_newest_first(client):
    for number in range(ENTRIES_PER_PAGE + 2):
        builders.post(title=f"Post {number:02}", date=START + timedelta(days=number))
    assert shown(client, "/blog/")[0] == f"Post {ENTRIES_PER_PAGE + 1:02}"
    assert len(shown(client, "/blog/")) == ENTRIES_PER_PAGE
    assert shown(client, "/blog/?page=2") == ["Post 01", "Post 00"]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "", "1" * 50])
def test_an_odd_page_number_still_shows_a_page(page, client):
    builders.post(title="Only")
    assert shown(client, f"/blog/?page={page}") == ["Only"]


def test_entries_are_found_under_tags_and_categories_of_any_script(client):
    builders.post(title="Post", tags=["Maré alta"], categories=["潮汐"])
    builders.interview(title="Interview", tags=["maré alta"])
    assert shown(client, "/tags/maré-alta/") == ["Interview", "Post"]
    assert shown(client, "/categories/潮汐/") == ["Post"]


@pytest.mark.parametrize("address", ["/tags/none/", "/categories/none/", "/skills/none/"])
def test_unknown_words_have_no_page(address, client):
    assert client.get(address).status_code == 404


def test_an_empty_blog_says_so(client):
    assert client.get("/blog/").status_code == 200
    assert shown(client, "/blog/") == []


def test_a_page_deep_in_the_tree_answers_at_its_address(client):
    parent = builders.standard_page(title="About")
    child = parent.add_child(instance=type(parent)(title="Colophon"))
    assert client.get("/about/colophon/").context["page"].pk == child.pk
    assert client.get("/colophon/").status_code == 404
    assert client.get("/about/colophon/more/").status_code == 404


def test_a_page_below_a_draft_still_answers(client):
    parent = builders.standard_page(title="About", live=False)
    parent.add_child(instance=type(parent)(title="Colophon"))
    assert client.get("/about/").status_code == 404
    assert client.get("/about/colophon/").status_code == 200


def test_pinned_posts_stand_first_and_say_so(client):
    builders.post(title="Welcome", date=START, pinned=True)
    builders.post(title="Newest", date=START + timedelta(days=9))
    assert shown(client, "/blog/") == ["Welcome", "Newest"]
    assert client.get("/blog/").content.decode().count(">Pinned<") == 1
    assert client.get("/").content.decode().count(">Pinned<") == 1


def test_a_list_loads_its_pictures_with_one_query(client, count_queries):
    builders.post(title="Plain")
    without = count_queries("/blog/")
    for colour in ("teal", "navy", "olive"):
        builders.post(cover=builders.picture(colour))
    assert count_queries("/blog/") == without + 1
    assert client.get("/blog/").content.decode().count('class="thumb') == 3
