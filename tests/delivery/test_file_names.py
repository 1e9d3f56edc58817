"""Uploads whose names are longer than a file system, a column or a browser expects."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Collection

from portfolio.models import CustomImage
from tests import builders

pytestmark = pytest.mark.django_db

STEMS = [
    *("n" * 95, "n" * 300, "潮" * 86, "潮" * 90, "潮" * 300, "🌊" * 90, "é" * 300, "e\u0301" * 120, "a b" * 120),
    *("x" * 90 + ".tar", "𠀀" * 80, "𠀀" * 230, "x." + "潮" * 90, "1. The tides of the western shore. " * 4),
]
IDS = [f"{ord(stem[0]):x}-{len(stem)}" for stem in STEMS]


@pytest.fixture
def editor(client: Client, settings: LazySettings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(builders.user(is_superuser=True))
    return client


def png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("twice", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("stem", STEMS, ids=IDS)
def test_a_document_with_a_long_name_is_kept_and_served(stem, twice, editor):
    for _ in range(twice):
        fields = {"title": "Tides", "collection": Collection.get_first_root_node().pk}
        file = SimpleUploadedFile(f"{stem}.pdf", b"%PDF-1.4", "application/pdf")
        assert editor.post(reverse("wagtaildocs:add"), {**fields, "file": file}).status_code == 302
    documents = get_document_model().objects.all()
    assert len({document.file.name for document in documents}) == twice
    for document in documents:
        response = editor.get(document.url)
        assert (response.status_code, response.getvalue()) == (200, b"%PDF-1.4")
        assert document.filename.endswith(".pdf")


@pytest.mark.parametrize("stem", STEMS, ids=IDS)
def test_a_picture_with_a_long_name_is_kept_with_its_renditions(stem, editor):
    fields = {"title": "Tides", "collection": Collection.get_first_root_node().pk}
    file = SimpleUploadedFile(f"{stem}.png", png(), "image/png")
    assert editor.post(reverse("wagtailimages:add"), {**fields, "file": file}).status_code == 302
    image = CustomImage.objects.get()
    for url in (image.file.url, image.get_rendition("max-20x20|format-webp").url):
        response = editor.get(url)
        response.getvalue()
        assert response.status_code == 200


@pytest.mark.parametrize("stem", STEMS, ids=IDS)
def test_several_files_at_once_are_kept(stem, editor):
    """The form that takes many files tells of each by itself."""
    for kind, ending, data in (("wagtaildocs", "pdf", b"%PDF"), ("wagtailimages", "png", png())):
        file = SimpleUploadedFile(f"{stem}.{ending}", data)
        response = editor.post(reverse(f"{kind}:add_multiple"), {"title": "Tides", "files[]": file})
        assert (response.status_code, response.json()["success"]) == (200, True)
