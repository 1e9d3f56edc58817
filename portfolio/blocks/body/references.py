"""Resolve references of kept Markdown and HTML: links and media get their URLs on this site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any, Protocol
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

from portfolio.blocks.display_sizes import display_sizes
from portfolio.markdown.addresses import decoded, split_address

PART = re.compile(r"(?:[1-9]\d?|100)%")
TAG = re.compile(
    r"<(?P<name>a|img|image|video|audio|source|track)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)
# A <picture> inside the author's <picture> is merged into one element, with the author's sources first.
NESTED_PICTURE = re.compile(
    r"<picture\b[^<>]*>\s*((?:<source\b[^<>]*>\s*)*)<picture>((?:(?!</?picture).)*</picture>)\s*</picture>", re.DOTALL
)
NOWHERE = "https://no-host.invalid/"


class StoredFile(Protocol):
    """An imported file of the old site: an ``image`` of the library, or another file."""

    path: str
    old_url: str
    image: Any

    @property
    def url(self) -> str | None: ...


@dataclass(slots=True)
class ResolvedReferences:
    """Targets on this site for the addresses in texts.

    References that were prefetched for whole bodies also have the images and pages that blocks refer to by key, and the
    requested paths and images, whether they exist or not.
    """

    addresses: dict[str, str] = field(default_factory=dict)  # by the path of a redirect
    files: dict[str, StoredFile] = field(default_factory=dict)  # by the path of their old address
    files_by_path: dict[str, StoredFile] = field(default_factory=dict)  # by the path that they had in the source
    images: dict[int, Any] = field(default_factory=dict)
    pages: dict[int, Any] = field(default_factory=dict)
    requested_paths: set[str] = field(default_factory=set)
    requested_images: set[int] = field(default_factory=set)

    def add_file(self, file: StoredFile) -> None:
        self.files_by_path[f"/{file.path}"] = file
        self.files[file.old_url] = file

    def file(self, path: str) -> StoredFile | None:
        """Return the file at an old path, with or without the base path of the old site; with it comes first."""
        return self.files.get(path) or self.files_by_path.get(path)

    def file_address(self, path: str | None) -> str | None:
        """Return the current URL of the old site's file at ``path``; None if this site does not have it."""
        file = self.file(path) if path else None
        return file.url if file else None


PREFETCHED: ContextVar[ResolvedReferences | None] = ContextVar("prefetched_references", default=None)

FileFinder = Callable[[Collection[str]], Iterable[StoredFile]]
_file_finder: list[FileFinder] = []


def use_file_finder(find: FileFinder) -> None:
    """Set the function that finds the old site's files by path in the tables of the import."""
    _file_finder[:] = [find]


def resolve(html: str, base: str = "/") -> str:
    """Return ``html`` with internal links and images pointing to the current URLs of their targets.

    ``base`` is the URL of the text on its old site (absolute, or a path if the site had no URL), to which relative
    addresses are relative. A missing image is left out; an image of another site becomes a link, since pages make no
    third-party requests. Takes at most three queries, whatever the number of links and images. The result is
    not sanitised.
    """
    tags = [(match["name"].lower(), attributes_of(match["attributes"])) for match in TAG.finditer(html)]
    if not tags:
        return html
    targets = look_up(
        [path for name, own in tags if name == "a" and (path := local_path(own.get("href", ""), base))],
        [
            path
            for name, own in tags
            for address in ([] if name == "a" else [own.get("src", "") or variant(own), own.get("poster", "")])
            if (path := local_path(address, base))
        ],
    )

    def replaced(match: re.Match[str]) -> str:
        name, attributes = match["name"].lower(), attributes_of(match["attributes"])
        if name == "a":
            return link(match[0], attributes, base, targets)
        if name in ("img", "image"):  # browsers show both alike
            return image(match[0], attributes, base, targets)
        return media(match[0], name, attributes, base, targets)

    resolved = TAG.sub(replaced, html)
    return NESTED_PICTURE.sub(r"<picture>\1\2", resolved) if "<picture" in html else resolved


def link(written: str, attributes: dict[str, str], base: str, targets: ResolvedReferences) -> str:
    path = local_path(attributes.get("href", ""), base)
    if path is None:
        return written
    parts = split_address(attributes["href"].strip())
    now = targets.addresses.get(redirect_path(path)) or targets.file_address(path)
    if now is None:  # the page has the same URL, or does not exist
        now = quote(path, safe="/:@!$&'()*+,;=~%") + (f"?{parts.query}" if parts.query else "")
    return tag("a", {**attributes, "href": f"{now}#{parts.fragment}" if parts.fragment else now})


