"""Picture block: an image with its alternative text, used inside other blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import BooleanBlock, CharBlock, StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from portfolio.blocks.body.references import PREFETCHED
from portfolio.blocks.rich_text.stored_rich_text import key_in
from portfolio.blocks.unknown_fields import KeptFieldsBlock

ALT_HELP = "What somebody who cannot see the picture should know, in a sentence."
DECORATIVE_HELP = "Tick this when there is nothing to know: the picture is only there to look at."
ALT_MISSING = (
    "Screen readers have nothing to say about this picture. Write here what somebody who cannot see it should know, "
    "or tick “Decorative” if there is nothing to know."
)


def newest_image() -> Any:
    """Return the newest image of the library for previews; None if the library is empty."""
    from wagtail.images import get_image_model

    image = get_image_model().objects.order_by("-pk").first()
    if image is not None:
        image.contextual_alt_text = image.default_alt_text
        image.decorative = False
    return image


class PictureBlock(KeptFieldsBlock, ImageBlock):
    """An image with an alternative text, or marked as decorative."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        decorative = BooleanBlock(default=False, required=False, label="Decorative", help_text=DECORATIVE_HELP)
        alt_text = CharBlock(required=False, label="Alt text", help_text=ALT_HELP)
        for name, block in (("decorative", decorative), ("alt_text", alt_text)):
            block.set_name(name)
            self.child_blocks[name] = block

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Use the images that were prefetched with the other references of the page."""
        values = [with_possible_key(value) for value in values]
        prefetched = PREFETCHED.get()
        if prefetched is None or not all(isinstance(value, dict) for value in values):
            return super().bulk_to_python(values)
        keys = [value.get("image") for value in values]
        if not prefetched.requested_images >= {key for key in keys if key}:
            return super().bulk_to_python(values)
        images = [copy(prefetched.images.get(key)) for key in keys]
        for image, value in zip(images, values, strict=True):
            if image is not None:
                image.decorative = value.get("decorative")
                image.contextual_alt_text = "" if image.decorative else value.get("alt_text")
                self.keep(value, image)
        return images

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except StructBlockValidationError as error:
            if "alt_text" in error.block_errors:
                raise StructBlockValidationError(block_errors={"alt_text": ValidationError(ALT_MISSING)}) from error
            raise


def with_possible_key(value: Any) -> Any:
    """Return a stored picture, without its key if no image can have that key."""
    if isinstance(value, dict):
        key = value.get("image")
        return value if key is None or key_in(key) else {**value, "image": None}
    return value if value is None or key_in(value) else None


def stored_pictures(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield each picture in stored blocks or in a part of one, with ``image`` (a key), ``alt_text``, ``decorative``."""
    if isinstance(value, Mapping):
        if "alt_text" in value and isinstance(value.get("image"), int):
            yield value
        for part in value.values():
            yield from stored_pictures(part)
    elif isinstance(value, list):
        for part in value:
            yield from stored_pictures(part)
