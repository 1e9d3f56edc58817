"""Display sizes: the ``sizes`` attribute of images in a text."""

from __future__ import annotations

# rem is what the reader's browser has, not what the page makes of it.
COLUMN = "(min-width: 64em) 45rem, 100vw"
WIDE = "(min-width: 64em) 60rem, 100vw"
FULL = "(min-width: 64em) 77rem, 100vw"
WIDEST = 77 * 16  # CSS pixels; an image that is wider can never be shown larger than it is


def display_sizes(width: int, sizes: str = COLUMN) -> str:
    """Return ``sizes`` for an image that is ``width`` pixels wide, which a browser must not enlarge."""
    if width >= WIDEST:
        return sizes
    parts = (part.rpartition(" ") for part in sizes.split(", "))
    return ", ".join(f"{condition}{space}min({width}px, {length})" for condition, space, length in parts)
