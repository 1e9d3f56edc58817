"""Blocks of a type that this release does not have: no surface fails on one, and no save loses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from blog.models import BlogPage
from portfolio.admin.content_checks.page_checks import check_pages
from portfolio.blocks import BodyBlocks
from portfolio.blocks.body.prepare_markup import prepare_body
from portfolio.blocks.stored_values import check, raw_blocks, references, searched_in, value_hash
from portfolio.blocks.unknown import PLACEHOLDER, UnknownBlock, escape_json
from portfolio.exporter.report import ExportReport
from portfolio.models import ImportedPage
from tests import builders
from tests.exporter.test_export import edit, export
from tests.importer.trees import post, run, write_tree

pytestmark = pytest.mark.django_db

SLIDES = {"slides": [{"image": 999, "alt_text": "", "link": "javascript:alert(1)"}], "text": "{{ x }} <b>--> {% y %}"}
VALUES = [SLIDES, "<p>words</p>", None, 7, [], [{"type": "item", "value": "x"}]]
BEFORE, AFTER = ({"type": "text", "value": f"<p>It {verb}.</p>", "id": verb * 2} for verb in ("fell", "rose"))


def carousel(value: Any) -> dict[str, Any]:
    return {"type": "carousel", "value": value, "id": "carousel-1"}


def stored(value: Any) -> BlogPage:
    """A published post as another release left it."""
    page = builders.post(title="Post", summary="")
    page.body = json.dumps([BEFORE, carousel(value), AFTER])
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def carousels(page: Page) -> list[dict[str, Any]]:
    """The carousels in the page's body, and in that of its latest revision."""
    versions = [BlogPage.objects.get(pk=page.pk), page.get_latest_revision_as_object()]
    return [block for version in versions for block in raw_blocks(version.body) if block["type"] == "carousel"]


PUBLIC = [
    "/blog/post/",
    "/blog/post.md",
    "/blog/",
    "/feed/",
    "/rss.xml",
    "/feed.json",
    "/sitemap.xml",
    "/search/?q=fell",
]
SCREENS = ["edit_markdown", "wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:usage"]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_surface_answers_and_the_value_stays(
    value: Any, client: Client, admin_client: Client, tmp_path: Path
) -> None:
    page = stored(value)
    call_command("update_index", verbosity=0)
    for address in PUBLIC:
        response = client.get(address)
        assert response.status_code == 200
        text = b"".join(response).decode() if response.streaming else response.content.decode()
        assert "javascript:" not in text
        assert (str(PLACEHOLDER) in text) is (address in PUBLIC[:2] + PUBLIC[3:6])
    for name in SCREENS:
        assert admin_client.get(reverse(name, args=[page.pk])).status_code == 200
    check_pages([page])
    check(page.body)
    assert prepare_body(page.body) == []
    assert (
        searched_in(page.body) == page.body.stream_block.get_searchable_content(page.body) == ["It fell.", "It rose."]
    )
    assert list(references(page.body)) == list(page.body.stream_block.extract_references(page.body)) == []
    assert page.excerpt == "<p>It fell.</p>"
    ReferenceIndex.create_or_update_for_object(page)
    report = export(tmp_path / "out")
    assert [problem.code for path, problem in report.problems if path.endswith("post.md")] == [
        "reads-differently",
        "unknown-block",
    ]
    page.copy(update_attrs={"slug": "other", "title": "Other"}).save_revision().publish()
    assert [block["value"] for block in carousels(page) + carousels(Page.objects.get(slug="other").specific)] == [
        value
    ] * 4


