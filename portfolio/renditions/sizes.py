"""In which sizes and formats a picture is kept ready. Names are those of Wagtail's filters."""

from __future__ import annotations

# Of the shape it has, for texts: one for each width that it has, and one as wide as it is itself.
WIDTHS = (400, 800, 1200, 1600)
# What the width and height of a picture in a text are read from, and what programs show that know no others.
USUAL = "width-800"
SQUARE = "fill-360x360"  # a face
LOGO = "max-320x120"
CARD = "fill-1200x630"  # beside a link that somebody shares

AVIF, WEBP = "avif", "webp"
JPEG, PNG = "jpeg", "png"
# "plain" is what every program can read: JPEG, or PNG for a picture that one can see through.
PLAIN = "plain"

# Counts up when the above changes: then what was made before is made anew.
EDITION = 1


def wanted(width: int) -> dict[str, tuple[str, ...]]:
    """The sizes of a picture that is ``width`` pixels wide, each with its formats."""
    narrower = [size for size in WIDTHS if size < width]
    widths = WIDTHS[: len(narrower) + 1]
    return {
        **{f"width-{size}": (AVIF, WEBP, PLAIN) for size in widths},
        SQUARE: (WEBP, PLAIN),
        LOGO: (WEBP, PLAIN),
        CARD: (PLAIN,),
    }
