"""Images: source, alternative text and title of an ``<img>``, and which of them are emoji."""

from __future__ import annotations

import re

from bs4 import Tag

from portfolio.admin.paste.html.constructs import PastedImage
from portfolio.admin.paste.html.styles import classes, style_of

EMOJI_SIDE = 24  # pixels


def read_image(element: Tag, link: str) -> PastedImage | None:
    """Return the image with its ``link``; None without a source, or for a tracking pixel."""
    src = str(element.get("src") or "").strip()
    if src.startswith("data:") or not src:
        src = str(element.get("data-src") or "").strip() or src
    if not src or side(element, "width") in (0, 1) or side(element, "height") in (0, 1):
        return None
    alt, title = (" ".join(str(element.get(name) or "").split()) for name in ("alt", "title"))
    return PastedImage(src, alt, title, link)


def is_emoji(element: Tag, alt: str) -> bool:
    """Whether the image is a small one whose alternative text is an emoji."""
    width, height = side(element, "width"), side(element, "height")
    small = max(width or EMOJI_SIDE + 1, height or EMOJI_SIDE + 1) <= EMOJI_SIDE
    return bool(alt) and ("emoji" in classes(element) or (small and len(alt) <= 4))


def side(element: Tag, name: str) -> int | None:
    """Return the width or height in pixels; None if the element has none."""
    written = style_of(element).get(name, "") or str(element.get(name) or "")
    digits = re.match(r"\d{1,6}(?=(?:px|\.\d+|$))", written.strip())
    return int(digits[0]) if digits else None