def form_of(client: Client, page: Page) -> QueryDict:
    """The page's form as the editor's scripts fill it in."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form")
    for name in [name for name in data if name.startswith("body-")]:
        del data[name]
    stream = page.body.stream_block
    state = stream.get_form_state(page.body)
    fields: dict[str, Any] = {"count": str(len(state))}
    for index, child in enumerate(state):
        fields[str(index)] = {**child, "order": str(index), "deleted": ""}
    data.update(nested_form_data({"body": fields}))
    return data


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_save_of_the_form_keeps_the_block(value: Any, admin_client: Client) -> None:
    page = stored(value)
    data = form_of(admin_client, page)
    assert [data[f"body-{index}-type"] for index in range(3)] == ["text", "unknown", "text"]
    data["action-publish"] = "action-publish"
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302
    assert carousels(page) == [carousel(value)] * 2


@pytest.mark.parametrize("posted", ["", "x", "[]", '{"type": 1, "value": 2}', '{"type": "carousel"}'])
def test_a_form_that_says_something_else_makes_no_block_of_it(posted: str) -> None:
    data = {
        "b-count": "1",
        "b-0-type": "unknown",
        "b-0-value": posted,
        "b-0-id": "a",
        "b-0-order": "0",
        "b-0-deleted": "",
    }
    assert len(BodyBlocks().value_from_datadict(data, {}, "b")) == 0


def test_a_type_that_came_back_while_the_form_was_open_is_itself() -> None:
    posted = json.dumps({"type": "math", "value": {"tex": "x"}})
    data = {
        "b-count": "1",
        "b-0-type": "unknown",
        "b-0-value": posted,
        "b-0-id": "a",
        "b-0-order": "0",
        "b-0-deleted": "",
    }
    (child,) = BodyBlocks().value_from_datadict(data, {}, "b")
    assert (child.block_type, child.value["tex"]) == ("math", "x")


def test_edit_as_markdown_and_publish_keep_the_block(admin_client: Client) -> None:
    page = stored(SLIDES)
    address = reverse("edit_markdown", args=[page.pk])
    form = dict(admin_client.get(address).context["form"].initial)
    assert "<!-- block carousel-1 (carousel" in form["text"]
    admin_client.post(address, {**form, "text": form["text"].replace("It fell.", "It sank.")})
    BlogPage.objects.get(pk=page.pk).get_latest_revision().publish()
    page = BlogPage.objects.get(pk=page.pk)
    assert "It sank." in str(page.body[0].value)
    assert carousels(page) == [carousel(SLIDES)] * 2


def test_the_comparison_of_two_versions_names_the_block(admin_client: Client) -> None:
    page = stored(SLIDES)
    first = page.get_latest_revision()
    page.body = json.dumps([BEFORE, carousel({**SLIDES, "text": "other"}), AFTER])
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    assert "Unknown block “carousel”" in admin_client.get(address).content.decode()


def test_an_imported_page_keeps_the_source_of_the_block(tmp_path: Path) -> None:
    body = "It fell.\n\n<div>\na carousel\n</div>\n\nIt rose.\n"
    tree = write_tree(tmp_path / "site", {"_posts/2024-01-01-tide.md": post(body)})
    run(tree)
    page = BlogPage.objects.get()
    row = ImportedPage.objects.get(page=page.pk)
    raw = raw_blocks(page.body)
    raw[1] |= carousel(SLIDES) | {"id": raw[1]["id"]}
    page.body = json.dumps(raw)
    page.save_revision().publish()
    remember(row, raw[1])
    untouched = export(tmp_path / "untouched")
    assert (untouched.edited, untouched.problems) == ([], [])
    edit(page, {"It rose.": "It sank."})
    report = export(tmp_path / "edited")
    assert lines_of(report, "unknown-block") == [7]
    text = (tmp_path / "edited/_posts/2024-01-01-tide.md").read_text()
    assert body.replace("rose", "sank") in text


def test_the_comment_of_a_new_file_holds_the_value() -> None:
    name, _, written = (
        UnknownBlock("carousel").to_markdown(SLIDES, None).removeprefix("<!-- unknown block ").partition(": ")
    )
    assert json.loads(name) == "carousel"
    assert json.loads(written.removesuffix(" -->")) == SLIDES
    assert not {"--", "{{", "{%", "<"} & {
        sign for sign in ("--", "{{", "{%", "<") if sign in written.removesuffix(" -->")
    }
    assert escape_json("-1") == "-1"


def remember(row: Any, block: dict[str, Any]) -> None:
    """Have the ledger say that the import made the block: the release that did knew its type."""
    for entry in row.blocks:
        if entry["id"] == block["id"]:
            entry["hash"] = value_hash(block["value"])
    row.save()


def lines_of(report: ExportReport, code: str) -> list[int | None]:
    return [problem.line for _, problem in report.problems if problem.code == code]
