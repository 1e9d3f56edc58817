"""``{% picture_of image %}`` and ``{% image_as image "fill-360x360" %}``: images in their stored renditions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portfolio.blocks.display_sizes import COLUMN, FULL, WIDE, display_sizes
from portfolio.images.rendition_sizes import WEBP
from portfolio.models.images import FALLBACK_FORMATS, CustomImage, ImageFile
from portfolio.models.prefetch import IMAGE

register = template.Library()

# Widths of the page's tracks, by the sizes that a figure can have.
TRACKS = {"column": COLUMN, "wide": WIDE, "full": FULL}
LARGE = 1000  # pixels; a narrower image is shown as large as it is already


@register.simple_tag
def picture_of(
    image: CustomImage, sizes: str = "", loading: str = "lazy", widest: int = 0, **attributes: Any
) -> SafeString:
    """The whole picture, in as many widths and formats as there are, in the shape and size it will have.

    A browser loads one that is not lazy before other pictures. One that is never shown large says so with ``widest``.
    """
    sizes = display_sizes(image.width, TRACKS.get(sizes, sizes) or COLUMN)
    usual = image.fallback
    own = {"src": usual.url}
    if not widest and len(plain := image.fallback_files()) > 1:
        own |= {"srcset": srcset(plain), "sizes": sizes}
    own |= {"width": usual.width, "height": usual.height}
    own |= {"loading": "lazy", "decoding": "async"} if loading == "lazy" else {"fetchpriority": "high"}
    shown = tag("img", own | attributes)
    sources = [
        tag("source", {"type": kind, "srcset": srcset(up_to(widest, widths)), "sizes": sizes})
        for kind, widths in image.modern_files()
    ]
    return format_html("<picture>{}{}</picture>", SafeString("".join(sources)), shown) if sources else shown


@register.simple_tag
def image_as(image: CustomImage, size: str, **attributes: Any) -> SafeString:
    """A picture in one size, such as a portrait."""
    shown = image.file_for(size, WEBP, *FALLBACK_FORMATS)
    return tag("img", {"src": shown.url, "width": shown.width, "height": shown.height} | attributes)


@register.simple_tag
def load_covers(pages: Iterable[Any]) -> str:
    """Load the pictures of a list's pages with one query, those that are not loaded yet."""
    waiting = [page for page in pages if vars(page).get("cover_id") and not is_loaded(page, "cover")]
    if waiting:
        images = CustomImage.objects.only(*IMAGE).in_bulk([page.cover_id for page in waiting])
        for page in waiting:
            page.cover = images.get(page.cover_id)
    return ""


def is_loaded(page: Any, name: str) -> bool:
    return bool(page._meta.get_field(name).is_cached(page))


@register.filter
def large_file(image: CustomImage | None) -> ImageFile | None:
    """The largest file of an image that has more to show than its place in the text; else None."""
    if image is None or image.width < LARGE:
        return None
    files = [*image.files_in_format(WEBP), *image.fallback_files()]
    return max(files, key=lambda file: file.width) if files else ImageFile(image.file.url, image.width, image.height)


@register.filter
def card_of(image: CustomImage) -> ImageFile:
    """What is shown beside a link that somebody shares: as programs of every kind read it."""
    return image.file_for("fill-1200x630", *FALLBACK_FORMATS)


def up_to(widest: int, files: list[ImageFile]) -> list[ImageFile]:
    """The files that are no wider than ``widest``, at least one; all for 0."""
    return [file for file in files if not widest or file.width <= widest] or files[:1]


def srcset(widths: Iterable[ImageFile]) -> str:
    return ", ".join(f"{shown.url} {shown.width}w" for shown in widths)


def tag(name: str, attributes: dict[str, Any]) -> SafeString:
    """An empty element; attributes without a value (None) are left out."""
    given = ((key, value) for key, value in attributes.items() if value is not None)
    return format_html("<{}{}>", name, format_html_join("", ' {}="{}"', given))
