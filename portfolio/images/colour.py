"""Colour management: read the profile of an image, and convert images to screen colours. Pure."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

# Modes with transparency.
TRANSPARENT_MODES = ("LA", "PA", "RGBA", "RGBa", "La")
COLOUR_SPACES = {"L": "GRAY", "LA": "GRAY", "1": "GRAY", "I;16": "GRAY", "CMYK": "CMYK"}


def profile_of(image: Image.Image) -> bytes | None:
    """The ICC profile of an image; None when there is none, or it is damaged or for another colour space."""
    profile = image.info.get("icc_profile")
    if not profile:
        return None
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile if space == COLOUR_SPACES.get(image.mode, "RGB") else None


def to_screen_colours(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """The image as RGB or RGBA, and the RGB profile to store with it, such as Display P3.

    Greyscale and CMYK are converted to sRGB by their profile, or without one in the same way as browsers do.
    """
    profile = profile_of(image)
    if profile and COLOUR_SPACES.get(image.mode) in ("CMYK", "GRAY"):
        converted = to_srgb(image, profile)
        if converted is not None:
            return converted, None
        profile = None
    clear = image.mode in TRANSPARENT_MODES or "transparency" in image.info
    if image.mode.startswith("I;16"):
        threshold = image.info.get("transparency")
        image = image.point(lambda value: value / 256).convert("L")  # the upper of two bytes
        if isinstance(threshold, int):
            image.info["transparency"] = threshold // 256
    return image.convert("RGBA" if clear else "RGB"), profile


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Convert by the profile; None for a mode or a profile that the colour library does not support."""
    alpha = image.getchannel("A") if image.mode == "LA" else None
    if alpha is not None:
        image = image.getchannel("L")
    if image.mode not in ("L", "CMYK") or "transparency" in image.info:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return None
    if converted is not None and alpha is not None:
        converted.putalpha(alpha)
    return converted
