"""The contents of the whole site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blog.models import Series
from blog.page_kinds import TAGS
from portfolio.content import registry
from portfolio.models import SiteSettings
from portfolio.search import archive
from tests import builders

pytestmark = pytest.mark.django_db


def outline(client, address: str = "/archive/") -> dict[int, dict[int, list[str]]]:
    """Year -> month -> titles, or the number of entries where a year is folded."""
    context = client.get(address).context
    years = context["years"] if "years" in context else [context["year"]]
    return {
        year.number: {
            month.first.month: [entry.title for entry in month.entries] if year.is_open else month.count
            for month in year.months
        }
        for year in years
    }


def post(title: str, *day: int) -> None:
    builders.post(title=title, date=datetime(*day, tzinfo=UTC))


def test_entries_stand_under_year_and_month_newest_first(client):
    post("First", 2022, 3, 1)
    post("Second", 2022, 3, 9)
    post("Third", 2022, 5, 2)
    builders.interview(title="Fourth", date=datetime(2024, 1, 31, tzinfo=UTC))
    assert outline(client) == {2024: {1: ["Fourth"]}, 2022: {5: ["Third"], 3: ["Second", "First"]}}
    assert list(outline(client)) == [2024, 2022]
    assert outline(client, "/archive/2022/") == {2022: {5: ["Third"], 3: ["Second", "First"]}}
    month = client.get("/archive/2022/03/").context["month"]
    assert [entry.title for entry in month.entries] == ["Second", "First"]


def test_days_are_those_of_the_owners_calendar(client):
    site = builders.home().sites_rooted_here.get()
    SiteSettings.objects.update_or_create(site=site, defaults={"time_zone": "Pacific/Auckland"})
    post("New year", 2023, 12, 31, 20)
    assert outline(client) == {2024: {1: ["New year"]}}
    assert client.get("/archive/2024/01/").status_code == 200


def test_years_beyond_the_room_are_folded_into_months(client, monkeypatch):
    monkeypatch.setattr(archive, "MOST_TITLES", 2)
    for day in (1, 2):
        post(f"New {day}", 2024, 1, day)
    for day in (1, 2, 3):
        post(f"Old {day}", 2020, 6, day)
    assert outline(client) == {2024: {1: ["New 2", "New 1"]}, 2020: {6: 3}}
    assert outline(client, "/archive/2020/") == {2020: {6: 3}}
    assert "Old 3" in client.get("/archive/2020/06/").content.decode()
    assert "Old" not in client.get("/archive/").content.decode()


def test_years_lead_to_those_beside_them(client):
    for number in (2019, 2021, 2024):
        post("Post", number, 1, 1)
    context = client.get("/archive/2021/").context
    assert (context["older"], context["newer"]) == (2019, 2024)
    context = client.get("/archive/2024/").context
    assert (context["older"], context["newer"]) == (2021, None)


@pytest.mark.parametrize("address", ["2019/", "2020/02/", "2020/13/", "20/", "2020/3/"])
def test_there_is_no_page_for_a_time_without_entries(address, client):
    post("Only", 2020, 3, 1)
    assert client.get(f"/archive/{address}").status_code == 404


def test_everything_on_the_site_is_in_its_contents(client):
    about = builders.standard_page(title="About the author")
    about.add_child(instance=type(about)(title="Colophon page"))
    builders.role(title="Harbour engineer at Brackwater")
    series = Series.objects.create(title="A year at the gauge")
    builders.post(title="Springs", categories=["Tides"], tags=["Harmonics"], skills=["Fortran"], series=series)
    html = client.get("/archive/").content.decode()
    addresses = [
        "/about-the-author/", "/about-the-author/colophon-page/", "/experience/harbour-engineer-at-brackwater/",
        "/blog/springs/", "/categories/tides/", "/tags/harmonics/", "/series/a-year-at-the-gauge/", "/skills/fortran/",
    ]  # fmt: skip
    assert [address for address in addresses if f'href="{address}"' not in html] == []
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_subjects_are_counted_most_used_first_and_shown_by_name(client, monkeypatch):
    monkeypatch.setitem(registry._taxonomies, "tag", replace(TAGS, max_listed=2))
    for tags in (["Waves", "Ebb"], ["Waves", "Ebb"], ["Rare"]):
        builders.post(tags=tags)
    found = {taxonomy.name: terms for taxonomy, terms in client.get("/archive/").context["taxonomies"]}
    assert [(tag.name, tag.uses) for tag in found["tag"]] == [("Ebb", 2), ("Waves", 2)]


def test_an_empty_site_has_contents_too(client):
    assert client.get("/archive/").status_code == 200
    assert outline(client) == {}


def test_the_contents_need_as_many_queries_for_many_entries(count_queries):
    def fill(number: int) -> None:
        series = Series.objects.create(title=f"Series {number}")
        builders.post(tags=[f"tag {number}"], categories=[f"Sea {number}"], skills=[f"Skill {number}"], series=series)
        builders.role(organisation=builders.organisation(f"Works {number}"))
        builders.standard_page()

    fill(0)
    few = count_queries("/archive/")
    for number in range(1, 12):
        fill(number)
    assert count_queries("/archive/") == few