def image(written: str, attributes: dict[str, str], base: str, targets: ResolvedReferences) -> str:
    address = attributes.get("src", "")
    path = local_path(address, base)
    if path is None:
        words = escape(attributes.get("alt") or "Image", quote=False)
        return (
            f"{tag('a', {'href': address})}{words}</a>"
            if split_address(address).scheme in ("http", "https", "")
            else ""
        )
    file = targets.file(path)
    now = targets.file_address(path)
    if file is None or now is None:
        return written if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)) else ""
    own = {name: value for name, value in attributes.items() if name not in ("src", "srcset", "sizes")}
    if file.image is None:  # an SVG, or an image too large to scale
        return tag("img", {"src": now, "loading": "lazy", "alt": "", **own})
    shown = file.image.fallback
    size = sizes(own.pop("width", ""), shown.width, shown.height)
    own.pop("height", None)
    return picture(file.image, shown, {**size, "loading": "lazy", "decoding": "async", "alt": "", **own})


def sizes(written: str, width: int, height: int) -> dict[str, str]:
    """Return the size attributes of an image for a ``written`` width in pixels or per cent, at most its own width."""
    if PART.fullmatch(written):
        return {"width": written}
    if written.isdecimal() and 0 < int(written[:6]) < width:
        return {"width": written, "height": str(round(height * int(written) / width))}
    return {"width": str(width), "height": str(height)}


def picture(image: Any, shown: Any, attributes: dict[str, str]) -> str:
    """Return the image as ``<picture>`` with all its widths and formats."""
    sizes = display_sizes(image.width)
    sources = "".join(
        tag("source", {"type": kind, "srcset": ", ".join(f"{one.url} {one.width}w" for one in widths), "sizes": sizes})
        for kind, widths in image.modern_files()
    )
    plain = tag("img", {"src": shown.url, **attributes})
    return f"<picture>{sources}{plain}</picture>" if sources else plain


def media(written: str, name: str, attributes: dict[str, str], base: str, targets: ResolvedReferences) -> str:
    """Return a video, audio, source or track element with current URLs.

    Other sizes and formats of an image (``srcset``) are left out, since renditions replace them. An image variant for
    certain screens (``media``) is kept if the file exists here.
    """
    if "srcset" in attributes and "src" not in attributes:
        now = targets.file_address(local_path(variant(attributes), base)) if variant(attributes) else None
        return tag("source", {"media": attributes["media"], "srcset": now}) if now else ""
    moved = {
        key: now
        for key in ("src", "poster")
        if key in attributes and (now := targets.file_address(local_path(attributes[key], base)))
    }
    return tag(name, {**attributes, **moved}) if moved else written


def variant(attributes: dict[str, str]) -> str:
    """Return the first URL of a source for certain screens (``media``), "" for any other element."""
    return attributes.get("srcset", "").strip().split(" ")[0].rstrip(",") if attributes.get("media") else ""


def look_up(links: Iterable[str], shown: Iterable[str]) -> ResolvedReferences:
    """Find the pages and files for ``links``, and the files for ``shown`` media; all are paths on the old site."""
    links, shown = set(links), set(shown)
    prefetched = PREFETCHED.get()
    if prefetched is not None and prefetched.requested_paths >= links | shown:
        return prefetched
    targets = ResolvedReferences()
    if links:
        rows = Redirect.objects.filter(old_path__in={redirect_path(path) for path in links})
        targets.addresses = {row.old_path: row.link for row in rows.select_related("redirect_page") if row.link}
    if paths := {path for path in links if is_file(path)} | shown:
        for file in _file_finder[0](paths):
            targets.add_file(file)
    return targets


def redirect_path(path: str) -> str:
    """Return a decoded path in the form of stored redirects: letters of every script as they are, spaces as ``%20``."""
    return Redirect.normalise_path(quote(path, safe="/:@!$&'()*+,;=~"))


def is_file(path: str) -> bool:
    """Whether the path has an extension that is not that of a page."""
    extension = path.rpartition("/")[2].rpartition(".")
    return bool(extension[1]) and extension[2].lower() not in ("", "html", "htm", "php")


def local_path(address: str, base: str) -> str | None:
    """Return the decoded path of ``address`` on the old site; None if it leads to another site or is invalid."""
    address = address.strip()
    if not address or address.startswith("#"):
        return None
    try:
        home = urlsplit(urljoin(NOWHERE, base))
        parts = urlsplit(urljoin(home.geturl(), address))
    except ValueError:
        return None
    own = {"no-host.invalid", home.netloc.lower().removeprefix("www.")}
    if parts.scheme not in ("http", "https") or parts.netloc.lower().removeprefix("www.") not in own:
        return None
    return decoded(parts.path) or "/"


def attributes_of(text: str) -> dict[str, str]:
    return {
        match["name"].lower(): unescape(match["double"] or match["single"] or match["bare"] or "")
        for match in ATTRIBUTE.finditer(text)
    }


def tag(name: str, attributes: dict[str, str]) -> str:
    return f"<{name} " + " ".join(f'{key}="{escape(value)}"' for key, value in attributes.items()) + ">"
