"""Image upload from the clipboard or by drag and drop, with Wagtail's form and permissions."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.utils import find_image_duplicates
from wagtail.permissions import policy_registry

LONGEST_TITLE = 255  # characters
NAMELESS = frozenset({"", "image", "blob", "picture", "unnamed", "clipboard"})


class ImageUploadRefused(ValueError):
    """The image is refused; the message says why."""


def store_image(user: Any, file: UploadedFile, title: str = "") -> Any:
    """Store ``file`` as an image, or return the existing image with the same content that the user may choose.

    Raises `ImageUploadRefused` where the user may not add images, or the form for uploads refuses the file.
    """
    model = get_image_model()
    policy = policy_registry.get_by_type(model)
    if not policy.user_has_permission(user, "add"):
        raise ImageUploadRefused("you may not add images")
    form = upload_form(model, user, file, title or title_of(file.name or ""))
    if not form.is_valid():
        raise ImageUploadRefused(" ".join(message for messages in form.errors.values() for message in messages))
    checked = form.cleaned_data["file"]
    if same := find_image_duplicates(model(file_hash=checked.sha1), user, policy).order_by("pk").first():
        return same
    image = form.save(commit=False)
    image.uploaded_by_user = user
    image.save()
    return image


def upload_form(model: Any, user: Any, file: UploadedFile, title: str) -> Any:
    """Wagtail's upload form, filled in; the collection is the first that the user may add to."""
    form_class = get_image_form(model)
    fields = form_class(user=user).fields
    data = {"title": title[:LONGEST_TITLE]}
    if "collection" in fields:
        collection = fields["collection"].queryset.first()
        data["collection"] = collection.pk if collection else ""
    return form_class(data, {"file": file}, instance=model(), user=user)


def title_of(name: str) -> str:
    """A title from the file's name. Browsers give all clipboard images the same name, so those get the date."""
    stem = PurePosixPath(name).stem.replace("_", " ").strip()
    return f"Pasted image, {timezone.localdate():%Y-%m-%d}" if stem.lower() in NAMELESS else stem
