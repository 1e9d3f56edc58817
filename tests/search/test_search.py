"""Search finds every kind of page, the same on every database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from blog.models import Entry
from portfolio.search.views import RESULTS_PER_PAGE
from tests import builders

pytestmark = pytest.mark.django_db


def found(client, query: str, **more: str) -> set[str]:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return {page.title for page in response.context["results"] or ()}


@pytest.fixture
def _site():
    builders.post(
        title="Reading gauges",
        summary="<p>About brass instruments.</p>",
        body=[
            ("text", "<p>The <b>sluice</b> stood open.</p>"),
            ("code", {"language": "sql", "code": "SELECT height FROM marigram", "title": "", "highlight": ""}),
            ("markdown", {"source": "A *barnacle* on the sensor.", "flavour": "kramdown"}),
            (
                "table",
                {"columns": [{"type": "text", "heading": "Pier"}], "rows": [{"values": ["Driftwood"]}], "caption": ""},
            ),
        ],
        tags=["hydrography"],
        categories=["Instruments"],
        skills=["PostgreSQL"],
    )
    builders.interview(
        title="At the harbour",
        interviewee_name="Ilse Haverkamp",
        body=[builders.question_answer("What is a neap?", "<p>The weaker tide.</p>")],
    )
    builders.role(
        title="Engineer",
        role="Tidal engineer",
        organisation=builders.organisation("Fjordline Robotics"),
        location="Stavanger",
        skills=["Kubernetes"],
    )
    builders.standard_page(title="Colophon", body=[("text", "<p>Set in Charter.</p>")])
    for page in Page.objects.filter(title__in=["Reading gauges", "At the harbour", "Engineer", "Colophon"]).specific():
        page.save_revision().publish()


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("gauges", {"Reading gauges"}),
        ("GAUGES", {"Reading gauges"}),
        ("brass", {"Reading gauges"}),
        ("sluice", {"Reading gauges"}),
        ("marigram", {"Reading gauges"}),
        ("barnacle", {"Reading gauges"}),
        ("driftwood", {"Reading gauges"}),
        ("hydrography", {"Reading gauges"}),
        ("postgresql", {"Reading gauges"}),
        ("haverkamp", {"At the harbour"}),
        ("neap", {"At the harbour"}),
        ("weaker tide", {"At the harbour"}),
        ("fjordline", {"Engineer"}),
        ("kubernetes", {"Engineer"}),
        ("stavanger", {"Engineer"}),
        ("charter", {"Colophon"}),
        ("sluice harbour", set()),
        ("absent", set()),
    ],
)
def test_words_of_every_kind_of_page_are_found(query, titles, client):
    assert found(client, query) == titles


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize(
    "query",
    ["", "   ", "'", '"', "()", "* OR 1=1", "a:b & !c", "%", "\\", "NEAR(", "x" * 5000, "🌊", "-gauges"],
)
def test_odd_queries_are_answered(query, client):
    found(client, query)


def test_results_have_pages_that_keep_the_query(client):
    for number in range(RESULTS_PER_PAGE + 1):
        builders.post(title=f"Gauge {number}")
    first, second = found(client, "gauge"), found(client, "gauge", page="2")
    assert (len(first), len(second)) == (RESULTS_PER_PAGE, 1)
    assert not first & second
    assert "q=gauge&amp;page=2" in client.get("/search/?q=gauge").content.decode()


def test_results_are_loaded_by_one_query_for_each_page_type(client):
    """Not by one that joins all page types, and not by one for each result."""
    for number in range(RESULTS_PER_PAGE - 2):
        builders.post(title=f"Gauge {number}")
    builders.interview(title="Gauge, a conversation")
    builders.standard_page(title="Gauge, about it")
    with CaptureQueriesContext(connection) as queries:
        assert len(found(client, "gauge")) == RESULTS_PER_PAGE
    tables = ["blog_blogpage", "blog_interviewpage", "portfolio_standardpage"]
    loaded = [[table for table in tables if f'"{table}"."body"' in query["sql"]] for query in queries]
    assert sorted(filter(None, loaded)) == [[table] for table in tables]


def test_the_query_is_shown_as_text(client):
    html = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def counts(client, address: str) -> dict[str, dict[str, int]]:
    facets = client.get(address).context["facets"]
    return {facet.key: {choice.name: choice.count for choice in facet.choices} for facet in facets}


@pytest.fixture
def _sorted():
    in_2020, in_2021 = datetime(2020, 6, 1, tzinfo=UTC), datetime(2021, 6, 1, tzinfo=UTC)
    builders.post(title="Gauge one", tags=["brass"], skills=["Python"], categories=["Tides"], date=in_2020)
    builders.post(title="Gauge two", tags=["brass", "steel"], skills=["SQL"], categories=["Tides"], date=in_2021)
    builders.interview(title="Of gauge and clock", tags=["steel"], categories=["People"], date=in_2021)
    builders.role(title="Keeper of the gauge", skills=["Python"])
    builders.standard_page(title="Gauge room")


@pytest.mark.usefixtures("_sorted")
def test_facets_count_what_is_found(client):
    assert counts(client, "/search/?q=gauge") == {
        "type": {"Posts": 2, "Interviews": 1, "Experience": 1, "Pages": 1},
        "category": {"Tides": 2, "People": 1},
        "skill": {"Python": 2, "SQL": 1},
        "tag": {"brass": 2, "steel": 2},
        "year": {"2021": 2, "2020": 1},
    }


@pytest.mark.usefixtures("_sorted")
@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({"type": "post"}, {"Gauge one", "Gauge two"}),
        ({"type": "page"}, {"Gauge room"}),
        ({"type": "experience"}, {"Keeper of the gauge"}),
        ({"skill": "python"}, {"Gauge one", "Keeper of the gauge"}),
        ({"tag": "steel", "type": "interview"}, {"Of gauge and clock"}),
        ({"category": "tides", "year": "2021"}, {"Gauge two"}),
        ({"year": "2021", "tag": "brass"}, {"Gauge two"}),
        ({"tag": "no-such-tag"}, set()),
        (
            {"type": "nonsense", "year": "20x1"},
            {"Gauge one", "Gauge two", "Of gauge and clock", "Keeper of the gauge", "Gauge room"},
        ),
    ],
)
def test_a_facet_narrows_with_words_and_without(chosen, titles, client):
    assert found(client, "gauge", **chosen) == titles
    if chosen.keys() != {"type", "year"}:
        response = client.get("/search/", chosen)
        assert titles <= {page.title for page in response.context["results"] or ()}


@pytest.mark.usefixtures("_sorted")
def test_every_link_of_a_facet_finds_as_many_as_it_says(client):
    for facet in client.get("/search/?q=gauge").context["facets"]:
        for choice in facet.choices:
            assert client.get(choice.url).context["page_obj"].paginator.count == choice.count, choice.url


@pytest.mark.usefixtures("_sorted")
def test_a_choice_can_be_taken_back(client):
    facets = client.get("/search/?q=gauge&tag=steel").context["facets"]
    (choice,) = [choice for facet in facets for choice in facet.choices if choice.is_chosen]
    assert (choice.name, choice.url) == ("steel", "/search/?q=gauge")


@pytest.mark.usefixtures("_sorted")
def test_what_is_not_for_everybody_is_in_no_count(client):
    before = counts(client, "/search/?q=gauge")
    same = {"tags": ["brass", "hidden"], "skills": ["Python", "Hiding"], "categories": ["Tides", "Hidden"]}
    builders.post(title="Draft gauge", live=False, **same)
    builders.make_private(builders.post(title="Private gauge", **same))
    builders.post(title="Expired gauge", live=False, expired=True, expire_at=timezone.now(), **same)
    builders.role(title="Secret gauge", live=False, skills=["Hiding"])
    assert counts(client, "/search/?q=gauge") == before
    assert counts(client, "/search/?tag=hidden") == {}


def test_newest_entries_are_offered_where_nothing_is_found_unless_facets_are_chosen(client):
    builders.post(title="A gauge", date=datetime(2024, 1, 1, tzinfo=UTC))
    assert "A gauge" in client.get("/search/?q=barometer").text
    assert "A gauge" not in client.get("/search/?q=gauge&year=2019").text


@pytest.mark.usefixtures("_sorted")
def test_words_in_the_title_come_first_then_the_newest(client):
    builders.post(title="Old", body=[("text", "<p>A gauge.</p>")], date=datetime(2024, 1, 1, tzinfo=UTC))
    builders.post(title="New", body=[("text", "<p>A gauge.</p>")], date=datetime(2025, 1, 1, tzinfo=UTC))
    entries = [page.title for page in client.get("/search/?q=gauge").context["results"]]
    dates = dict(Entry.objects.values_list("title", "date"))
    assert [title for title in entries if title in dates] == [
        "Of gauge and clock",
        "Gauge two",
        "Gauge one",
        "New",
        "Old",
    ]


def test_found_words_are_marked_and_nothing_else_is_markup(client):
    builders.post(
        title="On <b>brass</b>", body=[("text", f"<p>{'far ' * 100}a &lt;i&gt; brass <b>gauge</b> stands</p>")]
    )
    html = client.get("/search/?q=brass").content.decode()
    assert "On &lt;b&gt;<mark>brass</mark>&lt;/b&gt;" in html
    assert "a &lt;i&gt; <mark>brass</mark> gauge stands" in html
    assert "… far" in html


@pytest.mark.parametrize("address", ["/blog/reading-the-guages/", "/2020/01/02/reading-gauge.html"])
def test_a_wrong_address_offers_what_is_called_nearly_so(address, client):
    builders.post(title="Reading gauges")
    builders.post(title="Reading gauges by night", live=False)
    builders.make_private(builders.post(title="Reading gauges at home"))
    builders.post(title="Something else")
    response = client.get(address)
    assert response.status_code == 404
    assert [page.title for page in response.context["similar_pages"]] == ["Reading gauges"]


def test_the_form_may_be_found_by_search_engines_and_its_results_not(client):
    builders.post(title="Neaps")
    told = {address: client.get(address).content.decode() for address in ("/search/", "/search/?q=neaps")}
    assert [address for address, html in told.items() if "noindex" in html] == ["/search/?q=neaps"]
    assert 'name="description"' in told["/search/"]
