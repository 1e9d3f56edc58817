"""What a piece of HTML refers to: links, images, video and sound. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

LINK, IMAGE, MEDIA = "link", "image", "media"
KINDS = {
    "a": (LINK, "href"),
    "img": (IMAGE, "src"),
    "image": (IMAGE, "src"),  # browsers show both alike
    "video": (MEDIA, "src"),
    "audio": (MEDIA, "src"),
    "source": (MEDIA, "src"),
    "track": (MEDIA, "src"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """An address as written, what it is for, and the words that stand for it where it cannot be shown."""

    kind: str
    address: str
    words: str = ""


def mentions(html: str) -> Iterator[Mention]:
    """Every address that ``html`` shows or links to, in order. A video's still picture is an image."""
    if not any(f"<{name}" in html.lower() for name in KINDS):
        return
    for tag in BeautifulSoup(html, "html.parser").find_all(list(KINDS)):
        kind, attribute = KINDS[tag.name]
        address = str(tag.get(attribute) or "").strip()
        if address:
            yield Mention(kind, address, str(tag.get("alt") or ""))
        if tag.name == "video" and tag.get("poster"):
            yield Mention(IMAGE, str(tag["poster"]).strip())
