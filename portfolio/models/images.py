"""Pictures, with the name of who made them."""

from __future__ import annotations

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index


class CustomImage(AbstractImage):
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made the picture, as it should be shown below it."
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]

    def __str__(self) -> str:
        return f"{self.image} as {self.filter_spec}"
