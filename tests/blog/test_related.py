"""What else to read, below an entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from blog.models import BlogPage, Series
from tests import builders

pytestmark = pytest.mark.django_db


def related(page: BlogPage) -> list[str]:
    return [entry.title for entry in BlogPage.objects.get(pk=page.pk).related_entries.entries]


def test_the_most_in_common_comes_first_and_a_skill_says_more_than_a_tag():
    page = builders.post(tags=["brass", "steel"], skills=["Python"])
    builders.post(title="Nothing", tags=["wood"])
    builders.post(title="One tag", tags=["brass"])
    builders.post(title="A skill", skills=["Python"])
    builders.interview(title="A skill and a tag", skills=["Python"], tags=["steel"])
    assert related(page) == ["A skill and a tag", "A skill", "One tag"]


def test_what_is_not_for_everybody_is_not_offered():
    page = builders.post(tags=["brass"])
    builders.post(title="Draft", tags=["brass"], live=False)
    builders.make_private(builders.post(title="Private", tags=["brass"]))
    assert related(page) == []


def test_parts_of_the_same_series_are_listed_there_only():
    series = Series.objects.create(title="Gauges")
    first, second, third = (builders.post(series=series, series_position=n, tags=["brass"]) for n in (1, 2, 3))
    related = BlogPage.objects.get(pk=second.pk).related_entries
    assert [part.pk for part in related.parts] == [first.pk, second.pk, third.pk]
    assert (related.previous.pk, related.next.pk) == (first.pk, third.pk)
    assert related.entries == []


def test_the_parts_beside_are_linked_as_such(client):
    series = Series.objects.create(title="Gauges")
    for number in (1, 2, 3):
        builders.post(title=f"Part {number}", series=series, series_position=number)
    html = client.get("/blog/part-2/").content.decode()
    assert '<a href="/blog/part-1/" rel="prev"><span>Previous part' in html
    assert '<a href="/blog/part-3/" rel="next"><span>Next part' in html


def test_links_to_pages_of_this_site_cost_no_queries_of_their_own(client, count_queries):
    targets = [builders.post(title=f"Target {number}") for number in range(4)]
    link = '<p><a linktype="page" id="{}">there</a></p>'
    builders.post(title="One", body=[("text", link.format(targets[0].pk))])
    builders.post(title="Four", body=[("text", link.format(target.pk)) for target in targets])
    assert count_queries("/blog/one/") == count_queries("/blog/four/") <= 6
    assert 'href="/blog/target-3/"' in client.get("/blog/four/").content.decode()


def test_an_entry_outside_of_series_leads_to_those_before_and_after_it(client):
    day = datetime(2024, 5, 6, tzinfo=UTC)
    for number, fields in enumerate(
        [{"title": "Oldest"}, {"title": "Old"}, {"title": "Same day"}, {"title": "Hidden", "live": False}]
    ):
        builders.post(date=day + timedelta(days=number // 2), **fields)
    builders.make_private(builders.post(title="Private", date=day + timedelta(days=1)))
    builders.post(title="Otro", language="es", date=day + timedelta(days=1))
    builders.interview(title="New", date=day + timedelta(days=2))
    html = client.get("/blog/same-day/").content.decode()
    assert '<a href="/blog/old/" rel="prev"><span>Earlier' in html
    assert '<a href="/blog/new/" rel="next"><span>Later' in html
    assert 'rel="prev"' not in client.get("/blog/oldest/").content.decode()
    assert 'id="nearest"' not in client.get("/blog/otro/").content.decode()


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://github.com/mara/notes/discussions/7", "GitHub"),
        ("https://www.reddit.com/r/tides/comments/1/", "Reddit"),
        ("https://social.example/@mara/112", "social.example"),
    ],
)
def test_a_discussion_elsewhere_is_linked_by_the_name_of_its_place(client, address, place):
    builders.post(title="Tides", discussion_url=address)
    html = client.get("/blog/tides/").content.decode()
    assert f'<a class="u-comments" href="{address}" rel="noopener">Discuss on {place}</a>' in html
    assert f'"discussionUrl": "{address}"' in html.replace('":"', '": "')


def test_a_stored_address_that_must_not_be_followed_is_no_discussion(client):
    page = builders.post(title="Tides")
    type(page).objects.update(discussion_url="javascript:alert(1)")
    assert "Discuss on" not in client.get("/blog/tides/").content.decode()
