"""Links and images in text that is kept as it was written: the old site's addresses become this site's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

from portfolio.models.ledger import ImportedAsset

TAG = re.compile(r"<(?P<name>a|img)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)
NOWHERE = "https://no-host.invalid/"
WIDTH = "width-1200"


@dataclass(slots=True)
class Known:
    """What the addresses of one text lead to on this site, looked up all at once."""

    pages: dict[str, str] = field(default_factory=dict)
    images: dict[str, Any] = field(default_factory=dict)


def resolve(html: str, base: str = "/") -> str:
    """``html`` with its internal links and images pointing to where their targets are now.

    ``base`` is the address the text had on its old site (absolute, or a path when the site had no address): relative
    addresses are read from there. An image that is nowhere to be found is left out, one from another site becomes a
    link: a page asks nothing of third parties. Costs at most two queries, however many links and images there are.
    The result is not yet sanitised.
    """
    tags = [(match["name"].lower(), attributes_of(match["attributes"])) for match in TAG.finditer(html)]
    if not tags:
        return html
    known = look_up(
        [path for name, found in tags if name == "a" and (path := local_path(found.get("href", ""), base))],
        [path for name, found in tags if name == "img" and (path := local_path(found.get("src", ""), base))],
    )

    def replaced(match: re.Match[str]) -> str:
        attributes = attributes_of(match["attributes"])
        if match["name"].lower() == "a":
            return link(match[0], attributes, base, known)
        return image(match[0], attributes, base, known)

    return TAG.sub(replaced, html)


def link(written: str, attributes: dict[str, str], base: str, known: Known) -> str:
    path = local_path(attributes.get("href", ""), base)
    if path is None:
        return written
    parts = urlsplit(attributes["href"].strip())
    now = known.pages.get(Redirect.normalise_path(path))
    if now is None:  # the page has kept its address, or nothing answers there
        now = quote(path, safe="/:@!$&'()*+,;=~%") + (f"?{parts.query}" if parts.query else "")
    return tag("a", {**attributes, "href": f"{now}#{parts.fragment}" if parts.fragment else now})


def image(written: str, attributes: dict[str, str], base: str, known: Known) -> str:
    address = attributes.get("src", "")
    path = local_path(address, base)
    if path is None:
        words = escape(attributes.get("alt") or "Image", quote=False)
        return f"{tag('a', {'href': address})}{words}</a>" if urlsplit(address).scheme in ("http", "https", "") else ""
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return written
    found = known.images.get(path)
    if found is None:
        return ""
    rendition = found.get_rendition(WIDTH)
    size = {"width": str(rendition.width), "height": str(rendition.height)}
    own = {
        name: value for name, value in attributes.items() if name not in ("src", "srcset", "sizes", "width", "height")
    }
    return tag("img", {"src": rendition.url, **size, "loading": "lazy", "alt": "", **own})


def look_up(links: Iterable[str], images: Iterable[str]) -> Known:
    known = Known()
    paths = {Redirect.normalise_path(path) for path in links}
    if paths:
        rows = Redirect.objects.filter(old_path__in=paths).select_related("redirect_page")
        known.pages = {row.old_path: row.link for row in rows if row.link}
    wanted = set(images)
    if wanted:
        assets = ImportedAsset.objects.filter(old_url__in=wanted, image__isnull=False).select_related("image")
        known.images = {asset.old_url: asset.image for asset in assets.prefetch_related("image__renditions")}
    return known


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
    return unquote(parts.path) or "/"


def attributes_of(text: str) -> dict[str, str]:
    return {
        match["name"].lower(): unescape(match["double"] or match["single"] or match["bare"] or "")
        for match in ATTRIBUTE.finditer(text)
    }


def tag(name: str, attributes: dict[str, str]) -> str:
    return f"<{name} " + " ".join(f'{key}="{escape(value)}"' for key, value in attributes.items()) + ">"
