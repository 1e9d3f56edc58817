"""Fields of known blocks that this release does not have: no save loses them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage
from portfolio.blocks.body.prepare_markup import prepare_body
from tests import builders
from tests.blocks.test_unknown_blocks import form_of

pytestmark = pytest.mark.django_db


def body() -> list[dict[str, Any]]:
    picture = {"image": builders.picture().pk, "decorative": False, "alt_text": "Rust"}
    gallery = {"images": [{"type": "item", "id": "one", "value": {"image": picture, "caption": "", "zoom": 2}}]}
    return [
        {
            "type": "code",
            "id": "code",
            "value": {"code": "a = 1", "language": "python", "title": "", "highlight": "", "fold": True},
        },
        {"type": "gallery", "id": "gallery", "value": {**gallery, "caption": "", "layout": {"columns": 3}}},
        {"type": "text", "id": "text", "value": "<p>It fell.</p>"},
    ]


def unknown_fields(page: BlogPage) -> tuple[Any, ...]:
    code, gallery, _ = page.body.get_prep_value()
    return code["value"].get("fold"), gallery["value"].get("layout"), gallery["value"]["images"][0]["value"].get("zoom")


def latest(page: BlogPage) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_save_of_the_form_keeps_them(admin_client: Client) -> None:
    code, _, text = body()
    page = builders.post(body=json.dumps([code, text]))
    page.save_revision()
    data = form_of(admin_client, page)
    for name in [name for name, value in data.items() if value is None]:
        data[name] = ""  # as a browser sends a field without a value
    data["body-0-value-code"] = "a = 2"
    assert admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    value = latest(page).body.raw_data[0]["value"]
    assert (value["code"], value["fold"]) == ("a = 2", True)


def test_blocks_of_a_form_get_them_by_their_ids_at_every_depth() -> None:
    page = builders.post(body=json.dumps(body()))
    code, gallery, text = body()
    code["value"] = {"code": "a = 2", "language": "python", "title": "", "highlight": ""}
    gallery["value"] = {"images": gallery["value"]["images"], "caption": "<p>Two</p>"}
    del gallery["value"]["images"][0]["value"]["zoom"]
    sent = page.body.stream_block.to_python([gallery, {**code, "id": "new"}, code, text])
    BlogPage._meta.get_field("body").save_form_data(page, sent)
    moved, new, *others = page.body.get_prep_value()
    assert new["value"].get("fold") is None
    page.body = page.body.stream_block.to_python([others[0], moved, others[1]])
    assert unknown_fields(page) == (True, {"columns": 3}, 2)
    assert moved["value"]["caption"] == "<p>Two</p>"


def test_a_save_of_a_body_that_was_read_keeps_them() -> None:
    page = builders.post(body=json.dumps(body()))
    prepare_body(page.body)
    assert [child.value for child in page.body]
    page.save()
    page.save_revision()
    assert unknown_fields(latest(page)) == (True, {"columns": 3}, 2)


def table_and_picture() -> list[dict[str, Any]]:
    columns = [{"type": "text", "heading": "Pier", "width": 3}, {"type": "number", "heading": "Metres", "unit": "m"}]
    rows = [{"values": ["<p>a</p>", "<p>1</p>"], "head": True}, {"values": ["<p>b</p>", "<p>2</p>"], "foot": True}]
    table = {"caption": "", "columns": columns, "rows": rows, "striped": True}
    picture = {"image": builders.picture().pk, "decorative": False, "alt_text": "Rust", "focus": [1, 2]}
    texts = dict.fromkeys(("caption", "credit", "align", "link", "title"), "")
    image = {"image": picture, "size": "column", **texts}
    return [{"type": "table", "id": "table", "value": table}, {"type": "image", "id": "image", "value": image}]


def test_a_save_of_the_form_keeps_them_in_pictures(admin_client: Client) -> None:
    body = table_and_picture()[1:]
    page = builders.post(body=json.dumps(body))
    page.save_revision()
    data = form_of(admin_client, page)
    for name in [name for name, value in data.items() if value is None]:
        data[name] = ""
    data["body-0-value-image-image"] = body[0]["value"]["image"]["image"]
    data["body-0-value-image-alt_text"] = "Old rust"
    assert admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    (image,) = (block["value"] for block in latest(page).body.raw_data)
    assert (image["image"]["alt_text"], image["image"]["focus"]) == ("Old rust", [1, 2])


def test_columns_and_rows_that_moved_or_changed_keep_their_own() -> None:
    before, image = table_and_picture()
    page = builders.post(body=json.dumps([before, image]))
    for prepare in (False, True):
        if prepare:
            prepare_body(page.body)
        assert [child.value for child in page.body]
        assert page.body.get_prep_value()[0] == before
        assert page.body.get_prep_value()[1]["value"]["image"]["focus"] == [1, 2]
    columns = [{"type": "text", "heading": "Pier"}, {"type": "number", "heading": "Feet"}]
    rows = [
        {"values": ["<p data-block-key='x'>b</p>".replace("'", '"'), "<p>2</p>"]},
        {"values": ["<p>a</p>", "<p>1</p>"]},
    ]
    rows.append({"values": ["", ""]})
    sent = {"caption": "New", "columns": columns, "rows": rows}
    new = page.body.stream_block.to_python([{**before, "value": sent}])
    BlogPage._meta.get_field("body").save_form_data(page, new)
    page.body.stream_block.clean(page.body)
    value = page.body.get_prep_value()[0]["value"]
    assert (value["striped"], value["caption"]) == (True, "New")
    assert value["columns"] == [{**columns[0], "width": 3}, {**columns[1], "unit": "m"}]
    assert value["rows"] == [{**rows[0], "foot": True}, {**rows[1], "head": True}, rows[2]]
