"""Sizes and formats of renditions. A size is named by its Wagtail filter spec."""

from __future__ import annotations

# Widths for images in a text: those below the image's own width, and the next one.
WIDTHS = (400, 800, 1200, 1600)
# The <img> of a <picture>: its width and height, and what programs show that support neither AVIF nor WebP.
FALLBACK_SIZE = "width-800"
SQUARE = "fill-360x360"  # portraits
LOGO = "max-320x120"
CARD = "fill-1200x630"  # share images

AVIF, WEBP = "avif", "webp"
JPEG, PNG = "jpeg", "png"
# "plain" is JPEG, or PNG for an image with transparency.
PLAIN = "plain"

# Increase it when the above changes: existing renditions are then made again.
EDITION = 2


def sizes_for(width: int, *, moving: bool = False) -> dict[str, tuple[str, ...]]:
    """The sizes to make for an image that is ``width`` pixels wide, each with its formats.

    An animation is shown as it is; only its share image is made, from the first frame.
    """
    if moving:
        return {CARD: (PLAIN,)}
    narrower = [size for size in WIDTHS if size < width]
    widths = WIDTHS[: len(narrower) + 1]
    return {
        **{f"width-{size}": (AVIF, WEBP, PLAIN) for size in widths},
        SQUARE: (WEBP, PLAIN),
        LOGO: (WEBP, PLAIN),
        CARD: (PLAIN,),
    }
