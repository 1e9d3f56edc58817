"""What a page's view works out is kept for a version of the site, and never longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from wagtail.models import Site

from portfolio.models.site_version import increment_site_version
from portfolio.models.view_cache import OVERHEAD, ViewCache
from portfolio.templatetags import body as body_tag
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(
    monkeypatch: pytest.MonkeyPatch, as_committed: Callable[[], AbstractContextManager[None]]
) -> Iterator[list[object]]:
    """The bodies that were rendered, in a site whose state is kept."""
    bodies: list[object] = []

    def render(value: object, context: object) -> object:
        bodies.append(value)
        return original(value, context)

    original = body_tag.render_body
    monkeypatch.setattr(body_tag, "render_body", render)
    with as_committed():
        yield bodies


def text(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_body_is_rendered_once_for_a_version(client: Client, rendered: list[object]) -> None:
    post = builders.post(title="Low water", body=[("text", "<p>The ebb has the last word.</p>")])
    first = text(client, post.url)
    assert text(client, post.url) == first
    assert len(rendered) == 1
    post.body = [("text", "<p>The flood has it.</p>")]
    post.save_revision().publish()
    increment_site_version()
    assert "The flood has it." in text(client, post.url)
    assert len(rendered) == 2


def test_a_change_elsewhere_renders_it_again(client: Client, rendered: list[object]) -> None:
    other = builders.post(title="Spring tide")
    post = builders.post(title="Neap tide", body=[("text", f'<p><a linktype="page" id="{other.pk}">more</a></p>')])
    assert 'href="/blog/spring-tide/"' in text(client, post.url)
    other.slug = "springs"
    other.save_revision().publish()
    increment_site_version()
    assert 'href="/blog/springs/"' in text(client, post.url)


@pytest.mark.parametrize("form", ["feed/", "rss.xml", "feed.json"])
def test_a_feed_is_written_once_for_a_version_and_for_each_host(
    client: Client, form: str, as_committed: Callable[[], AbstractContextManager[None]], settings: object,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:  # fmt: skip
    settings.ALLOWED_HOSTS = ["*"]
    post = builders.post(title="Low water")
    text(client, f"/{form}")  # makes the rows that the first visitor finds missing
    with as_committed():
        first = text(client, f"/{form}")
        with django_assert_num_queries(1):  # the version
            assert text(client, f"/{form}") == first
        assert "http://other.example/blog/low-water/" in text(client, f"/{form}", host="other.example")
        post.title = "High water"
        post.save_revision().publish()
        increment_site_version()
        assert "High water" in text(client, f"/{form}")


def test_the_role_in_the_timeline_and_on_its_page_are_kept_apart(client: Client, rendered: list[object]) -> None:
    role = builders.role(
        body=[("image", {"image": builders.picture(size=(900, 600)), "caption": "", "size": "column"})]
    )
    timeline, own = builders.experience_index().url, role.url
    assert 'fetchpriority="high"' not in text(client, timeline)
    assert 'fetchpriority="high"' in text(client, own)
    assert [text(client, timeline), text(client, own)] == [text(client, timeline), text(client, own)]
    assert len(rendered) == 2


def test_with_several_sites_nothing_is_kept(client: Client, rendered: list[object]) -> None:
    post = builders.post(body=[("text", "<p>The ebb.</p>")])
    address = post.url
    Site.objects.create(hostname="other.example", root_page=builders.experience_index())
    text(client, address)
    text(client, address)
    assert len(rendered) == 2


def test_a_preview_is_made_each_time(rendered: list[object]) -> None:
    post = builders.post(body=[("text", "<p>The ebb.</p>")])
    for words in ("The flood.", "Slack water."):
        post.body = [("text", f"<p>{words}</p>")]
        assert words in post.make_preview_request().render().content.decode()
    assert len(rendered) == 2


def test_the_markdown_page_follows_the_page(client: Client, rendered: list[object]) -> None:
    post = builders.post(title="Low water", body=[("text", "<p>The ebb has the last word.</p>")])
    address = f"{post.url.rstrip('/')}.md"
    assert "The ebb has the last word." in text(client, address)
    post.body = [("text", "<p>The flood has it.</p>")]
    post.save_revision().publish()
    increment_site_version()
    assert "The flood has it." in text(client, address)
    post.unpublish()
    increment_site_version()
    assert client.get(address).status_code == 404


def test_the_least_used_values_go_first() -> None:
    cache = ViewCache(most=3 * OVERHEAD + 30)
    made = []

    def value(name: str, size: int = 10) -> str:
        return cache.get((name,), lambda: made.append(name) or name * size)

    for name in "abcacd":
        value(name)
    assert made == ["a", "b", "c", "d"]
    assert [("b",) in cache, ("a",) in cache] == [False, True]
    value("e", size=10_000)
    assert ("e",) not in cache
    assert cache.size <= cache.most
