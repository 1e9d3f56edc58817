"""Projects for readers: the grid, one project, the front page and the skills that they show."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from experience.models import ProjectIndexPage, ProjectPage
from portfolio.models.index_pages import IndexPage
from tests import builders

pytestmark = pytest.mark.django_db


def titles(html: str) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in html.split('class="p-name u-url"')[1:]]


def test_projects_stand_by_position_then_the_newest_first(client):
    builders.project(title="Old", period_text="2015 - 2016")
    builders.project(title="Now", period_text="2014 - now")
    builders.project(title="New", period_text="2022")
    builders.project(title="First", period_text="2001", position=1)
    assert titles(client.get("/projects/").content.decode()) == ["First", "Now", "New", "Old"]


def test_projects_are_grouped_by_category_when_most_have_several(client):
    for title, category in (("A", "Sea"), ("B", "sea"), ("C", "Land"), ("D", "Land")):
        builders.project(title=title, category=category)
    html = client.get("/projects/").content.decode()
    assert "<span>Sea</span>" in html
    assert "<span>Land</span>" in html
    ProjectPage.objects.get(title="B").delete()
    assert "<span>Sea</span>" not in client.get("/projects/").content.decode()


def test_list_is_narrowed_by_skill(client):
    builders.project(title="Fit", skills=["Python", "Rust"])
    builders.project(title="Rope", skills=["Python"])
    builders.project(title="Lamp", skills=["Soldering"])
    html = client.get("/projects/").content.decode()
    assert '?skill=python">Python</a><span class="count">2</span>' in html
    assert "?skill=rust" not in html
    assert titles(client.get("/projects/?skill=rust").content.decode()) == ["Fit"]
    assert len(titles(client.get("/projects/?skill=none").content.decode())) == 3


def test_project_shows_its_links_outcome_and_structured_data(client):
    links = [("link", {"kind": "code", "url": "https://code.example/fit", "label": ""})]
    builders.project(
        title="Fit", slug="fit", outcome="Nineteen harbours.", links=links, period_text="2021 - now", skills=["Python"]
    )
    html = client.get("/projects/fit/").content.decode()
    assert '<a class="u-url" href="https://code.example/fit">Code</a>' in html
    assert "Nineteen harbours." in html
    assert '"@type": "SoftwareSourceCode"' in html
    assert '"codeRepository": "https://code.example/fit"' in html
    assert '"dateCreated": "2021"' in html
    markdown = client.get("/projects/fit.md").content.decode()
    assert "code: https://code.example/fit" in markdown
    assert "period: 2021 – now" in markdown


def test_link_that_would_run_a_script_is_not_shown(client):
    page = builders.project(title="Fit", slug="fit")
    raw = [{"type": "link", "value": {"kind": "code", "url": "javascript:alert(1)", "label": ""}}]
    ProjectPage.objects.filter(pk=page.pk).update(links=json.dumps(raw))
    assert "javascript:" not in client.get("/projects/fit/").content.decode()


def test_featured_project_is_on_the_front_page(client):
    builders.project(title="Shown", featured=True, cover=builders.picture())
    builders.project(title="Other")
    builders.project(title="Draft", featured=True, live=False)
    html = client.get("/").content.decode()
    assert "Selected work" in html
    assert "Shown" in html
    assert "Other" not in html
    assert "Draft" not in html


def test_skill_page_counts_projects_by_their_period(client):
    builders.project(title="Fit", skills=["Python"], period_text="2012 - 2014")
    html = " ".join(client.get("/skills/python/").content.decode().split())
    assert "Used 2012 to 2014 in 1 project." in html
    assert '<h2 id="projects"><span>Projects</span></h2>' in html


def test_project_without_a_date_is_in_no_feed_and_in_the_list(client):
    builders.project(title="Undated", date=None, skills=["Python"])
    builders.project(title="Dated")
    feed = [item["title"] for item in client.get("/feed.json").json()["items"]]
    assert feed == ["Dated"]
    for address in ("/projects/", "/archive/", "/llms.txt", "/sitemap.xml", "/skills/python/"):
        text = client.get(address).content.decode()
        assert "Undated" in text or "undated" in text, address


def test_writing_the_first_project_makes_its_index_which_is_published_with_it(client):
    assert not ProjectIndexPage.objects.exists()
    client.force_login(builders.user("Moderators"))
    response = client.get(reverse("new_page", args=["project"]), follow=True)
    assert response.status_code == 200
    assert isinstance(response.context["form"].instance, ProjectPage)
    index = ProjectIndexPage.objects.get()
    assert not index.live
    assert client.get("/projects/").status_code == 404
    client.get(reverse("new_page", args=["project"]))
    assert ProjectIndexPage.objects.count() == 1
    page = index.add_child(instance=ProjectPage(title="Fit", live=False))
    page.save_revision().publish()
    assert client.get("/projects/").status_code == 200


def test_index_that_was_withdrawn_stays_withdrawn():
    page = builders.project(title="Fit")
    index = page.get_parent().specific
    assert isinstance(index, IndexPage)
    index.unpublish()
    page.save_revision().publish()
    index.refresh_from_db()
    assert not index.live
