"""Elements of a rendered page: blocks and inline runs, what readers see of them, and their HTML without boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

_BLOCKS = frozenset(
    "address article aside blockquote center dd details dialog div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr iframe li main nav object ol p pre section table tbody td tr ul video audio".split()
)
MEDIA = frozenset("img iframe video audio".split())
_UNWRAPPED = frozenset("span time font small address label big center".split())
_KEPT_ATTRIBUTES = frozenset(
    "href src alt title width height colspan rowspan lang dir datetime controls poster".split()
)
# Links that share or lead within the page.
SHARE = re.compile(
    r"^(?:mailto:\?|javascript:|#|$)|(?:sharer?|intent/(?:tweet|post)|submit|shareArticle|pin/create|share-offsite)\b",
    re.IGNORECASE,
)
IN_STYLE = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*[\"']?([^\"')]+)[\"']?\s*\)", re.IGNORECASE)
_BOXES = frozenset("div section article header footer aside address center li dd dt main".split())
_EDGES = re.compile(r"\s*(</?(?:p|ul|ol|li|h[1-6]|div)>)\s*")


def plain(text: str) -> str:
    return " ".join(text.split())


def signature(elements: Iterable[PageElement]) -> tuple[str, ...]:
    """Return what readers see of elements: words, and addresses of pictures and links."""
    text: list[str] = []
    addresses: list[str] = []
    for element in elements:
        if isinstance(element, Tag):
            text.append(element.get_text(" "))
            for inner in [element, *element.find_all(True)]:
                addresses += _addresses(inner)
        else:
            text.append(str(element))
    words = plain(" ".join(text))
    return (words, *addresses) if words or addresses else ()


def _addresses(element: Tag) -> Iterator[str]:
    if element.name in MEDIA and element.get("src"):
        yield str(element["src"])
    elif element.name == "a" and not SHARE.search(str(element.get("href") or "")):
        yield str(element["href"])
    if picture := IN_STYLE.search(str(element.get("style") or "")):
        yield picture[1]


def signatures(region: Tag) -> Iterator[tuple[str, ...]]:
    for element in [region, *region.find_all(True)]:
        yield signature([element])
        for run in runs(element):
            yield signature(run)


def is_block(element: PageElement) -> bool:
    return isinstance(element, Tag) and (element.name in _BLOCKS or element.find(list(_BLOCKS)) is not None)


def runs(element: Tag) -> Iterator[list[PageElement]]:
    """Yield the children: each block alone, inline content between blocks together."""
    run: list[PageElement] = []
    for child in element.children:
        if isinstance(child, Comment):
            continue
        if is_block(child):
            if run:
                yield run
            yield [child]
            run = []
        else:
            run.append(child)
    if run:
        yield run


def inner_blocks(element: Tag) -> Iterator[Tag]:
    for run in runs(element):
        first = run[0]
        if len(run) == 1 and isinstance(first, Tag) and is_block(first):
            yield first
        elif signature(run):
            yield paragraph(run)


def paragraph(run: Iterable[PageElement]) -> Tag:
    paragraph = BeautifulSoup("", "html.parser").new_tag("p")
    paragraph.extend(list(run))
    return paragraph


def clean(element: Tag) -> str:
    """Return the HTML of an element without classes, scripts and boxes; its headings are below the page's title."""
    if element.name == "h1":
        element.name = "h2"
    for inner in [element, *element.find_all(True)]:
        for name in set(inner.attrs) - _KEPT_ATTRIBUTES:
            del inner[name]
    for inner in element.find_all(list(_UNWRAPPED)):
        inner.unwrap()
    for inner in element.find_all(["i", "em", "b", "strong", "a", "p", "div", "li"]):
        if not inner.get_text(strip=True) and inner.find(list(MEDIA)) is None:
            inner.decompose()
    if element.name in _BOXES and not any(map(is_block, element.children)):
        element.name = "p"
    if element.name == "pre" or element.find("pre"):
        return element.decode(formatter="minimal")
    html = re.sub(r"\s+", " ", element.decode(formatter="minimal"))
    return _EDGES.sub(r"\1", html)
