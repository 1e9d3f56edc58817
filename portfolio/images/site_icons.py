"""Draw the icons of a site from one picture: for tabs, home screens and installed apps. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from portfolio.images.colour import to_screen_colours

PAPER = "#fbfaf7"  # of the style sheet
ICO_SIZES = [(16, 16), (32, 32), (48, 48)]


@dataclass(frozen=True, slots=True)
class IconShape:
    """A size in pixels, and whether the icon is opaque: phones show transparency as black."""

    size: int
    opaque: bool = False
    inset: float = 0.0  # of a picture with a shape of its own, as a part of the size


# A maskable icon may be cut to a circle of 40 % around its middle (https://www.w3.org/TR/appmanifest/#icon-masks).
ICONS = {
    "favicon.ico": IconShape(48),
    "apple-touch-icon.png": IconShape(180, opaque=True, inset=0.12),
    "icon-192.png": IconShape(192),
    "icon-512.png": IconShape(512),
    "icon-maskable-512.png": IconShape(512, opaque=True, inset=0.2),
}


def draw_icon(data: bytes, name: str) -> bytes:
    """A square icon, the whole picture in its middle. Raises OSError for what Pillow cannot read."""
    shape = ICONS[name]
    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", (shape.size * 2, shape.size * 2))  # a large JPEG is decoded at a smaller size
        picture = to_screen_colours(ImageOps.exif_transpose(opened))[0].convert("RGBA")
    # A square picture without transparency fills the icon, as it has a ground of its own.
    fills = picture.width == picture.height and picture.getextrema()[3][0] == 255
    room = round(shape.size * (1 - 2 * (0 if fills else shape.inset)))
    picture = ImageOps.contain(picture, (room, room), Image.Resampling.LANCZOS)
    icon = Image.new("RGBA", (shape.size, shape.size), PAPER if shape.opaque else (0, 0, 0, 0))
    icon.alpha_composite(picture, ((shape.size - picture.width) // 2, (shape.size - picture.height) // 2))
    out = io.BytesIO()
    if name.endswith(".ico"):
        icon.save(out, "ICO", sizes=ICO_SIZES)
    else:
        (icon.convert("RGB") if shape.opaque else icon).save(out, "PNG", optimize=True)
    return out.getvalue()
