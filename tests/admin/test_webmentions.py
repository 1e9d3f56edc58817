"""Webmentions: the endpoint of a linked page is found and told once, where the owner wants it."""

from __future__ import annotations

from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Site

from blog.models import BlogPage
from portfolio.admin.publishing import webmention_client, webmentions
from portfolio.admin.publishing.webmention_client import endpoint_in_headers, endpoint_in_html, send_webmention
from portfolio.admin.publishing.webmentions import ACTION, has_public_name, new_targets, send_webmentions
from portfolio.delivery.public_http import HTTPAnswer
from portfolio.importer.lock import import_lock
from portfolio.importer.undo.undo import undo
from portfolio.models import ImportRun, SiteSettings
from portfolio.models.visibility import PLACES
from tests import builders
from tests.importer.trees import post, run, write_tree

HEADER = "https://tides.example/header"
LINKED = "https://tides.example/linked"
NONE = "https://tides.example/none"
BROKEN = "https://tides.example/broken"
MOVED = "https://tides.example/moved"
PRIVATE = "http://10.0.0.1/"
ENDPOINT = "https://mentions.example/in?x=1"


def answer(status: int = 200, data: str = "", **headers: str) -> HTTPAnswer:
    message = Message()
    message["Content-Type"] = "text/html; charset=utf-8"
    for name, value in headers.items():
        message[name] = value
    return HTTPAnswer(status, message, data.encode())


PAGES = {
    HEADER: answer(Link='</a>; rel="next", <https://mentions.example/in?x=1>; rel="other webmention"'),
    LINKED: answer(data='<!-- <link rel="webmention" href="/no"> --><a href="/here" rel="webmention">Send</a>'),
    NONE: answer(data="<p>Words</p>"),
    MOVED: answer(302, Location="/linked"),
    ENDPOINT: answer(202),
    "https://tides.example/here": answer(201),
    BROKEN: answer(data='<link rel=webmention href="https://mentions.example/broken">'),
    "https://mentions.example/broken": answer(500),
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict[str, list[str]]]]:
    sent: list[tuple[str, str, dict[str, list[str]]]] = []
    real = webmention_client.request

    def request(address: str, *, method: str = "GET", body: bytes | None = None, **options: Any) -> HTTPAnswer:
        if address.startswith(PRIVATE):
            return real(address, method=method, body=body, **options)
        if method == "POST":
            sent.append((address, options["headers"]["Content-Type"], parse_qs((body or b"").decode())))
        return PAGES[address]

    monkeypatch.setattr(webmention_client, "request", request)
    return sent


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("<https://a.example/m>; rel=webmention", "https://a.example/m"),
        ('<m>; title="x"; rel="a Webmention"', "m"),
        ('<m>; rel="not-webmention"', None),
        ("<>; rel=webmention", ""),
        ("<" * 50_000, None),
    ],
)
def test_endpoint_is_read_from_the_headers(header: str, expected: str | None) -> None:
    assert endpoint_in_headers({"link": header}) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a rel="webmention">no</a><link href="/m?a=1&amp;b=2" rel="webmention">', "/m?a=1&b=2"),
        ('<link rel="webmention" href="">', ""),
        ("<script>\"<a href='/x' rel='webmention'>\"</script><p>None</p>", None),
        ('<a href="/x" rel="webmentions">', None),
    ],
)
def test_endpoint_is_read_from_the_first_element_that_names_one(html: str, expected: str | None) -> None:
    assert endpoint_in_html(html) == expected


@pytest.mark.parametrize(("target", "endpoint"), [(HEADER, ENDPOINT), (MOVED, "https://tides.example/here")])
def test_endpoint_gets_source_and_target_in_a_form(target: str, endpoint: str, sent: list[Any]) -> None:
    assert send_webmention("https://me.example/post/", target) == endpoint
    form = {"source": ["https://me.example/post/"], "target": [target]}
    assert sent == [(endpoint, "application/x-www-form-urlencoded", form)]


def test_private_addresses_are_not_asked(sent: list[Any]) -> None:
    with pytest.raises(webmention_client.WebmentionError, match="private network"):
        send_webmention("https://me.example/post/", PRIVATE)


def a_post(*targets: str) -> Any:
    Site.objects.update(hostname="me.example", port=443)
    anchors = "".join(f'<a href="{target}">x</a> ' for target in targets)
    return builders.post(body=[("text", f"<p>{anchors}</p>")])


def switch_on() -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.send_webmentions = True
    settings.save()


def told(page: Any) -> list[tuple[str, str]]:
    entries = PageLogEntry.objects.filter(page=page.pk, action=ACTION).order_by("pk")
    return [(entry.data["target"], entry.data.get("endpoint") or entry.data["problem"]) for entry in entries]


