"""Pictures, with the name of who made them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

# A name that is taken gets seven more letters from the storage.
NUMBERED = 7


class CustomImage(AbstractImage):
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made the picture, as it should be shown below it."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"

    @property
    def default_alt_text(self) -> str:
        """The description, else the title; "" where the title is only the file's name, which tells a listener nothing.

        An image block offers this as its alternative text, so a name such as IMG_2041 would pass for one.
        """
        if self.description:
            return self.description
        return "" if same_words(self.title, PurePosixPath(self.file.name or "").stem) else self.title


def same_words(title: str, stem: str) -> bool:
    """Whether a title is the file's name: as it is, without its extension, or numbered when it was stored."""
    letters = re.compile(r"[\W_]+")
    told, name = letters.sub("", title.casefold()), letters.sub("", stem.casefold())
    return name.startswith(told) and len(name) - len(told) <= NUMBERED


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]

    def __str__(self) -> str:
        return f"{self.image} as {self.filter_spec}"
