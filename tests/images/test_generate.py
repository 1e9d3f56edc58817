"""Renditions are made after a picture is stored, and pages print those that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.images.models import Filter

from portfolio.images.renditions.generate import generate_missing, is_ready
from portfolio.images.renditions.tasks import batch_renditions, make_missing_renditions
from portfolio.models import CustomImage, CustomRendition
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def _nothing_is_encoded(monkeypatch):
    """From here on; and Wagtail's own way, which encodes while somebody waits, is shut as well."""

    def refuse(*args, **kwargs):
        raise AssertionError("a picture is encoded")

    monkeypatch.setattr("portfolio.images.renditions.generate.encode_or_log", refuse)
    monkeypatch.setattr(Filter, "run", refuse)


def figure(image: CustomImage) -> tuple[str, dict]:
    image.contextual_alt_text, image.decorative = "A gauge", False
    return ("image", {"image": image, "caption": "Low water"})


def test_a_stored_picture_has_its_renditions_when_the_transaction_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = builders.picture(size=(900, 600))
        assert not image.renditions.exists()
    image.refresh_from_db()
    assert is_ready(image)
    assert [(one.width, one.height) for one in image.files_in_format("avif")] == [(400, 266), (800, 533), (900, 600)]
    for rendition in image.renditions.all():
        assert rendition.file.storage.exists(rendition.file.name)


def test_they_are_the_ones_that_wagtail_would_make():
    focus = {"focal_point_x": 800, "focal_point_y": 100, "focal_point_width": 20, "focal_point_height": 20}
    image = builders.picture(size=(900, 600), **focus)
    generate_missing([image])
    for rendition in list(image.renditions.all()):
        found = image.find_existing_rendition(Filter(spec=rendition.filter_spec))
        assert found == rendition
        theirs = Filter(spec=rendition.filter_spec).get_transform(image, (900, 600))
        assert (rendition.width, rendition.height) == tuple(round(side) for side in theirs.size)


def test_what_is_ready_is_left_alone():
    image = builders.picture()
    assert generate_missing([image]) > 0
    assert generate_missing([CustomImage.objects.get()]) == 0


def test_many_are_made_by_several_processes():
    images = [builders.picture(colour) for colour in ("teal", "navy", "olive")]
    assert generate_missing(images) == sum(image.renditions.count() for image in images)
    assert all(is_ready(image) for image in CustomImage.objects.all())


def test_a_moved_focal_point_makes_other_crops_and_keeps_the_rest():
    image = builders.picture(size=(900, 300))
    generate_missing([image])
    whole, face = image.file_for("width-800", "webp"), image.file_for("fill-360x360", "webp")
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 850, 150, 20, 20
    image.save()
    generate_missing([image])
    image.refresh_from_db()
    assert image.file_for("width-800", "webp") == whole
    assert image.file_for("fill-360x360", "webp") != face


def test_while_many_are_stored_they_wait_for_the_commit(django_capture_on_commit_callbacks):
    with batch_renditions():
        with django_capture_on_commit_callbacks(execute=True):
            image = builders.picture()
        assert not image.renditions.exists()
    assert image.renditions.exists()


def test_what_another_process_has_made_meanwhile_is_not_made_again():
    image = builders.picture()
    stale = CustomImage.objects.get()
    generate_missing([image])
    assert generate_missing([stale]) == 0


def test_the_background_makes_all_that_is_missing():
    builders.picture("teal")
    builders.picture("navy")
    make_missing_renditions.enqueue()
    assert all(is_ready(image) for image in CustomImage.objects.all())


@pytest.mark.usefixtures("_nothing_is_encoded")
def test_a_page_prints_what_there_is_and_encodes_nothing(client):
    image = builders.picture(size=(900, 600))
    builders.post(title="Gauges", cover=image, body=[figure(image)])
    html = client.get("/blog/gauges/").content.decode()
    assert html.count(f'src="{image.file.url}" width="900" height="600"') == 2
    assert "<picture>" not in html


def test_every_format_and_width_is_offered_with_the_size_it_will_have(client):
    image = builders.picture(size=(900, 600))
    generate_missing([image])
    builders.post(title="Gauges", body=[figure(image)])
    picture = re.search(r"<picture>.*?</picture>", client.get("/blog/gauges/").content.decode(), re.DOTALL)[0]
    assert re.findall(r'<source type="image/(\w+)"', picture) == ["avif", "webp"]
    assert re.search(r'<img src="\S+\.jpg" .*width="800" height="533"', picture)
    for address in re.findall(r"(/media/\S+) \d+w", picture):
        response = client.get(address)
        response.close()
        assert response.status_code == 200


def test_the_first_image_is_loaded_at_once_and_the_others_when_the_reader_comes_near(client):
    image = builders.picture(size=(900, 600))
    builders.post(title="With cover", cover=image, body=[figure(image)])
    builders.post(title="Without", body=[figure(image), figure(image)])
    for address in ("/blog/with-cover/", "/blog/without/"):
        images = re.findall(r"<img [^>]*>", client.get(address).content.decode())
        assert [("lazy" in shown, 'fetchpriority="high"' in shown) for shown in images] == [
            (False, True),
            (True, False),
        ]


def test_publishing_a_page_makes_what_its_pictures_lack(django_capture_on_commit_callbacks):
    image = builders.picture()
    page = builders.post(body=[figure(image)])
    assert not is_ready(image)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert is_ready(CustomImage.objects.get())


def test_a_lost_file_is_made_again_by_the_command(capsys):
    image = builders.picture()
    generate_missing([image])
    lost = image.renditions.get(filter_spec="width-400|format-webp")
    Path(lost.file.path).unlink()
    call_command("make_renditions")
    assert "1 files made" in capsys.readouterr().out
    found = CustomRendition.objects.get(filter_spec="width-400|format-webp")
    assert found.file.storage.exists(found.file.name)


def test_a_deleted_rendition_is_no_longer_shown():
    image = builders.picture()
    generate_missing([image])
    image.renditions.filter(filter_spec__contains="avif").first().delete()
    found = CustomImage.objects.get()
    assert found.files_in_format("avif") == []
    assert found.files_in_format("webp") != []


def test_no_cache_names_files_that_a_rollback_took_back():
    image = builders.picture()
    with transaction.atomic():
        taken_back = image.get_rendition("width-20")
        transaction.set_rollback(True)
    Path(taken_back.file.path).unlink()
    found = image.get_rendition("width-20")
    assert found.file.storage.exists(found.file.name)
