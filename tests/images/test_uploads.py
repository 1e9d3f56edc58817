"""Every way by which a file becomes an image: stored without its position, or refused in words; never an error page."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from portfolio.images.sanitise import ImageRefused
from portfolio.models import CustomImage
from tests.images.builders import PLACES, POSITIONS, cmyk, exif, frames, heic, mpo, photo, png_with, saved

pytestmark = pytest.mark.django_db

ONE_OF_EACH = ["jpeg-exif", "jpeg-exif-turned", "jpeg-xmp", "jpeg-iptc", "mpo-second", "mpo-turned", "png-exif"]
ONE_OF_EACH += ["png-xmp", "webp-exif", "avif-exif-turned", "gif-xmp", "heic-turned"]

noise = Image.effect_noise((96, 64), 60).convert("RGB")
REFUSED = {
    "truncated.jpg": saved(noise, "JPEG")[:1500],
    "truncated.png": saved(noise, "PNG")[:1500],
    "truncated.gif": saved(noise, "GIF")[:1500],
    "truncated.webp": saved(noise, "WEBP")[:700],
    "truncated.avif": saved(noise, "AVIF")[:1500],
    "truncated.heic": heic()[:400],
    "header.jpg": saved(noise, "JPEG")[:30],
    "nothing.png": b"",
    "text.png": b"hello, not a picture",
    "page.png": b"<html><script>alert(1)</script></html>",
    "png-named.jpg": saved(noise, "PNG"),
    "jpeg-named.png": saved(noise, "JPEG"),
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "scan.tiff": saved(noise, "TIFF"),
    "old.bmp": saved(noise, "BMP"),
    "icon.ico": saved(noise, "ICO"),
    ".png": saved(noise, "PNG"),
    "no-extension": saved(noise, "JPEG"),
    "bomb.png": png_with()[:16] + (50_000).to_bytes(4) * 2 + png_with()[24:],
}
TAKEN = {
    "phone.jpg": lambda: mpo(),
    "phone.jfif": lambda: saved(photo(), "JPEG"),
    "phone.jpe": lambda: saved(photo(), "JPEG"),
    "PHONE.HEIC": lambda: heic(),
    "photo.heif": lambda: heic(),
    "print.jpg": lambda: cmyk(),
    "deep.png": lambda: saved(Image.new("I;16", (96, 64), 40_000), "PNG"),
    "palette.png": lambda: saved(photo(mode="P"), "PNG", transparency=3),
    "grey.png": lambda: saved(Image.new("LA", (96, 64), (90, 50)), "PNG"),
    "bits.png": lambda: saved(photo(mode="1"), "PNG"),
    "profile.jpg": lambda: saved(photo(), "JPEG", icc_profile=b"not a profile at all"),
    "moving.gif": lambda: frames("GIF"),
    "moving.webp": lambda: frames("WEBP"),
    "moving.avif": lambda: frames("AVIF"),
    "moving.png": lambda: frames("PNG"),
}

Upload = Callable[[Client, str, bytes], str]


def upload_one(client: Client, name: str, data: bytes) -> str:
    form = {"title": name, "file": SimpleUploadedFile(name, data), "tags": "", "description": "", "credit": ""}
    response = client.post(reverse("wagtailimages:add"), form)
    assert response.status_code in (200, 302)
    return "" if response.status_code == 302 else " ".join(response.context["form"].errors["file"])


def upload_several(client: Client, name: str, data: bytes) -> str:
    form = {"title": name, "files[]": SimpleUploadedFile(name, data)}
    response = client.post(reverse("wagtailimages:add_multiple"), form)
    assert response.status_code == 200
    return json.loads(response.content).get("error_message", "")


def upload_in_chooser(client: Client, name: str, data: bytes) -> str:
    form = {"image-chooser-upload-title": name, "image-chooser-upload-file": SimpleUploadedFile(name, data)}
    response = client.post(reverse("wagtailimages_chooser:create"), form)
    assert response.status_code == 200
    answer = json.loads(response.content)
    if answer["step"] == "chosen":
        return ""
    return "refused" if "error-message" in answer["htmlFragment"] else ""


def replace_file(client: Client, name: str, data: bytes) -> str:
    image = CustomImage.objects.create(title="Old", file=ImageFile(io.BytesIO(saved(photo(), "PNG")), "old.png"))
    form = {"title": name, "file": SimpleUploadedFile(name, data), "tags": "", "description": "", "credit": ""}
    response = client.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        return ""
    image.delete()
    return " ".join(response.context["form"].errors["file"])


FORMS: list[Upload] = [upload_one, upload_several, upload_in_chooser, replace_file]


def create(data: bytes, name: str) -> None:
    CustomImage.objects.create(title="By code", file=ImageFile(io.BytesIO(data), name))


def save_field(data: bytes, name: str) -> None:
    CustomImage(title="By code").file.save(name, ContentFile(data))


def create_many(data: bytes, name: str) -> None:
    CustomImage.objects.bulk_create([CustomImage(title="By code", file=ImageFile(io.BytesIO(data), name))])


def name_a_stored_file(data: bytes, name: str) -> None:
    CustomImage.objects.create(title="By code", file=default_storage.save(f"original_images/{name}", ContentFile(data)))


def exchange_the_name(data: bytes, name: str) -> None:
    create(saved(photo(), "PNG"), "before.png")
    image = CustomImage.objects.get()
    image.file = default_storage.save(f"original_images/{name}", ContentFile(data))
    image.save()


def save_only_the_file(data: bytes, name: str) -> None:
    create(saved(photo(), "PNG"), "before.png")
    image = CustomImage.objects.get()
    image.file = ImageFile(io.BytesIO(data), name)
    image.save(update_fields=["file"])


def originals() -> set[str]:
    return set(default_storage.listdir("original_images")[1]) if default_storage.exists("original_images") else set()


CODE = [create, save_field, create_many, name_a_stored_file, exchange_the_name, save_only_the_file]


def assert_is_safe(image: CustomImage, name: str) -> None:
    with image.file.storage.open(image.file.name) as file:
        data = file.read()
    assert not [place for place in PLACES if place in data]
    with Image.open(io.BytesIO(data)) as opened:
        assert not opened.getexif().get_ifd(0x8825)
        assert opened.format != "MPO"
        assert (image.width, image.height) == opened.size == ((64, 96) if "turned" in name else (96, 64))
    assert image.file_size in (None, len(data))
    stored = image.file_hash
    image._set_file_hash()
    assert image.file_hash == stored


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("upload", FORMS, ids=lambda function: function.__name__)
def test_no_upload_keeps_its_position(admin_client: Client, upload: Upload, name: str) -> None:
    extension, make = POSITIONS[name]
    assert upload(admin_client, f"{name}.{extension}", make()) == ""
    assert_is_safe(CustomImage.objects.get(), name)


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("store", CODE, ids=lambda function: function.__name__)
def test_no_image_made_by_code_keeps_its_position(
    store: Callable[[bytes, str], None], name: str, django_capture_on_commit_callbacks
) -> None:
    extension, make = POSITIONS[name]
    before = originals()
    with django_capture_on_commit_callbacks(execute=True):
        store(make(), f"{name}.{extension}")
    assert_is_safe(CustomImage.objects.get(), name)
    for left in originals() - before:
        with default_storage.open(f"original_images/{left}") as file:
            assert not [place for place in PLACES if place in file.read()], "nor does a file beside it"


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("upload", FORMS, ids=lambda function: function.__name__)
def test_what_cannot_be_used_is_refused_in_words(admin_client: Client, upload: Upload, name: str) -> None:
    words = upload(admin_client, name, REFUSED[name])
    assert words
    assert "Traceback" not in words
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize(
    "name", [name for name in REFUSED if "named" not in name and name not in ("no-extension", ".png")]
)
def test_code_cannot_store_what_cannot_be_used(name: str) -> None:
    image = CustomImage(title="By code")
    with pytest.raises(ImageRefused):
        image.file.save(name, ContentFile(REFUSED[name]))
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize("name", TAKEN)
def test_what_phones_and_programs_write_is_taken_and_shown(
    admin_client: Client, name: str, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert upload_one(admin_client, name, TAKEN[name]()) == ""
    for address in ("wagtailimages:index", "wagtailimages_chooser:choose"):
        assert admin_client.get(reverse(address)).status_code == 200
    image = CustomImage.objects.get()
    assert image.file.name.rpartition(".")[2] in ("avif", "gif", "jpg", "png", "webp")
    assert image.file_for("fill-1200x630", "jpeg", "png").url != image.file.url
    if not name.startswith("moving"):
        assert [kind for kind, _ in image.modern_files()] == ["image/avif", "image/webp"]
        assert image.fallback.url != image.file.url
    else:
        assert image.fallback.url == image.file.url, "what moves is shown as it is"
    for files in image.rendition_index["files"].values():
        for stored, width, height in files.values():
            with image.file.storage.open(stored) as file, Image.open(file) as rendition:
                rendition.load()
                assert rendition.size == (width, height)


def test_a_replaced_file_leaves_nothing_of_the_old_one(
    admin_client: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create(saved(Image.new("RGB", (96, 64), "teal"), "PNG"), "shown.png")
    image = CustomImage.objects.get()
    old = {row.file.name for row in image.renditions.all()} | {image.file.name}
    form = {
        "title": "New",
        "file": SimpleUploadedFile("shown.jpg", mpo(6)),
        "tags": "",
        "description": "",
        "credit": "",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(reverse("wagtailimages:edit", args=[image.pk]), form).status_code == 302
    image.refresh_from_db()
    assert_is_safe(image, "turned")
    shown = {stored for files in image.rendition_index["files"].values() for stored, _, _ in files.values()}
    assert shown
    assert not shown & old
    assert not [name for name in old if default_storage.exists(name)]
    assert [(one.width, one.height) for one in image.files_in_format("webp")] == [(64, 96)]


def test_equal_uploads_are_known_as_equal(admin_client: Client) -> None:
    for name in ("a.jpg", "b.jpg"):
        assert upload_several(admin_client, name, mpo(6)) == ""
    first, second = CustomImage.objects.order_by("pk")
    assert first.file_hash == second.file_hash
    form = {"title": "c", "files[]": SimpleUploadedFile("c.jpg", mpo(6))}
    assert json.loads(admin_client.post(reverse("wagtailimages:add_multiple"), form).content)["duplicate"] is True


def test_an_upload_that_waits_for_its_title_keeps_no_position_meanwhile(admin_client: Client) -> None:
    form = {"title": "n" * 300, "files[]": SimpleUploadedFile("gauge.jpg", POSITIONS["jpeg-xmp"][1]())}
    answer = json.loads(admin_client.post(reverse("wagtailimages:add_multiple"), form).content)
    waiting = UploadedFile.objects.get()
    with waiting.file.open() as file:
        assert not [place for place in PLACES if place in file.read()]
    prefix = f"uploaded-image-{waiting.pk}"
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]])
    form = {f"{prefix}-{field}": "" for field in ("tags", "description", "credit")}
    assert admin_client.post(address, {**form, f"{prefix}-title": "Gauge"}).status_code == 200
    assert_is_safe(CustomImage.objects.get(), "")


def account_form(client: Client, name: str, data: bytes) -> dict[str, object]:
    page = client.get(reverse("wagtailadmin_account"))
    form: dict[str, object] = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            bound = panel.get_form()
            form |= {bound.add_prefix(field): bound[field].value() or "" for field in bound.fields}
    form |= {"name_email-first_name": "Ada", "name_email-last_name": "Lindqvist"}
    return form | {"avatar-avatar": SimpleUploadedFile(name, data), "name_email-email": "a@saltmarsh.example"}


@pytest.mark.parametrize("name", ["jpeg-exif-turned", "mpo-turned", "heic-turned", "png-xmp"])
def test_an_account_picture_keeps_no_position(admin_client: Client, name: str) -> None:
    extension, make = POSITIONS[name]
    form = account_form(admin_client, f"me.{extension}", make())
    assert admin_client.post(reverse("wagtailadmin_account"), form).status_code == 302
    with UserProfile.objects.get().avatar.open() as file:
        data = file.read()
    assert not [place for place in PLACES if place in data]
    assert not Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)


@pytest.mark.parametrize("name", ["truncated.jpg", "truncated.png", "text.png", "bomb.png", "drawing.svg"])
def test_an_account_picture_that_cannot_be_used_is_refused_in_words(admin_client: Client, name: str) -> None:
    large = saved(Image.effect_noise((900, 700), 60), "JPEG")
    data = large[: len(large) // 2] if name == "truncated.jpg" else REFUSED[name]
    response = admin_client.post(reverse("wagtailadmin_account"), account_form(admin_client, name, data))
    assert response.status_code == 200
    assert not UserProfile.objects.filter(avatar__gt="").exists()


def test_an_account_picture_saved_by_code_keeps_no_position(admin_user) -> None:
    profile = UserProfile.get_for_user(admin_user)
    profile.avatar.save("me.jpg", ContentFile(b""), save=False)
    profile.avatar = ImageFile(io.BytesIO(saved(photo(), "JPEG", exif=exif())), "me.jpg")
    profile.save()
    with Image.open(profile.avatar.path) as opened:
        assert not opened.getexif().get_ifd(0x8825)


def test_what_was_uploaded_is_not_changed_by_saving_it_again() -> None:
    create(saved(photo(), "PNG"), "still.png")
    image = CustomImage.objects.get()
    before = image.file.name
    image.title = "Another"
    image.save()
    assert CustomImage.objects.get().file.name == before


def test_a_document_that_is_a_photo_keeps_no_position_and_others_stay_as_they_are(admin_client: Client) -> None:
    for name, data in (("photo.dat", POSITIONS["jpeg-exif"][1]()), ("table.csv", b"GPSLatitude,1\n")):
        form = {"title": name, "file": SimpleUploadedFile(name, data), "tags": ""}
        assert admin_client.post(reverse("wagtaildocs:add"), form).status_code == 302
        document = get_document_model().objects.get(title=name)
        with document.file.open() as file:
            stored = file.read()
        assert document.file_size == len(stored)
        assert document.file_hash == hashlib.sha1(stored, usedforsecurity=False).hexdigest()
        if name == "table.csv":
            assert stored == data
        else:
            assert not Image.open(io.BytesIO(stored)).getexif().get_ifd(0x8825)
