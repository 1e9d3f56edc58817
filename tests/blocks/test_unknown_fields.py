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
