"""Images that were stored as they came are cleaned afterwards; pages go on showing them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from portfolio.models import CustomImage
from tests import builders
from tests.images.builders import PLACES, POSITIONS

pytestmark = pytest.mark.django_db


def store_uncleaned(name: str) -> CustomImage:
    extension, make = POSITIONS[name]
    image = builders.picture(size=(96, 64))
    path = Path(default_storage.path(f"original_images/{name}.{extension}"))
    path.write_bytes(make())
    CustomImage.objects.filter(pk=image.pk).update(file=f"original_images/{path.name}")
    return CustomImage.objects.get(pk=image.pk)


@pytest.mark.parametrize("name", ["jpeg-exif", "jpeg-xmp", "mpo-turned", "heic", "png-xmp"])
def test_a_stored_image_loses_its_position_and_keeps_its_row(
    name: str, capsys: pytest.CaptureFixture, django_capture_on_commit_callbacks
) -> None:
    image, clean = store_uncleaned(name), builders.picture()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("sanitise_images")
    assert "1 images sanitised" in capsys.readouterr().out
    after = CustomImage.objects.get(pk=image.pk)
    with after.file.open() as file:
        data = file.read()
    assert not [place for place in PLACES if place in data]
    assert after.file_size == len(data)
    assert (after.width, after.height) == ((64, 96) if "turned" in name else (96, 64))
    assert not default_storage.exists(image.file.name)
    assert after.fallback.url != after.file.url
    assert CustomImage.objects.get(pk=clean.pk).file.name == clean.file.name


def test_an_image_that_cannot_be_read_stays_and_is_told(capsys: pytest.CaptureFixture) -> None:
    image = store_uncleaned("jpeg-exif")
    Path(image.file.path).write_bytes(b"\xff\xd8\xff")
    call_command("sanitise_images")
    assert image.file.name in capsys.readouterr().err
    assert default_storage.exists(image.file.name)
