"""Pages stored in batches are what pages published one by one are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from taggit.models import Tag
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.models import IndexEntry
from wagtail.signals import page_published

from blog.models import BlogPage, Category, Entry, EntryTag
from experience.models import ExperiencePage, Skill
from portfolio.blocks.rich_text.stored_rich_text import text_for_indexing
from portfolio.importer.bulk import pages
from portfolio.importer.bulk.pages import PageBatch
from portfolio.models import ImportedDocument, ImportedPage, Person, StandardPage
from tests.importer.bulk.page_by_page import PageByPage
from tests.importer.trees import picture, post, row, run, write_tree

pytestmark = pytest.mark.django_db

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
MOMENT = re.compile(rf"{datetime.now(UTC):%Y-%m-%d}T[0-9:.]+(?:Z|\+00:00)")
# Rows in the order of their making, which is no different for a reader: histories, joins, indexes.
UNORDERED = {PageLogEntry, ReferenceIndex, IndexEntry, Redirect}
WORDS = ("moon", "arms", "measure", "water tides", "nowhere")
STORED = [
    Page, Entry, BlogPage, StandardPage, ExperiencePage, EntryTag, Revision, PageLogEntry, ReferenceIndex, Redirect,
    Category, Tag, Skill, Person, ImportedDocument, ImportedPage, *[
        relation.remote_field.through for relation in Entry._meta.local_many_to_many
    ],
]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    rich = "Water *rises* **twice** a [day](/2021/05/05/ebb.html).\n\n![Chart](/img/chart.png)\n\n> Wait.\n"
    kept = "Term\n: with a note[^1]\n\n[^1]: Here, see [about](/about/).\n\n<div class='x'><p>Raw</p></div>\n"
    table = "| a | b |\n|---|--:|\n| *x* | 1 |\n\n```python\nmoon = 1\n```\n\n---\n\n$$x^2$$\n"
    career = (
        "Work.\n\n## Fjordline Robotics\n\n*2018 - 2020*\n\nBuilt arms.\n\n## Saltmarsh Instruments\n\n*2021 - now*\n"
    )
    files = {
        "_posts/2021-05-04-tides.md": post(
            rich, categories="water Sensors", tags="[tide, Moon]", author="Mara Lindqvist"
        ),
        "_posts/2021-05-05-ebb.md": post(kept, title="Ebb", tags="[moon]", image="/img/chart.png", redirect_from="/e/"),
        "_posts/2021-05-06-tables.md": post(table, title="Tables & “marks”", redirect_from="/e/"),
        "_posts/2021-05-07-tides.md": post("Again.\n", title="Tides"),
        "_posts/2021-05-08-nowhere.md": post("Printed nowhere.\n", title="Nowhere"),
        "_drafts/half.md": "---\ntitle: Half\ntags: [tide]\n---\nA thought.\n",
        "about.md": "---\ntitle: About\npermalink: /about/\n---\nI [measure](/2021/05/04/tides.html#why) water.\n",
        "work.md": f"---\ntitle: Work\nlayout: resume\n---\n{career}",
        "img/chart.png": picture(),
    }
    return write_tree(tmp_path, files)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside leaves no row, and its rows are numbered on from those that are there already.

    PostgreSQL counts on over what was rolled back, in the tests before this one too.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


TAKEN = re.compile(r"(?<=/original_images/chart)_\w{7}\.")


def plain(text: str) -> str:
    """``text`` with each random number replaced by its place among them, without the time of the import, and with files
    called as they were: a second import finds their names taken.
    """
    text = TAKEN.sub(".", text)
    seen: dict[str, str] = {}
    return MOMENT.sub("now", UUID.sub(lambda match: seen.setdefault(match[0], f"uuid-{len(seen)}"), text))


class Readable(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, StreamValue):
            return value.get_prep_value()
        return bytes(value).decode() if isinstance(value, bytes | memoryview) else super().default(value)


def rows(model: type[Model]) -> list[str]:
    without = {"id"} if model in UNORDERED or model._meta.auto_created else set()
    names = [field.attname for field in model._meta.local_concrete_fields if field.attname not in without]
    stored = model._base_manager.order_by("pk")
    if model is PageLogEntry:  # a page that was refused had a history for a moment
        stored = stored.filter(page_id__in=Page.objects.values("pk"))
    found = [plain(json.dumps(values, cls=Readable, sort_keys=True)) for values in stored.values(*names)]
    return sorted(found) if "id" in without else found


def found_words() -> list[list[str]]:
    """What the search index says of each page. Lists of tags have no order there."""
    names = (
        ["object_id", "title_text", "body_text"]
        if connection.vendor == "postgresql"
        else ["object_id", "title", "body"]
    )
    entries = IndexEntry.objects.filter(content_type__model__endswith="page").values_list(*names)
    return sorted([object_id, *sorted(f"{title} {body}".split())] for object_id, title, body in entries)


def state(source: Path, client: Client) -> dict[str, Any]:
    """Everything that an import of ``source`` leaves behind."""
    report = run(source)
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    everything: dict[str, Any] = {model.__name__: rows(model) for model in STORED}
    everything["report"] = [plain(json.dumps(document.as_dict())) for document in report.documents]
    everything["search"] = found_words()
    everything["hits"] = {words: sorted(page.url_path for page in Page.objects.search(words)) for words in WORDS}
    everything["html"] = [plain(client.get(address).content.decode()) for address in addresses]
    everything["problems"] = Page.find_problems()
    return everything


def refuse_nowhere(page: BlogPage) -> None:
    if page.title == "Nowhere":
        raise ValidationError("there is no such place")
    super(BlogPage, page).clean()


def test_batches_leave_behind_what_publishing_one_by_one_does(
    tree: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BlogPage, "clean", refuse_nowhere)
    with taken_back():
        in_batches = state(tree, client)
    with taken_back(), monkeypatch.context() as patch:
        for name in ("place", "check", "prepare", "add", "flush"):
            patch.setattr(PageBatch, name, vars(PageByPage)[name])
        one_by_one = state(tree, client)
    assert in_batches.keys() == one_by_one.keys()
    for what, found in in_batches.items():
        assert found == one_by_one[what], what
    assert in_batches["problems"] == ([], [], [], [], [])
    assert len(in_batches["BlogPage"]) == 5


def test_a_refused_document_is_the_only_one(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BlogPage, "clean", refuse_nowhere)
    report = run(tree)
    refused = [document.path for document in report.documents if document.outcome == "rejected"]
    assert refused == ["_posts/2021-05-08-nowhere.md"]
    assert "there is no such place" in row(report, *refused).problems[0].message
    assert not ImportedDocument.objects.filter(path__in=refused).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_are_stored_in_few_queries(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    files = {f"_posts/2021-01-01-{number}.md": post(f"Tide {number}.\n", tags="[tide]") for number in range(60)}
    write_tree(tmp_path, files)
    with django_assert_max_num_queries(150):
        run(tmp_path)
    assert BlogPage.objects.count() == 60


def test_who_listens_to_publishing_is_told_of_each_page_with_its_revision(tree: Path) -> None:
    told: list[tuple[str, bool]] = []

    def listen(instance: Page, revision: Revision, **_: Any) -> None:
        told.append((instance.title, revision.pk == instance.live_revision_id))

    page_published.connect(listen)
    try:
        run(tree)
    finally:
        page_published.disconnect(listen)
    assert sorted(told) == sorted(
        (title, True)
        for title in Page.objects.filter(live=True, latest_revision__isnull=False).values_list("title", flat=True)
    )


def test_batches_that_are_stored_one_after_the_other_make_one_tree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SIZE", 1)
    run(tree)
    assert Page.find_problems() == ([], [], [], [], [])
    (link,) = re.findall('href="([^"]+)"', StandardPage.objects.get(slug="about").body[0].value.source)
    assert link in {f"{page.url}#why" for page in BlogPage.objects.filter(title="Tides")}


@pytest.mark.parametrize(
    "stored",
    [
        '<p>The <b>mo</b>on &amp; <a linktype="page" id="3">tide</a></p><ul><li>one</li><li>two</li></ul><p>a<br/></p>',
        "<p>1 &lt; 2 &gt; 0</p>",
        '<p>x</p><embed embedtype="image" id="5" alt="a"/>',
        "",
    ],
)
def test_the_text_to_search_is_the_one_wagtail_finds(stored: str) -> None:
    assert text_for_indexing(stored) == get_text_for_indexing(stored)
