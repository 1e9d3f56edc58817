"""A body as it may be shown anywhere: in a feed reader there is no page around it, no style sheet and no frame."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.template.loader import render_to_string
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import RichText

from portfolio.blocks.foreseen import foresee
from portfolio.blocks.rendering import render_body

# Characters that XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets).
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ADDRESSES = ("href", "src", "cite", "poster")
# Of use on our own page only: links to headings, buttons, what is loaded on a click, and formulas as MathML, which many
# readers' programs take apart; the TeX beside it stays.
FURNITURE = "a.heading-anchor, button, iframe, script, style, template"
# How long a body is kept rendered. What it shows of other pages and images may be that much behind.
KEPT = 60 * 60


def contents(pages: Sequence[Any], urls: Sequence[str]) -> list[str]:
    """The cover and body of each page (posts or interviews) at the address beside it, as HTML.

    Rendering twenty bodies takes far longer than all the rest of a feed, so each is kept under a key made of what it
    was rendered from: a changed body is never shown as it was.
    """
    keys = [key_of(page, url) for page, url in zip(pages, urls, strict=True)]
    known = cache.get_many(keys)
    missing = [(key, page, url) for key, page, url in zip(keys, pages, urls, strict=True) if key not in known]
    foresee([page.body for _, page, _ in missing], with_pages=True)
    rendered = {key: portable(page, url) for key, page, url in missing}
    if rendered:
        cache.set_many(rendered, KEPT)
    return [known.get(key) or rendered.get(key, "") for key in keys]


def key_of(page: Any, url: str) -> str:
    source = json.dumps([url, page.cover_id, page.body.get_prep_value()])
    return f"feed-content:{sha256(source.encode()).hexdigest()}"


def portable(page: Any, url: str) -> str:
    cover = render_to_string("includes/picture.html", {"image": page.cover}) if page.cover else ""
    return absolute(f"{cover}{render_body(without_frames(page.body), {})}", url)


def without_frames(body: StreamValue) -> StreamValue:
    """The body with a plain link in place of each embed."""
    children = []
    for child in body:
        if child.block_type == "embed":
            children.append(("text", RichText(plain_link(child.value)), child.id))
        else:
            children.append((child.block_type, child.value, child.id))
    plain = StreamValue(body.stream_block, children)
    plain.foreseen = getattr(body, "foreseen", None)
    return plain


def plain_link(embed: Any) -> str:
    address = embed.get("url") or ""
    caption = embed.get("caption")
    link = f'<p><a href="{escape(address)}">{escape(embed.get("title") or address)}</a></p>'
    return f"{link}<p>{caption.source}</p>" if caption and caption.source else link


def absolute(html: str, base: str) -> str:
    """``html`` with its addresses read from ``base``, each picture as one plain image, and no furniture or colours."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(FURNITURE):
        element.decompose()
    for picture in soup.find_all("picture"):
        image = picture.find("img")
        picture.replace_with(image) if image else picture.decompose()
    for code in soup.select("pre code"):
        code.string = code.get_text()  # its colours are in our style sheet
    for element in soup.find_all(True):
        for name in ("srcset", "sizes"):
            element.attrs.pop(name, None)
        for name in ADDRESSES:
            if name in element.attrs:
                resolve(element, name, base)
    return without_controls(soup.decode())


def resolve(element: Any, name: str, base: str) -> None:
    """Make one address absolute; one that is none at all is taken out."""
    try:
        element[name] = urljoin(base, element[name])
    except ValueError:
        del element[name]


def without_controls(text: str) -> str:
    return CONTROLS.sub("", text)