@pytest.mark.django_db
def test_links_of_a_published_page_are_told_once_and_the_history_says_so(sent: list[Any], admin_client: Any) -> None:
    page = a_post(HEADER, NONE, BROKEN, "https://me.example/about/", "/about/", PRIVATE)
    switch_on()
    assert send_webmentions.func([page.pk]) == 1
    assert send_webmentions.func([page.pk]) == 0
    problems = ["its endpoint answers 500", "it is in a private network"]
    assert told(page)[:3] == [(HEADER, ENDPOINT), (BROKEN, problems[0]), (PRIVATE, problems[1])]
    assert [(address, form["source"]) for address, _, form in sent if address == ENDPOINT] == [
        (ENDPOINT, [page.full_url])
    ]
    html = admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert f"Told {HEADER} of the link" in html
    assert f"Could not tell {BROKEN} of the link: its endpoint answers 500" in html


@pytest.mark.django_db
def test_links_behind_the_most_of_one_publication_are_told_by_the_next(
    sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webmentions, "MAX_TARGETS", 2)
    page = a_post(NONE, BROKEN, HEADER, LINKED)
    switch_on()
    assert [send_webmentions.func([page.pk]) for _ in range(4)] == [0, 1, 1, 0]


@pytest.mark.django_db
def test_page_that_takes_none_is_asked_again_after_a_month_and_a_failing_one_three_times(
    sent: list[Any], admin_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answered = webmention_client.request
    monkeypatch.setattr(
        webmention_client,
        "request",
        lambda address, **options: [asked.append(address), answered(address, **options)][1],
    )
    page = a_post(NONE, BROKEN)
    switch_on()
    for _ in range(5):
        send_webmentions.func([page.pk])
    assert (asked.count(NONE), asked.count(BROKEN), len(told(page))) == (1, 3, 3)
    assert not any(new_targets(page))
    html = admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert f"1 linked page takes no Webmentions: {NONE}" in html
    PageLogEntry.objects.filter(page=page.pk).update(timestamp=timezone.now() - timedelta(days=31))
    send_webmentions.func([page.pk])
    assert (asked.count(NONE), asked.count(BROKEN)) == (2, 4)


@pytest.mark.django_db
def test_publishing_tells_others_only_where_the_owner_wants_it(
    sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    page = a_post(HEADER)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert sent == []
    switch_on()
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert [address for address, *_ in sent] == [ENDPOINT]


@pytest.mark.django_db
def test_import_again_and_its_undoing_tell_nobody(
    sent: list[Any], tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    a_post(HEADER)
    tree = write_tree(tmp_path, {"_posts/2021-05-04-tides.md": post(f"Tides: <{HEADER}>.\n")})
    run(tree)
    switch_on()
    with django_capture_on_commit_callbacks(execute=True):
        run(write_tree(tree, {"_posts/2021-05-04-tides.md": post(f"Fog: <{LINKED}>.\n")}))
    page = BlogPage.objects.get(title="Tides")
    assert (page.live, "Fog" in str(page.body)) == (True, True)
    with django_capture_on_commit_callbacks(execute=True), import_lock():
        undo(ImportRun.objects.latest("pk"))
    page.refresh_from_db()
    assert ("Tides" in str(page.body), sent) == (True, [])
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert [address for address, *_ in sent] == [ENDPOINT]


@pytest.mark.django_db
def test_pages_of_one_transaction_are_one_task(sent: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    first, second = a_post(HEADER), a_post(LINKED)
    switch_on()
    with django_capture_on_commit_callbacks() as callbacks:
        first.save_revision().publish()
        second.save_revision().publish()
    hooks = [hook for hook in callbacks if getattr(hook, "function", None) is webmentions.enqueue_pages]
    assert [hook.keys for hook in hooks] == [[first.pk, second.pk]]


@pytest.mark.django_db
def test_private_page_and_draft_tell_nobody(sent: list[Any]) -> None:
    switch_on()
    private, draft = a_post(HEADER), a_post(HEADER)
    builders.make_private(private)
    draft.unpublish()
    assert (send_webmentions.func([private.pk, draft.pk]), sent) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_page_that_is_left_out_of_a_place_tells_nobody(place: str, sent: list[Any]) -> None:
    switch_on()
    page = a_post(HEADER)
    setattr(page, f"out_of_{place}", True)
    page.save_revision().publish()
    assert (send_webmentions.func([page.pk]), sent) == (0, [])


@pytest.mark.django_db
def test_alias_of_a_page_that_is_restricted_tells_nobody(sent: list[Any]) -> None:
    switch_on()
    page = a_post(HEADER)
    alias = page.create_alias(update_slug="again")
    builders.make_private(page)
    assert (send_webmentions.func([alias.pk]), sent) == (0, [])


@pytest.mark.parametrize(
    ("host", "expected"), [("me.example", True), ("localhost", False), ("127.0.0.1", False), ("box.local", False)]
)
def test_only_a_site_with_a_public_name_has_mentions(host: str, expected: bool) -> None:
    assert has_public_name(host) is expected
