"""Content of feed items: a body as HTML that needs no page around it, no style sheet, script or frame."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import RichText

from portfolio.blocks.body.rendering import render_body
from portfolio.blocks.links import safe_href
from portfolio.markdown.characters import without_controls
from portfolio.markdown.maths import show_tex
from portfolio.models.prefetch import prefetch_references

ADDRESSES = ("href", "src", "cite", "poster")
LINKS = ("href", "cite")
# Of use on our own page only: links to headings, buttons, what is loaded on a click, and formulas as MathML, which many
# readers' programs take apart; the TeX beside it stays.
OWN_PAGE_ONLY = "a.heading-anchor, button, iframe, script, style, template"
# More than a book has; the parser takes a second for some thousands, and a feed must not hold its readers up.
MOST_TAGS = 20_000
# How long a rendered body is cached. What it shows of other pages and images may be that much behind.
CACHE_SECONDS = 60 * 60


def contents(pages: Sequence[Any], urls: Sequence[str]) -> list[str]:
    """The cover and body of each page (posts or interviews) at the address beside it, as HTML.

    Rendering twenty bodies takes far longer than all the rest of a feed, so each is kept under a key made of what it
    was rendered from: a changed body is never shown as it was.
    """
    keys = [key_of(page, url) for page, url in zip(pages, urls, strict=True)]
    cached = cache.get_many(keys)
    missing = [(key, page, url) for key, page, url in zip(keys, pages, urls, strict=True) if key not in cached]
    prefetch_references([page.body for _, page, _ in missing], with_pages=True)
    rendered = {key: portable(page, url) for key, page, url in missing}
    if rendered:
        cache.set_many(rendered, CACHE_SECONDS)
    return [cached.get(key) or rendered.get(key, "") for key in keys]


def key_of(page: Any, url: str) -> str:
    source = json.dumps([get_language(), url, getattr(page, "cover_id", None), page.body.get_prep_value()])
    return f"feed-content:{sha256(source.encode()).hexdigest()}"


def portable(page: Any, url: str) -> str:
    image = getattr(page, "cover", None)
    cover = render_to_string("includes/picture.html", {"image": image}) if image else ""
    # A feed has neither colours nor MathML.
    html = f"{cover}{show_tex(render_body(without_frames(page.body), {}, marked=True))}"
    if html.count("<") > MOST_TAGS:
        html = f'{cover}<p><a href="{escape(url)}">{escape(page.title)}</a></p>'
    return absolute(html, url)


def without_frames(body: StreamValue) -> StreamValue:
    """The body with rich text in place of each block that only our own page can show, such as an embed."""
    children = []
    for child in body:
        html = child.block.rich_text_outside_page(child.value)
        if html is None:
            children.append((child.block_type, child.value, child.id))
        else:
            children.append(("text", RichText(html), child.id))
    plain = StreamValue(body.stream_block, children)
    plain.prefetched = getattr(body, "prefetched", None)
    return plain


def absolute(html: str, base: str) -> str:
    """``html`` with addresses resolved against ``base``, pictures as single images, and nothing ``OWN_PAGE_ONLY``."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(OWN_PAGE_ONLY):
        element.decompose()
    for picture in soup.find_all("picture"):
        image = picture.find("img")
        picture.replace_with(image) if image else picture.decompose()
    for code in soup.select("pre code"):
        code.string = code.get_text()  # its colours are in our style sheet
    for element in soup.find_all(True):
        for name in ("srcset", "sizes", "data-lexer", "data-lines"):
            element.attrs.pop(name, None)
        for name in ADDRESSES:
            if name in element.attrs:
                resolve(element, name, base)
    return without_controls(soup.decode())


def resolve(element: Any, name: str, base: str) -> None:
    """Make one address absolute; one that is none at all, or a link that would run a script, is taken out."""
    if name in LINKS and not safe_href(element[name]):
        del element[name]
        return
    try:
        element[name] = urljoin(base, element[name])
    except ValueError:
        del element[name]
