"""Links, images, video and sound in text kept as it was written: the old site's addresses become this site's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from portfolio.markdown.addresses import decoded, split_address
from portfolio.models.ledger import ImportedAsset

PART = re.compile(r"(?:[1-9]\d?|100)%")
TAG = re.compile(
    r"<(?P<name>a|img|image|video|audio|source|track)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)
NOWHERE = "https://no-host.invalid/"
# How wide an image in a text is shown.
SIZES = "(min-width: 64em) 45rem, 100vw"


@dataclass(slots=True)
class Known:
    """What the addresses of texts lead to on this site, looked up all at once.

    What was looked up beforehand (``foreseen``) also has the pictures and pages that blocks refer to by their keys, and
    which paths and pictures it was ``asked`` for, whether they are here or not.
    """

    pages: dict[str, str] = field(default_factory=dict)
    assets: dict[str, ImportedAsset] = field(default_factory=dict)
    images: dict[int, Any] = field(default_factory=dict)
    linked: dict[int, Any] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    asked_images: set[int] = field(default_factory=set)
    by_path: dict[str, ImportedAsset] = field(default_factory=dict)

    def add_asset(self, asset: ImportedAsset) -> None:
        """Without the path that the old site lay under an address works too, but one that is meant is better."""
        self.by_path[f"/{asset.path}"] = asset
        self.assets[asset.old_url] = asset

    def file(self, path: str | None) -> str | None:
        """Where the old site's file at ``path`` is now; None when this site does not have it."""
        asset = self.asset(path) if path else None
        return asset.url if asset else None

    def asset(self, path: str) -> ImportedAsset | None:
        return self.assets.get(path) or self.by_path.get(path)


FORESEEN: ContextVar[Known | None] = ContextVar("foreseen", default=None)


def resolve(html: str, base: str = "/") -> str:
    """``html`` with its internal links and images pointing to where their targets are now.

    ``base`` is the address the text had on its old site (absolute, or a path when the site had no address): relative
    addresses are read from there. An image that is nowhere to be found is left out, one from another site becomes a
    link: a page asks nothing of third parties. Costs at most three queries, however many links and images there are.
    The result is not yet sanitised.
    """
    tags = [(match["name"].lower(), attributes_of(match["attributes"])) for match in TAG.finditer(html)]
    if not tags:
        return html
    known = look_up(
        [path for name, found in tags if name == "a" and (path := local_path(found.get("href", ""), base))],
        [
            path
            for name, found in tags
            for address in ([] if name == "a" else [found.get("src", ""), found.get("poster", "")])
            if (path := local_path(address, base))
        ],
    )

    def replaced(match: re.Match[str]) -> str:
        name, attributes = match["name"].lower(), attributes_of(match["attributes"])
        if name == "a":
            return link(match[0], attributes, base, known)
        if name in ("img", "image"):  # browsers show both alike
            return image(match[0], attributes, base, known)
        return media(match[0], name, attributes, base, known)

    return TAG.sub(replaced, html)


def link(written: str, attributes: dict[str, str], base: str, known: Known) -> str:
    path = local_path(attributes.get("href", ""), base)
    if path is None:
        return written
    parts = split_address(attributes["href"].strip())
    now = known.pages.get(Redirect.normalise_path(path)) or known.file(path)
    if now is None:  # the page has kept its address, or nothing answers there
        now = quote(path, safe="/:@!$&'()*+,;=~%") + (f"?{parts.query}" if parts.query else "")
    return tag("a", {**attributes, "href": f"{now}#{parts.fragment}" if parts.fragment else now})


def image(written: str, attributes: dict[str, str], base: str, known: Known) -> str:
    address = attributes.get("src", "")
    path = local_path(address, base)
    if path is None:
        words = escape(attributes.get("alt") or "Image", quote=False)
        return (
            f"{tag('a', {'href': address})}{words}</a>"
            if split_address(address).scheme in ("http", "https", "")
            else ""
        )
    asset = known.asset(path)
    now = known.file(path)
    if asset is None or now is None:
        return written if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)) else ""
    own = {name: value for name, value in attributes.items() if name not in ("src", "srcset", "sizes")}
    if asset.image is None:  # a drawing, or more pixels than are scaled
        return tag("img", {"src": now, "loading": "lazy", "alt": "", **own})
    shown = asset.image.usual
    size = sizes(own.pop("width", ""), shown.width, shown.height)
    own.pop("height", None)
    return picture(asset.image, shown, {**size, "loading": "lazy", "decoding": "async", "alt": "", **own})


def sizes(said: str, width: int, height: int) -> dict[str, str]:
    """The width that somebody gave a picture in pixels or as a part of the text's width, never wider than it is."""
    if PART.fullmatch(said):
        return {"width": said}
    if said.isdecimal() and 0 < int(said[:6]) < width:
        return {"width": said, "height": str(round(height * int(said) / width))}
    return {"width": str(width), "height": str(height)}


def picture(image: Any, shown: Any, attributes: dict[str, str]) -> str:
    """The image in all the widths and formats that there are of it."""
    sources = "".join(
        tag("source", {"type": kind, "srcset": ", ".join(f"{one.url} {one.width}w" for one in widths), "sizes": SIZES})
        for kind, widths in image.alternatives()
    )
    plain = tag("img", {"src": shown.url, **attributes})
    return f"<picture>{sources}{plain}</picture>" if sources else plain


def media(written: str, name: str, attributes: dict[str, str], base: str, known: Known) -> str:
    """A video, a sound or a part of one. Other sizes of a picture (``srcset``) are left out: it has its own."""
    if "srcset" in attributes and "src" not in attributes:
        return ""
    moved = {
        key: now
        for key in ("src", "poster")
        if key in attributes and (now := known.file(local_path(attributes[key], base)))
    }
    return tag(name, {**attributes, **moved}) if moved else written


def look_up(links: Iterable[str], shown: Iterable[str]) -> Known:
    """Find the pages and files behind ``links``, and the files that are ``shown``; all are paths on the old site."""
    links, shown = set(links), set(shown)
    foreseen = FORESEEN.get()
    if foreseen is not None and foreseen.asked >= links | shown:
        return foreseen
    known = Known()
    if links:
        rows = Redirect.objects.filter(old_path__in={Redirect.normalise_path(path) for path in links})
        known.pages = {row.old_path: row.link for row in rows.select_related("redirect_page") if row.link}
    files = {path for path in links if is_file(path)} | shown
    if files:
        found = ImportedAsset.objects.filter(
            Q(old_url__in=files) | Q(path__in=[path.removeprefix("/") for path in files])
        )
        for asset in found.select_related("image", "document").order_by("pk"):
            known.add_asset(asset)
    return known


def is_file(path: str) -> bool:
    """False for an address that looks like a page's."""
    extension = path.rpartition("/")[2].rpartition(".")
    return bool(extension[1]) and extension[2].lower() not in ("", "html", "htm", "php")


def local_path(address: str, base: str) -> str | None:
    """The path on the old site that ``address`` names; None when it leads elsewhere or nowhere."""
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
