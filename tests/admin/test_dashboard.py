"""The dashboard tells what needs doing, names the first of it and opens the right place."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, Page

from blog.models import BlogPage
from portfolio.admin.content_checks.body_text import links, liquid
from portfolio.admin.content_checks.page_checks import changed_pages, check_changed_pages
from portfolio.models import Finding, Heartbeat, LinkCheck, PageCheck
from tests import builders
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

POST = "_posts/2021-05-04-tides.md"


@pytest.fixture(autouse=True)
def _commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda func, using=None, robust=False: func())


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(builders.user("Moderators"))
    return client


def codes(page: Page) -> dict[str, int]:
    return dict(Finding.objects.filter(check_of__page=page.pk).values_list("code", "number"))


def published(**fields: Any) -> BlogPage:
    page = builders.post(**{"summary": "<p>Short.</p>", **fields})
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def picture(**fields: Any) -> dict[str, Any]:
    inside = {"image": builders.picture().pk, "decorative": False, "alt_text": "", **fields}
    return {"type": "image", "value": {"image": inside}}


def test_drafts_and_what_is_scheduled_are_named_and_open_their_form(moderator: Client) -> None:
    draft = builders.post(title="Half a thought", live=False)
    draft.save_revision()
    later = builders.post(title="For tomorrow", live=False)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    html = moderator.get("/admin/").content.decode()
    for page in (draft, later):
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "Half a thought" in moderator.get(reverse("todo_item", args=["drafts"])).content.decode()
    only_scheduled = moderator.get(reverse("todo_item", args=["scheduled"])).content.decode()
    assert "For tomorrow" in only_scheduled
    assert "Half a thought" not in only_scheduled


def test_a_scheduler_that_does_not_run_is_told_of_when_something_waits(moderator: Client) -> None:
    assert "Scheduled pages will not go live" not in moderator.get("/admin/").content.decode()
    page = builders.post(live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert "publish_scheduled has never run" in moderator.get("/admin/").content.decode()
    call_command("publish_scheduled", verbosity=0)
    assert "Scheduled pages will not go live" not in moderator.get("/admin/").content.decode()
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=1))
    assert "has not run since" in moderator.get("/admin/").content.decode()


def test_a_good_page_lacks_nothing_and_a_bad_one_is_told_of_when_it_is_published(moderator: Client) -> None:
    good = published(body=json.dumps([{"type": "text", "value": "<p>See <a href='/blog/'>all</a>.</p>"}]))
    assert codes(good) == {}
    other = builders.post(live=False)
    body = [
        picture(),
        picture(alt_text="A hinge"),
        picture(decorative=True),
        {"type": "text", "value": f'<p><a linktype="page" id="{other.pk}">soon</a> <a href="/gone/">gone</a></p>'},
        {"type": "text", "value": "<p>{% include chart.html %}</p>"},
        {"type": "code", "value": {"code": "{% include chart.html %}", "language": "", "title": ""}},
        {"type": "markdown", "value": {"source": "`{{ page.title }}` and [here](/blog/)"}},
    ]
    bad = published(summary="", body=json.dumps(body))
    assert codes(bad) == {"alt-text": 1, "dead-link": 2, "liquid": 1, "verbatim": 1}
    assert codes(published(summary="", body=json.dumps([picture(decorative=True)]))) == {"summary": 1}
    html = moderator.get("/admin/").content.decode()
    assert reverse("todo_item", args=["summary"]) in html
    for code in codes(bad):
        assert reverse("todo_item", args=[code]) in html
        page = moderator.get(reverse("todo_item", args=[code])).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[bad.pk]) in page


def test_links_to_a_page_are_looked_at_again_when_it_goes() -> None:
    target = published(title="Target")
    page = published(body=json.dumps([{"type": "text", "value": f'<p><a linktype="page" id="{target.pk}">x</a></p>'}]))
    assert codes(page) == {}
    target.unpublish()
    assert page.pk in set(changed_pages().values_list("pk", flat=True))
    call_command("publish_scheduled", verbosity=0)
    assert codes(page) == {"dead-link": 1}
    assert not PageCheck.objects.filter(page=target.pk).exists()


def test_imported_pages_are_looked_at_and_missing_pictures_told_of_until_an_edit(
    moderator: Client, tmp_path: Path
) -> None:
    run(write_tree(tmp_path, {POST: post("Rises.\n\n![Chart](/img/none.png)\n")}))
    assert "changed since" in moderator.get("/admin/").content.decode()
    moderator.post(reverse("page_check_start"))
    page = BlogPage.objects.get()
    assert codes(page) == {"missing-image": 1}
    assert "img/none.png" in moderator.get(reverse("todo_item", args=["missing-image"])).content.decode()
    page.save_revision().publish()
    assert "missing-image" not in codes(page)


def test_conflicts_of_an_import_stay_until_somebody_saves_the_page(moderator: Client, tmp_path: Path) -> None:
    run(write_tree(tmp_path, {POST: post("Rises.\n")}))
    page = BlogPage.objects.get()
    page.body = json.dumps([{**page.body.raw_data[0], "value": "<p>Climbs.</p>"}])
    page.save_revision().publish()
    run(write_tree(tmp_path, {POST: post("Falls.\n")}))
    html = moderator.get("/admin/").content.decode()
    assert "Last import: saltmarsh.example" in html
    listed = reverse("todo_item", args=["conflicts"])
    assert page.title in moderator.get(listed).content.decode()
    BlogPage.objects.get().save_revision().publish()
    assert "Nothing to do here" in moderator.get(listed).content.decode()


def test_open_comments_are_listed_and_resolved_ones_not(moderator: Client) -> None:
    page, other = builders.post(title="Discussed"), builders.post(title="Settled")
    author = builders.user("Editors")
    for about, resolved in ((page, None), (other, timezone.now())):
        Comment.objects.create(page=about, user=author, text="Why?", contentpath="title", resolved_at=resolved)
    html = moderator.get(reverse("todo_item", args=["comments"])).content.decode()
    assert "Discussed" in html
    assert "Settled" not in html


def test_editors_see_only_what_they_may_edit_and_no_buttons(client: Client) -> None:
    builders.post(title="Half a thought", live=False).save_revision()
    client.force_login(builders.user("Editors"))
    html = client.get("/admin/").content.decode()
    assert "Half a thought" in html
    assert reverse("link_check") not in html
    assert reverse("page_check_start") not in html


def test_one_check_at_a_time_and_its_result_is_shown(moderator: Client) -> None:
    going = LinkCheck.objects.create()
    going.request_action("links")
    html = moderator.post(reverse("link_check_start"), follow=True).content.decode()
    assert "A check is running already" in html
    going.checked, going.broken = 3, [{"url": "https://gone.example/", "problem": "answers 404", "pages": []}]
    going.finish()
    assert "1 broken of 3" in moderator.get(reverse("link_check")).content.decode()
    assert "1 broken link to other sites, of 3 checked" in moderator.get("/admin/").content.decode()


def test_code_may_hold_what_elsewhere_is_a_leftover() -> None:
    source = "`{{ a }}` {{ b }}\n\n```\n{% c %}\n```\n\n[d](https://d.example/) ![e](/e.png) <https://f.example>\n"
    body = [{"type": "markdown", "value": {"source": source}}]
    assert liquid(body) == ["{{ b }}"]
    assert list(links(body)) == ["https://d.example/", "https://f.example"]


def test_neither_dashboard_nor_lists_cost_more_with_more_pages(moderator: Client, tmp_path: Path) -> None:
    addresses = ["/admin/", *(reverse("todo_item", args=[code]) for code in ("drafts", "summary", "scheduled"))]
    addresses += ["/admin/posts/", reverse("wagtailadmin_explore", args=[builders.blog_index().pk])]

    def fill(number: int) -> None:
        for _ in range(number):
            builders.post(live=False).save_revision()
            published(summary="", body=json.dumps([picture()]))
            later = builders.post(live=False)
            later.go_live_at = timezone.now() + timedelta(days=1)
            later.save_revision().publish()

    def count() -> dict[str, int]:
        numbers = {}
        for address in addresses:
            moderator.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert moderator.get(address).status_code == 200
            numbers[address] = len(queries)
        return numbers

    fill(4)
    few = count()
    fill(12)
    assert count() == few


def test_looking_at_many_pages_costs_no_query_for_each(tmp_path: Path) -> None:
    def fill(number: int) -> int:
        for _ in range(number):
            builders.post(body=[("text", '<p><a href="/blog/">all</a></p>')])
        with CaptureQueriesContext(connection) as queries:
            check_changed_pages()
        return len(queries)

    fill(1)
    assert fill(3) < fill(30) <= fill(3) + 30  # one a page: what its document lacked at the import
