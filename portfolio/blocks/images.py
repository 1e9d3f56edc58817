"""Pictures in a body: one with its caption, or several side by side."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    BlockGroup,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)
from wagtail.images.blocks import ImageBlock

from portfolio.blocks.links import safe_href
from portfolio.blocks.prose import InlineTextBlock
from portfolio.blocks.references import FORESEEN

ALT_HELP = "What somebody who cannot see the picture should know, in a sentence."
DECORATIVE_HELP = "Tick this when there is nothing to know: the picture is only there to look at."
ALT_MISSING = (
    "Screen readers have nothing to say about this picture. Write here what somebody who cannot see it should know, "
    "or tick “Decorative” if there is nothing to know."
)
CAPTION_HELP = "Shown below the picture. Say what the reader should notice."


def newest_image() -> Any:
    """The newest picture of the library for a preview; None when the library is empty."""
    from wagtail.images import get_image_model

    image = get_image_model().objects.order_by("-pk").first()
    if image is not None:
        image.contextual_alt_text = image.default_alt_text
        image.decorative = False
    return image


class PictureBlock(ImageBlock):
    """A picture with what it says to people who cannot see it, or the word that it says nothing."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        decorative = BooleanBlock(default=False, required=False, label="Decorative", help_text=DECORATIVE_HELP)
        alt_text = CharBlock(required=False, label="Alt text", help_text=ALT_HELP)
        for name, block in (("decorative", decorative), ("alt_text", alt_text)):
            block.set_name(name)
            self.child_blocks[name] = block

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Pictures that were looked up with all else that the page refers to are not asked for again."""
        values = list(values)
        foreseen = FORESEEN.get()
        if foreseen is None or not all(isinstance(value, dict) for value in values):
            return super().bulk_to_python(values)
        keys = [value.get("image") for value in values]
        if not foreseen.asked_images >= {key for key in keys if key}:
            return super().bulk_to_python(values)
        return [
            self._struct_value_to_image({**value, "image": copy(foreseen.images.get(key))})
            for key, value in zip(keys, values, strict=True)
        ]

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except StructBlockValidationError as error:
            if "alt_text" in error.block_errors:
                raise StructBlockValidationError(block_errors={"alt_text": ValidationError(ALT_MISSING)}) from error
            raise


class FigureBlock(StructBlock):
    """One picture with its caption; ``link`` in the template is safe to use as an address."""

    image = PictureBlock()
    caption = InlineTextBlock(required=False, help_text=CAPTION_HELP)
    credit = CharBlock(
        required=False, max_length=200, help_text="Who made it. Leave empty to use the picture's own credit."
    )
    size = ChoiceBlock(
        choices=[("column", "As wide as the text"), ("wide", "Wider than the text"), ("full", "As wide as the page")],
        default="column",
    )
    align = ChoiceBlock(
        choices=[("left", "Left, text beside it"), ("right", "Right, text beside it")], required=False, default=""
    )
    link = CharBlock(
        required=False, max_length=2000, search_index=False, help_text="Where a click on the picture goes, if anywhere."
    )
    title = CharBlock(
        required=False, max_length=500, help_text="Shown when the pointer rests on the picture; a caption is better."
    )

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if cleaned["link"] and not safe_href(cleaned["link"]):
            message = (
                "This is no web address. Write a full one, like https://example.org/, or one of this site: /about/"
            )
            raise StructBlockValidationError(block_errors={"link": ValidationError(message)})
        return cleaned

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = self._to_struct_value({**value, "link": safe_href(value.get("link"))})
        return super().get_context(shown, parent_context)

    class Meta:
        icon = "image"
        label = "Image"
        group = "Media"
        template = "blocks/image.html"
        description = "One picture with caption and credit."
        form_layout = BlockGroup(
            children=["image", "caption", "credit"],
            settings=["size", "align", "link", "title"],
        )
        label_format = "{caption}"

        @staticmethod
        def preview_value() -> dict[str, Any]:
            return {
                "image": newest_image(),
                "caption": "The gauge house at low water.",
                "credit": "",
                "size": "column",
                "align": "",
                "link": "",
                "title": "",
            }


class GalleryImageBlock(StructBlock):
    image = PictureBlock()
    caption = InlineTextBlock(required=False, help_text=CAPTION_HELP)

    class Meta:
        icon = "image"
        label_format = "{caption}"


class GalleryBlock(StructBlock):
    """Several pictures that belong together."""

    images = ListBlock(GalleryImageBlock(), min_num=1)
    caption = InlineTextBlock(required=False, help_text="Shown below all pictures.")

    class Meta:
        icon = "grid"
        label = "Gallery"
        group = "Media"
        template = "blocks/gallery.html"
        description = "Several pictures that belong together, side by side."
        label_format = "Gallery: {caption}"

        @staticmethod
        def preview_value() -> dict[str, Any]:
            picture = {"image": newest_image(), "caption": "Low water."}
            return {"images": [picture, {**picture, "caption": "High water."}], "caption": "One day at the gauge."}
