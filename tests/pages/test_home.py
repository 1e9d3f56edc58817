"""The home page: who the owner is, and the sections in the owner's order or in the usual one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from portfolio.models import HomePage, SiteSettings
from portfolio.models.home.sections import default_stream
from portfolio.models.site_version import increment_site_version
from tests import builders

pytestmark = pytest.mark.django_db

START = datetime(2020, 1, 1, tzinfo=UTC)


def soup(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/").content, "html.parser")


def sections(client: Client) -> dict[str, list[str]]:
    """The titles in each section, by its heading."""
    return {
        section.h2.get_text(strip=True): [
            title.get_text(strip=True) for title in section.select(".title") or section.select(".line-list a")
        ]
        for section in soup(client).select("section.section")
    }


def arrange(*blocks: tuple[str, dict[str, Any] | None], **fields: Any) -> None:
    home = builders.home()
    home.sections = [{"type": kind, "value": value} for kind, value in blocks]
    for name, value in fields.items():
        setattr(home, name, value)
    home.save()


def test_a_new_site_has_no_section(client):
    assert sections(client) == {}


def test_what_there_is_stands_in_the_usual_order(client):
    builders.role(role="Engineer", period_text="2020 - now", skills=["SQL", "Python"])
    builders.role(role="Trainee", period_text="2015 - 2016", skills=["Python"])
    builders.post(title="Newest", skills=["Python"], date=START + timedelta(days=9))
    builders.post(title="Older", date=START)
    builders.interview(title="Asked", date=START + timedelta(days=5))
    builders.publication(title="Paper", authors_text="Mara Quist", year=2020)
    builders.talk(title="Spoken", date=START)
    assert sections(client) == {
        "Experience": ["Engineer", "Trainee"],
        "Writing": ["Newest", "Asked", "Older"],
        "Publications": ["Paper"],
        "Talks": ["Spoken"],
        "Skills": ["Python", "SQL"],
    }
    assert soup(client).select_one(".now").get_text(" ", strip=True).startswith("Now Engineer")


def test_featured_work_is_selected_and_shown_once(client):
    builders.project(title="Loom", featured=True, position=1)
    builders.project(title="Kiln")
    builders.publication(title="Paper", featured=True, year=2020)
    builders.publication(title="Preprint", year=2019)
    shown = sections(client)
    assert shown["Selected work"] == ["Loom", "Paper"]
    assert shown["Publications"] == ["Preprint"]


def test_projects_are_selected_where_nothing_is_featured(client):
    for number in range(6):
        builders.project(title=f"Project {number}", position=number)
    assert sections(client)["Selected work"] == [f"Project {number}" for number in range(4)]


def test_the_owner_orders_names_and_counts_the_sections(client):
    for number in range(4):
        builders.post(title=f"Post {number}", date=START + timedelta(days=number))
    builders.interview(title="Asked")
    builders.role(role="Engineer", period_text="2020 - now")
    arrange(
        ("writing", {"heading": "Notes", "kind": "post", "number": 2}),
        ("writing", {"heading": "Conversations", "kind": "interview", "number": 3}),
        ("roles", {"heading": "", "number": 1}),
    )
    assert list(sections(client).items()) == [
        ("Notes", ["Post 3", "Post 2"]),
        ("Conversations", ["Asked"]),
        ("Experience", ["Engineer"]),
    ]
    ids = [heading["id"] for heading in soup(client).select("section h2")]
    assert ids == ["writing", "writing-2", "roles"]


def test_chosen_work_keeps_its_order_and_what_is_not_public_is_left_out(client):
    post, project, talk = builders.post(title="Post"), builders.project(title="Loom"), builders.talk(title="Spoken")
    draft, private = builders.project(title="Draft", live=False), builders.project(title="Private")
    builders.make_private(private)
    keys = [talk.pk, draft.pk, post.pk, private.pk, project.pk]
    arrange(("work", {"heading": "", "pages": keys, "number": 6}))
    assert sections(client) == {"Selected work": ["Spoken", "Post", "Loom"]}
    talk.delete()
    assert sections(client) == {"Selected work": ["Post", "Loom"]}


@pytest.mark.parametrize("number", [None, -3, 0, 10**9, "many"])
def test_a_stored_number_that_no_form_allows_shows_some(number, client):
    builders.post(title="Post")
    arrange(("writing", {"heading": None, "kind": "poem", "number": number}), ("juggling", {}))
    assert sections(client) == {"Writing": ["Post"]}


def test_the_body_stands_where_the_owner_puts_it(client):
    builders.post(title="Post")
    body = [{"type": "text", "value": "<p>Welcome aboard.</p>"}]
    arrange(("writing", {}), ("text", None), body=body)
    page = soup(client)
    assert page.select_one("section.section + .e-content").get_text(strip=True) == "Welcome aboard."
    arrange(("writing", {}), body=body)
    assert "Welcome aboard." not in soup(client).get_text()


def test_the_head_says_how_to_reach_the_owner_unless_that_is_switched_off(client):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.owner_name, settings.email, settings.location = "Mara Quist", "mara@quist.example", "Saltport"
    settings.portrait = builders.picture()
    settings.links = [{"type": "link", "value": {"label": "Code", "url": "https://code.example/mara"}}]
    settings.save()
    builders.role(role="Engineer", period_text="2020 - now")
    head = soup(client).select_one(".h-card")
    assert [item.get_text(strip=True) for item in head.select(".contact li")] == [
        *("Saltport", "mara@quist.example", "Code"),
    ]
    assert head.select_one("a.button")["href"] == "/resume/"
    assert len(head.select("img.u-photo, .now")) == 2
    arrange(**{f"shows_{name}": False for name in ("portrait", "contact", "resume", "current_roles")})
    head = soup(client).select_one(".h-card")
    assert not head.select(".contact, .button, .u-photo, .now, .reach")


def test_where_the_owner_works_names_roles_before_mere_places(client):
    place = builders.organisation(name="Saltmarsh Instruments")
    builders.role(role="", title="A title", organisation=place, period_text="2022 - now")
    now = lambda: soup(client).select_one(".now").get_text()  # noqa: E731
    assert now() == "Now at Saltmarsh Instruments."
    builders.role(role="Writer", title="Another title", organisation=None, period_text="2020 - now")
    increment_site_version()
    assert now() == "Now Writer · at Saltmarsh Instruments."


def test_what_is_shown_follows_what_is_published(client, as_committed):
    with as_committed():
        builders.post(title="First")
        increment_site_version()
        assert sections(client) == {"Writing": ["First"]}
        builders.post(title="Second")
        increment_site_version()
        assert sections(client) == {"Writing": ["Second", "First"]}


def test_a_preview_shows_the_sections_that_are_being_edited(client, as_committed):
    builders.post(title="Post")
    with as_committed():
        assert sections(client) == {"Writing": ["Post"]}
        home = builders.home()
        home.sections = [{"type": "writing", "value": {"heading": "Diary", "number": 3}}]
        response = home.make_preview_request()
    assert "Diary" in response.rendered_content


def test_the_form_offers_the_usual_sections_until_somebody_arranges_them():
    form = HomePage.get_edit_handler().get_form_class()
    home = builders.home()
    offered = form(instance=home, for_user=None).initial["sections"]
    assert [block.block_type for block in offered] == [block["type"] for block in default_stream()]
    arrange(("roles", {}))
    kept = form(instance=builders.home(), for_user=None).initial["sections"]
    assert [block.block_type for block in kept] == ["roles"]


def test_the_first_visitor_of_a_version_costs_the_same_queries_whatever_there_is(client, as_committed):
    def first_visit() -> int:
        increment_site_version()
        with as_committed(), CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    def fill(count: int) -> None:
        picture = builders.picture()
        for number in range(count):
            builders.post(cover=picture, skills=["Python"])
            builders.interview()
            builders.project(cover=picture, featured=True)
            builders.publication(authors_text="Mara Quist", year=2020)
            builders.talk()
            organisation = builders.organisation(f"Organisation {number}", logo=picture)
            builders.role(organisation=organisation, period_text="2020 - now")

    fill(3)
    first_visit()
    few = first_visit()
    fill(9)
    assert first_visit() == few
