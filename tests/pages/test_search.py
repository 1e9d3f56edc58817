"""Search finds every kind of page, the same on every database."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from portfolio.search import RESULTS_PER_PAGE
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
    ["", "   ", "\x00", "'", '"', "()", "* OR 1=1", "a:b & !c", "%", "\\", "NEAR(", "x" * 5000, "🌊", "-gauges"],
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


def test_the_query_is_shown_as_text(client):
    html = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
