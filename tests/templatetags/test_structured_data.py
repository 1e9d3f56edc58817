"""What machines read of each page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from blog.models import Series
from portfolio.models import SiteSettings
from portfolio.templatetags.structured_data import plain_text, script
from tests import builders
from tests.audit.formats import data_blocks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _owner() -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.owner_name = "Mara Lindqvist"
    settings.save()


def data_of(client: Client, address: str) -> dict[str, Any]:
    """The data blocks of the page by their type."""
    soup = BeautifulSoup(client.get(address).content, "lxml")
    blocks = [json.loads(block.string) for block in soup.select('script[type="application/ld+json"]')]
    return {block["@type"]: block for block in blocks}


def test_a_post_says_who_wrote_it_and_when(client):
    page = builders.post(title="Slack water", date=datetime(2021, 5, 4, 8, tzinfo=UTC), tags=["tides"])
    data = data_of(client, page.url)["BlogPosting"]
    assert data["headline"] == "Slack water"
    assert data["datePublished"] == "2021-05-04T08:00:00+00:00"
    assert data["author"]["name"] == "Mara Lindqvist"
    assert data["keywords"] == ["tides"]


def test_an_interview_quotes_only_what_was_said_word_for_word(client):
    page = builders.interview(
        interviewee_name="Ilse Haverkamp",
        interviewer="Tomas Reyle",
        body=[
            builders.question_answer("Why?", "<p>I wait for the tide, and then I wait again.</p>"),
            ("pull_quote", {"text": "I wait for the tide", "attribution": ""}),
            ("pull_quote", {"text": "Nobody said this.", "attribution": ""}),
        ],
    )
    data = data_of(client, page.url)["Article"]
    assert [quotation["text"] for quotation in data["hasPart"]] == ["I wait for the tide"]
    assert data["hasPart"][0]["creator"]["name"] == data["about"]["name"] == "Ilse Haverkamp"
    assert data["author"]["name"] == "Tomas Reyle"


def test_the_experience_page_dates_roles_no_more_precisely_than_they_are_known(client):
    builders.role(role="Pilot", period_text="2018 - Mar 2020")
    builders.role(role="Master", period_text="2021 - now")
    person = data_of(client, builders.experience_index().url)["ProfilePage"]["mainEntity"]
    spans = {work["roleName"]: (work["startDate"], work.get("endDate")) for work in person["worksFor"]}
    assert spans == {"Pilot": ("2018", "2020-03"), "Master": ("2021", None)}


def test_breadcrumbs_lead_from_the_front_page_to_the_page(client):
    page = builders.post(title="Slack water")
    steps = data_of(client, page.url)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == [builders.home().title, builders.blog_index().title, "Slack water"]


def test_every_kind_of_page_says_what_it_is_with_all_that_its_type_needs(client):
    shared = {"tags": ["a"], "categories": ["b"], "skills": ["c"], "series": Series.objects.create(title="d")}
    pages = {
        builders.home().url: {"ProfilePage", "WebSite"},
        builders.blog_index().url: {"Blog", "BreadcrumbList"},
        builders.post(date=datetime(2021, 5, 4, tzinfo=UTC), **shared).url: {"BlogPosting", "BreadcrumbList"},
        builders.interview(interviewee_name="Ilse").url: {"Article", "BreadcrumbList"},
        builders.experience_index().url: {"ProfilePage", "BreadcrumbList"},
        builders.role(skills=["c"]).url: {"ProfilePage", "BreadcrumbList"},
        builders.standard_page().url: {"WebPage", "BreadcrumbList"},
        "/resume/": {"ProfilePage"},
    }
    lists = ("tags/a", "categories/b", "skills/c", "series/d", "archive", "archive/2021", "archive/2021/05")
    pages |= {f"/{address}/": {"CollectionPage"} for address in lists}
    assert {address: set(data_of(client, address)) for address in pages} == pages
    faults = {address: list(data_blocks(client.get(address).content.decode())) for address in pages}
    assert faults == {address: [] for address in pages}


def test_a_person_without_a_name_is_not_told_of(client):
    SiteSettings.objects.update(owner_name="")
    builders.role()
    for address in ("/", "/experience/", "/resume/"):
        assert "ProfilePage" not in data_of(client, address)


def test_the_owner_has_a_face_and_an_entry_a_picture(client):
    picture = builders.picture()
    SiteSettings.objects.update(portrait=picture)
    page = builders.post(cover=picture)
    assert data_of(client, "/")["ProfilePage"]["mainEntity"]["image"].startswith("http://localhost/media/")
    assert data_of(client, page.url)["BlogPosting"]["image"].startswith("http://localhost/media/")


def test_a_title_cannot_end_the_data_block(client):
    page = builders.post(title="</script><script>alert(1)</script>")
    response = client.get(page.url).content.decode()
    assert "<script>alert" not in response
    assert data_of(client, page.url)["BlogPosting"]["headline"] == page.title


def test_empty_values_are_left_out():
    block = script({"@type": "Person", "name": "", "sameAs": [], "worksFor": {"url": ""}, "age": 0})
    assert json.loads(block[block.index("{") : block.rindex("}") + 1]) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "age": 0,
    }


def test_plain_text_is_escaped_once_in_a_description(client):
    page = builders.post(summary='<p>Salt &amp; "rust"</p>')
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    assert soup.select_one('meta[name="description"]')["content"] == 'Salt & "rust"' == plain_text(page.summary)
