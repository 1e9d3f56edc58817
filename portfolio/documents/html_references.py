"""HTML references: find the links, images, video and audio in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from portfolio.markdown.html.scanner import Opening, scan

LINK, IMAGE, MEDIA = "link", "image", "media"
KINDS = {
    "a": (LINK, "href"),
    "img": (IMAGE, "src"),
    "video": (MEDIA, "src"),
    "audio": (MEDIA, "src"),
    "source": (MEDIA, "src"),
    "track": (MEDIA, "src"),
}


@dataclass(frozen=True, slots=True)
class HtmlReference:
    """A URL as written, its kind, and its alternative text."""

    kind: str
    address: str
    words: str = ""


def html_references(html: str) -> Iterator[HtmlReference]:
    """Yield each URL that ``html`` shows or links to, in order. The poster of a video is an image."""
    for tag in scan(html):
        if not isinstance(tag, Opening) or tag.name not in KINDS:
            continue
        kind, attribute = KINDS[tag.name]
        if address := unescape(tag.attributes.get(attribute, "")).strip():
            yield HtmlReference(kind, address, unescape(tag.attributes.get("alt", "")))
        if (
            tag.name == "source"
            and tag.attributes.get("media")
            and (variant := tag.attributes.get("srcset", "").split())
        ):
            yield HtmlReference(IMAGE, unescape(variant[0]).rstrip(","))  # an image variant for certain screens
        if tag.name == "video" and (poster := unescape(tag.attributes.get("poster", "")).strip()):
            yield HtmlReference(IMAGE, poster)
