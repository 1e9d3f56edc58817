"""Pictures, with the name of who made them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from portfolio.renditions.sizes import AVIF, JPEG, PNG, USUAL, WEBP, WIDTHS

PLAIN_FORMATS = (JPEG, PNG)
# A name that is taken gets seven more letters from the storage.
NUMBERED = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of a picture at one size. ``full_url`` is for programs elsewhere."""

    url: str
    width: int
    height: int

    @property
    def full_url(self) -> str:
        return urljoin(f"{settings.SITE_URL}/", self.url)


class CustomImage(AbstractImage):
    """A picture.

    ``made`` remembers which renditions there are (``portfolio.renditions``): by size and format the file, its width
    and height. So a page that shows a picture asks for nothing more, and encodes nothing.
    """

    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made the picture, as it should be shown below it."
    )
    made = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)

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

    def shown_as(self, size: str, *formats: str) -> Shown:
        """The first of the formats that is made in this size, else the picture as it is."""
        made = self.made.get("files", {}).get(size, {})
        for kind in formats:
            if kind in made:
                return self.shown(*made[kind])
        return Shown(self.file.url, self.width, self.height)

    def widths(self, kind: str) -> list[Shown]:
        """What is made in a format, the narrowest first, in the picture's own shape."""
        sizes = (self.made.get("files", {}).get(f"width-{width}", {}) for width in WIDTHS)
        return [self.shown(*made[kind]) for made in sizes if kind in made]

    @property
    def usual(self) -> Shown:
        """What every program can show, as wide as a text."""
        usual = self.shown_as(USUAL, *PLAIN_FORMATS)
        if usual.url != self.file.url:
            return usual
        plain = [shown for kind in PLAIN_FORMATS for shown in self.widths(kind)]
        return max(plain, key=lambda shown: shown.width) if plain else usual

    def alternatives(self) -> list[tuple[str, list[Shown]]]:
        """(Media type, widths) in the formats that browsers should prefer, the lightest first."""
        return [(f"image/{kind}", shown) for kind in (AVIF, WEBP) if (shown := self.widths(kind))]

    def plain_widths(self) -> list[Shown]:
        return next((shown for kind in PLAIN_FORMATS if (shown := self.widths(kind))), [])

    def shown(self, name: str, width: int, height: int) -> Shown:
        storage = CustomRendition._meta.get_field("file").storage
        return Shown(storage.url(name), width, height)


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
