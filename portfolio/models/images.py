"""Images: Wagtail's, with a credit, a sanitised file, and the renditions that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from portfolio.images.field_files import KnownFileMetadata, is_stored
from portfolio.images.files import SanitisedImageFieldFile, sanitised_file
from portfolio.images.rendition_sizes import AVIF, FALLBACK_SIZE, JPEG, PNG, WEBP, WIDTHS

FALLBACK_FORMATS = (JPEG, PNG)
# The storage adds seven characters to a name that is taken.
STORAGE_SUFFIX = 7


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A file of an image at one size. ``full_url`` is the absolute address, for feeds and structured data."""

    url: str
    width: int
    height: int

    @property
    def full_url(self) -> str:
        return urljoin(f"{settings.SITE_URL}/", self.url)


class CustomImage(KnownFileMetadata, AbstractImage):
    """An image of the library.

    ``rendition_index`` stores which renditions exist (``portfolio.images.renditions``): by size and format the file,
    its width and height. So a page that shows an image needs no further query, and encodes nothing.
    """

    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made the picture, as it should be shown below it."
    )
    rendition_index = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)

    # The file that this instance has stored or sanitised already, so that saving does not sanitise it again.
    sanitised_name = ""

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row, and sanitise a file that was set by its name only. Raises ``ImageRefused``."""
        fields = kwargs.get("update_fields")
        if fields is not None and "file" in fields:
            kwargs["update_fields"] = {*fields, "width", "height", "file_size", "file_hash"}
        if fields is None or "file" in fields:
            self.sanitise_named_file()
        super().save(*args, **kwargs)

    def sanitise_named_file(self) -> None:
        """Sanitise a file that was in the storage already, when code has set only its name."""
        name = self.file.name
        known = self.sanitised_name if self._state.adding else self.sanitised_name or self.renditions_source
        if not name or not is_stored(self.file) or name == known or not self.file.storage.exists(name):
            return
        with self.file.storage.open(name) as stored:
            file = sanitised_file(stored, name)
            stored.seek(0)
            is_clean = file.read() == stored.read()
        self.sanitised_name = name
        if is_clean:
            return
        self.file.save(PurePosixPath(name).name, file, save=False)
        if not type(self)._base_manager.filter(file=name).exclude(pk=self.pk).exists():
            transaction.on_commit(partial(self.file.storage.delete, name))

    @property
    def renditions_source(self) -> str:
        """The name of the file that the renditions were made from, "" before there are any."""
        return self.rendition_index["of"][1] if len(self.rendition_index.get("of", ())) > 1 else ""

    @property
    def default_alt_text(self) -> str:
        """The description, else the title; "" when the title is the file's name, such as IMG_2041.

        An image block offers this as its alternative text.
        """
        if self.description:
            return self.description
        return "" if is_file_name(self.title, PurePosixPath(self.file.name or "").stem) else self.title

    def file_for(self, size: str, *formats: str) -> ImageFile:
        """The rendition in this size, in the first of the formats that exists, else the original."""
        files = self.rendition_index.get("files", {}).get(size, {})
        for kind in formats:
            if kind in files:
                return self.rendition_file(*files[kind])
        return ImageFile(self.file.url, self.width, self.height)

    def files_in_format(self, kind: str) -> list[ImageFile]:
        """The uncropped renditions in a format, the narrowest first."""
        sizes = (self.rendition_index.get("files", {}).get(f"width-{width}", {}) for width in WIDTHS)
        return [self.rendition_file(*files[kind]) for files in sizes if kind in files]

    @property
    def fallback(self) -> ImageFile:
        """The file of the ``<img>`` element: JPEG or PNG, as wide as a column of text."""
        fallback = self.file_for(FALLBACK_SIZE, *FALLBACK_FORMATS)
        if fallback.url != self.file.url:
            return fallback
        others = [file for kind in FALLBACK_FORMATS for file in self.files_in_format(kind)]
        return max(others, key=lambda file: file.width) if others else fallback

    def modern_files(self) -> list[tuple[str, list[ImageFile]]]:
        """(Media type, files) for the ``<source>`` elements, the smallest format first."""
        return [(f"image/{kind}", files) for kind in (AVIF, WEBP) if (files := self.files_in_format(kind))]

    def fallback_files(self) -> list[ImageFile]:
        return next((files for kind in FALLBACK_FORMATS if (files := self.files_in_format(kind))), [])

    def rendition_file(self, name: str, width: int, height: int) -> ImageFile:
        storage = CustomRendition._meta.get_field("file").storage
        return ImageFile(storage.url(name), width, height)


# Wagtail's field and column, with a file that is sanitised before it is stored.
CustomImage._meta.get_field("file").attr_class = SanitisedImageFieldFile


def is_file_name(title: str, stem: str) -> bool:
    """Whether the title is the file's name (``stem``), perhaps with the storage's suffix."""
    separators = re.compile(r"[\W_]+")
    words, name = separators.sub("", title.casefold()), separators.sub("", stem.casefold())
    return name.startswith(words) and len(name) - len(words) <= STORAGE_SUFFIX


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]

    def __str__(self) -> str:
        return f"{self.image} as {self.filter_spec}"
