"""What is not published is nowhere to be seen."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from portfolio.delivery.middleware.site_state import site_state
from portfolio.models import StandardPage
from portfolio.models.site_version import read_site_version
from portfolio.models.visibility import public
from tests import builders

pytestmark = pytest.mark.django_db

CANARY = "Canarywharfling"
LISTS = [
    "/",
    "/blog/",
    "/experience/",
    "/resume.json",
    "/tags/shared/",
    "/categories/shared/",
    "/skills/shared/",
    f"/search/?q={CANARY}",
    "/search/?q=shared",
]


def hidden(kind: str, how: str) -> None:
    """A page full of canaries: draft, private, below a private page, or taken down again."""
    make = {"post": builders.post, "interview": builders.interview, "role": builders.role}[kind]
    fields = {
        "title": f"{CANARY} title",
        "summary": f"<p>{CANARY} summary</p>",
        "skills": ["shared", f"{CANARY} skill"],
    }
    if kind == "role":
        fields.update(
            organisation=builders.organisation(f"{CANARY} works"), role=f"{CANARY} role", period_text="2020 - now"
        )
    else:
        fields.update(tags=["shared", f"{CANARY} tag"], categories=["shared", f"{CANARY} category"])
    page = make(**fields, live=how != "draft")
    if how == "private":
        builders.make_private(page)
    elif how == "unpublished":
        page.unpublish()


def visible() -> None:
    shared = {"tags": ["shared"], "categories": ["shared"], "skills": ["shared"]}
    builders.post(title="Seen post", **shared)
    builders.interview(title="Seen interview", **shared)
    builders.role(title="Seen role", role="Seen role", skills=["shared"])


@pytest.mark.parametrize("how", ["draft", "private", "unpublished"])
def test_hidden_pages_are_in_no_list(how, client):
    visible()
    for kind in ("post", "interview", "role"):
        hidden(kind, how)
    for address in LISTS:
        html = client.get(address).content.decode().replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
        assert f"{CANARY} " not in html, address


@pytest.mark.parametrize("how", ["draft", "private", "unpublished"])
@pytest.mark.parametrize(
    "address",
    [
        "/tags/canarywharfling-tag/",
        "/categories/canarywharfling-category/",
        "/skills/canarywharfling-skill/",
    ],
)
def test_words_of_hidden_pages_have_no_page(address, how, client):
    for kind in ("post", "interview", "role"):
        hidden(kind, how)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("how", ["draft", "unpublished"])
def test_hidden_pages_do_not_answer(how, client):
    hidden("post", how)
    hidden("role", how)
    assert client.get("/blog/canarywharfling-title/").status_code == 404
    assert client.get("/experience/canarywharfling-title/").status_code == 404


def test_private_pages_ask_who_you_are(client):
    hidden("post", "private")
    response = client.get("/blog/canarywharfling-title/")
    assert response.status_code == 302
    assert "login" in response.url


def test_pages_below_a_private_page_are_in_no_list(client):
    visible()
    builders.post(title=f"{CANARY} title")
    builders.make_private(builders.blog_index())
    assert CANARY not in client.get("/").content.decode()
    assert "Seen role" in client.get("/skills/shared/").content.decode()
    assert "Seen post" not in client.get("/skills/shared/").content.decode()


def test_what_is_published_is_in_every_list(client):
    visible()
    expected = {
        "/": ["Seen post", "Seen interview"],
        "/blog/": ["Seen post", "Seen interview"],
        "/experience/": ["Seen role"],
        "/resume.json": ["Seen role"],
        "/tags/shared/": ["Seen post", "Seen interview"],
        "/categories/shared/": ["Seen post", "Seen interview"],
        "/skills/shared/": ["Seen post", "Seen interview", "Seen role"],
        "/search/?q=seen": ["Seen post", "Seen interview", "Seen role"],
    }
    for address, titles in expected.items():
        html = client.get(address).content.decode().replace("<mark>", "").replace("</mark>", "")
        assert [title for title in titles if title not in html] == [], address


def test_public_pages_are_those_of_wagtail_wherever_restrictions_lie():
    about = builders.standard_page()
    below = about.add_child(instance=StandardPage(title="Below"))
    deep = below.add_child(instance=StandardPage(title="Deep"))
    posts = [builders.post() for _ in range(4)]
    for restricted in ([], [deep], [below, posts[1]], [about, deep, posts[0], builders.experience_index()]):
        PageViewRestriction.objects.all().delete()
        for page in restricted:
            builders.make_private(page)
        assert set(public(Page.objects.all())) == set(Page.objects.public())


def test_more_restrictions_than_a_condition_may_be_deep():
    """SQLite refuses an expression of more than 1,000 steps."""
    index = builders.blog_index()
    page = builders.post(title="Seen post")
    rows = [
        Page(
            path=f"{index.path}Z{number:03}",
            title=f"Private {number}",
            slug=f"private-{number}",
            url_path=f"{index.url_path}private-{number}/",
            depth=page.depth,
            locale=page.locale,
            content_type=page.content_type,
        )
        for number in range(1000)
    ]
    private = [*Page.objects.bulk_create(rows), *(builders.post() for _ in range(3))]
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=made, restriction_type="login") for made in private
    )
    assert [found.pk for found in public(Page.objects.filter(depth=page.depth))] == [page.pk]


@pytest.mark.parametrize("address", ["/", "/blog/", "/feed/", "/sitemap.xml", "/tags/shared/", "/archive/"])
def test_a_page_made_private_is_gone_at_the_next_request(address, client):
    page = builders.post(title=f"{CANARY} title", tags=["shared"])
    visible()
    assert CANARY.lower() in client.get(address).content.decode().lower()
    builders.make_private(page)
    assert CANARY.lower() not in client.get(address).content.decode().lower()
    PageViewRestriction.objects.all().delete()
    assert CANARY.lower() in client.get(address).content.decode().lower()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_a_request_changes_holds_for_the_rest_of_it(method, rf):
    """A request that may write reads the restrictions each time; one that only reads does so once."""
    page = builders.post()

    def change(request):
        assert page.page_ptr in public(Page.objects.all())
        builders.make_private(page)
        return page.page_ptr in public(Page.objects.all())

    assert site_state(change)(rf.generic(method, "/")) is (method == "GET")
    assert page.page_ptr not in public(Page.objects.all())


def test_a_page_becomes_private_with_the_site_version_and_not_after_it():
    page = builders.post()
    before = read_site_version()
    builders.make_private(page)  # nothing is committed in a test
    assert read_site_version() > before
