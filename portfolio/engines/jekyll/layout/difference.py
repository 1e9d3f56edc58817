"""Layout difference: what the layout of a document shows in addition to the document's text.

A page of the old site is rendered with a placeholder in place of the text, and the same layout once more for an empty
document. What only the first one shows comes from the document: a subtitle, a venue, a portrait. What both show, and
what names itself navigation, comments or the like, is on every page of the old site and not kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from bs4 import Tag
from bs4.element import PageElement

from portfolio.documents.months import month_number
from portfolio.engines.jekyll.layout.elements import (
    IN_STYLE,
    MEDIA,
    SHARE,
    clean,
    inner_blocks,
    is_block,
    paragraph,
    plain,
    runs,
    signature,
    signatures,
)
from portfolio.engines.jekyll.layout.region import PLACEHOLDER, content_region
from portfolio.engines.layout_parts import LayoutParts

# Kept as one piece if anything in it is of the document.
_WHOLE = frozenset("p ul ol dl table figure blockquote pre h1 h2 h3 h4 h5 h6 iframe video audio details hr".split())
_LABEL = re.compile(r"h[2-6]|dt|strong|b|label")
_LONGEST_LABEL = 60  # characters
_LONGEST_GROUP = 300  # characters of a box that is kept with its labels
_ELSEWHERE = re.compile(r"^https?://|^mailto:[^?]|\.(?:pdf|zip|docx?|pptx?|xlsx?|ipynb|bib|csv)$", re.IGNORECASE)
_WORD = re.compile(r"[\w’'+#.-]+")
# Words around dates, names and links that the page has anyway.
_META_WORDS = frozenset(
    "a about ago all am and at author authors back by categories category comment comments created date day days edit "
    "edited from go home in last less min mins minute minutes modified more of on page pm post posted posts published "
    "read reading see share tag tagged tags than the this time to top under update updated view words word written mon "
    "tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday utc gmt".split()
)
_DATE_PART = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_MIN_REPEATED = 4  # words of a piece that is not kept because the text has them in this order


@dataclass(frozen=True, slots=True)
class ShownBesideBody:
    """What the page shows besides its body: ``texts`` whole, ``names`` of terms and people, ``years`` of its dates.

    ``body`` is the visible text of the document, ``image`` the address of its cover.
    """

    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    body: str = ""
    image: str = ""


def layout_parts(html: str, empty: str, shown: ShownBesideBody) -> LayoutParts:
    """Return what ``html`` shows and ``empty``, the page of an empty document, does not.

    Without ``empty`` the result is the main content of the page, found by its landmarks.
    """
    known = set(signatures(content_region(empty, landmarks=False))) if empty else set()
    known.discard(())
    difference = _Difference(known, shown)
    difference.visit(content_region(html, landmarks=not empty))
    return difference.parts


class _Difference:
    """Walks from the top of a page to the placeholder and collects the new pieces before and after it."""

    def __init__(self, known: set[tuple[str, ...]], shown: ShownBesideBody) -> None:
        self.parts = LayoutParts()
        self._pieces = self.parts.above
        self._known = known
        self._shown = shown
        self._texts = {plain(text).casefold() for text in shown.texts if text}
        self._body = plain(shown.body).casefold()
        self._own_words = {
            word for name in (*shown.names, *shown.texts[:1]) for word in _WORD.findall(name.casefold())
        } | set(shown.years)
        self._labels = {word for words, *_ in known for word in _WORD.findall(words.casefold())}
        self._label: Tag | None = None

    def visit(self, element: Tag) -> None:
        if picture := IN_STYLE.search(str(element.get("style") or "")):
            self._background(picture[1])
        for run in runs(element):
            first = run[0]
            if isinstance(first, Tag) and first.get("id") == PLACEHOLDER:
                self._pieces, self._label = self.parts.below, None
            elif isinstance(first, Tag) and first.find(id=PLACEHOLDER) is not None:
                self.visit(first)
            else:
                self._unit(run)

    def _unit(self, run: list[PageElement]) -> None:
        seen = signature(run)
        if not seen:
            return
        element = run[0] if len(run) == 1 and isinstance(run[0], Tag) else None
        if seen in self._known:
            is_label = element is not None and _LABEL.fullmatch(element.name) and len(seen[0]) <= _LONGEST_LABEL
            self._label = element if is_label else None
        elif element is None or element.name in _WHOLE or not any(map(is_block, element.children)):
            self._add(run)
        elif self._is_group(element, seen[0]):
            self._add(list(inner_blocks(element)))
        else:
            self.visit(element)

    def _is_group(self, element: Tag, text: str) -> bool:
        """Whether a small box has a label that the document does not fill, so that both belong together."""
        if not 0 < len(text) <= _LONGEST_GROUP or element.find(["h1", *MEDIA]) is not None:
            return False
        texts = [seen for run in runs(element) if (seen := signature(run))]
        return not any(self._is_shown(seen[0]) for seen in texts) and any(seen not in self._known for seen in texts)

    def _add(self, run: list[PageElement]) -> None:
        run = [part for part in run if not self._is_cover(part)]
        for part in run:
            for picture in part.find_all(self._is_cover) if isinstance(part, Tag) else ():
                picture.decompose()
        seen = signature(run)
        if not seen or (self._is_shown(seen[0]) and not self._has_more(run)):
            return
        label, self._label = self._label, None
        if label is not None:
            self._pieces.append(clean(label))
        blocks = [part for part in run if isinstance(part, Tag) and is_block(part)]
        for element in blocks if len(blocks) == len(run) else [paragraph(run)]:
            html = clean(element)
            if html and html not in self._pieces:
                self._pieces.append(html)

    def _background(self, address: str) -> None:
        if not any(address in known for known in self._known) and not self._is_cover_address(address):
            self._pieces.append(f'<img src="{escape(address)}" alt="">')

    def _is_cover(self, element: PageElement) -> bool:
        if not isinstance(element, Tag) or element.name != "img":
            return False
        return self._is_cover_address(str(element.get("src") or ""))

    def _is_cover_address(self, address: str) -> bool:
        cover = self._shown.image.strip("./")
        return bool(cover) and address.strip("./").endswith(cover)

    def _has_more(self, run: list[PageElement]) -> bool:
        """Whether there is media, or a link to another site or a file with words other than a name or date."""
        elements = [inner for part in run if isinstance(part, Tag) for inner in [part, *part.find_all(True)]]
        return any(
            element.name in MEDIA
            or (
                element.name == "a"
                and _ELSEWHERE.search(str(element.get("href") or ""))
                and not SHARE.search(str(element["href"]))
                and not self._own_words.issuperset(_WORD.findall(element.get_text(" ").casefold()))
            )
            for element in elements
        )

    def _is_shown(self, text: str) -> bool:
        """Whether the page shows the words anyway."""
        folded = text.casefold()
        if not folded or folded in self._texts:
            return True
        words = _WORD.findall(folded)
        if len(words) >= _MIN_REPEATED and folded.rstrip("….").rstrip() in self._body:
            return True
        own: list[str] = []
        others: list[str] = []
        for word in words:
            is_own = word in self._own_words or month_number(word) or _DATE_PART.fullmatch(word)
            (own if is_own else others).append(word.strip("."))
        return all(word in _META_WORDS or (own and word in self._labels) for word in others)
