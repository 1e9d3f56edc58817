"""Layout content: what the layouts of a Jekyll document show in addition to its text.

Loads python-liquid, so import it in worker processes only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from portfolio.documents.listed_collections import LISTED
from portfolio.documents.title_text import plain_title
from portfolio.engines.jekyll.layout.difference import ShownBesideBody, layout_parts
from portfolio.engines.jekyll.layout.region import PLACEHOLDER_HTML
from portfolio.engines.jekyll.liquid.drops import site_values
from portfolio.engines.jekyll.liquid.layouts import Layout, layout_chain, render_layouts, without_chrome
from portfolio.engines.jekyll.liquid.partials import find_include
from portfolio.engines.jekyll.liquid.render import liquid_of_another
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.layout_parts import LayoutParts
from portfolio.engines.resolved import UnrenderedDocument
from portfolio.engines.site_profile import read_profile
from portfolio.markdown.options import Options
from portfolio.markdown.text import has_visible_text, visible_text

MAX_INCLUDES = 100
MOST_TAGS = 20_000  # of a rendered page
OWN_TEMPLATE = 2  # documents at most that use a layout which counts as a part of them
_INCLUDE = re.compile(r"{%-?\s*include(?:_cached)?\s+([^\s{}%]+)(?:[^%]|%(?!}))*%}")
_KEY = re.compile(r"\bpage(?:\.|\[\s*[\"'])([\w-]+)")
_PARENT = re.compile(r"[\"']parent[\"']\s*,\s*page\.title\b|\.parent\s*==\s*page\.title\b")
_ANY_KEY = re.compile(r"\bpage\[\s*[^\"'\s]")
# Keys that a page shows in its own way, or that nobody reads.
_SHOWN_KEYS = frozenset(
    "title url id date path content excerpt layout categories category tags tag permalink next previous collection dir "
    "name lang slug published ext redirect_from last_modified_at robots sitemap math mathjax toc css js scripts author "
    "authors comments share social_share related hidden pin order weight nav_order nav parent noindex".split()
)


def layout_content(unrendered: UnrenderedDocument, body: str, site: JekyllSite) -> LayoutParts | None:
    """Return the pieces above and below the text, whose HTML is ``body``; None if no layout is known."""
    chain = layout_chain(site, unrendered.resolved.data.get("layout"))
    if not chain:
        return None
    layouts = _layouts_of(site)
    is_empty = "<img" not in body and not has_visible_text(body)
    is_post = unrendered.document.kind == "post"
    is_own = not is_post and chain[0].in_source and layouts.uses[chain[0].name] <= OWN_TEMPLATE
    is_parent = layouts.shows_children(chain) and unrendered.resolved.title in layouts.parents
    is_front = unrendered.resolved.address == "/"
    if not (is_empty or is_own or is_parent or is_front or layouts.named_keys(chain) & _filled_keys(unrendered)):
        return LayoutParts()
    html = _render(chain, unrendered, site)
    if html is None or html.count("<") > MOST_TAGS:
        return None
    shown = _shown(unrendered, visible_text(body), site)
    parts = LayoutParts()
    try:
        if not is_own:
            parts = layout_parts(html, layouts.empty_page(chain, unrendered.options), shown)
        if is_own or (is_empty and not parts and not is_post and chain[0].in_source):
            parts = layout_parts(html, layouts.empty_page(chain[1:], unrendered.options), shown)
    except RecursionError:
        return None
    return parts


def _render(chain: Sequence[Layout], unrendered: UnrenderedDocument, site: JekyllSite) -> str | None:
    resolved, path = unrendered.resolved, unrendered.document.path
    entry = site.entry(path)
    page = {**resolved.data, "title": resolved.title, "url": resolved.address}
    context = LiquidContext(site, page, path, unrendered.options)
    values = site_values(site, unrendered.options, liquid_of_another).page(entry) if entry else page
    return render_layouts(chain, PLACEHOLDER_HTML, values, context)


class _Layouts:
    """What is read of the layouts of a site once for all documents of a worker."""

    def __init__(self, site: JekyllSite) -> None:
        self.site = site
        self._keys: dict[tuple[str, ...], frozenset[str]] = {}
        self._empty: dict[tuple[Options, tuple[str, ...]], str] = {}

    @cached_property
    def uses(self) -> Counter[str]:
        """Return how many pages and documents of collections use each layout."""
        others = [file.path for file in self.site.files if file.engine_kind != "post"]
        entries = [entry for path in others if (entry := self.site.entry(path)) is not None]
        return Counter(str(entry.data.get("layout")) for entry in entries)

    def named_keys(self, chain: Sequence[Layout]) -> AnyKey | frozenset[str]:
        """Return the front matter keys that layouts or their includes name; every key if one is computed."""
        names = tuple(layout.name for layout in chain)
        if names not in self._keys:
            text = _with_includes((layout.text for layout in chain), self.site)
            self._keys[names] = AnyKey() if _ANY_KEY.search(text) else frozenset(_KEY.findall(text))
        return self._keys[names]

    @cached_property
    def parents(self) -> frozenset[str]:
        """Return the titles that the front matter of other documents gives as their parent."""
        return frozenset(str(entry.data["parent"]) for entry in self.site.entries if entry.data.get("parent"))

    def shows_children(self, chain: Sequence[Layout]) -> bool:
        """Whether a layout looks for pages by their parent."""
        return any(_PARENT.search(layout.text) for layout in chain)

    def empty_page(self, chain: Sequence[Layout], options: Options) -> str:
        """Return the page of a document without any data in the layouts; "" without layouts."""
        key = options, tuple(layout.name for layout in chain)
        if chain and key not in self._empty:
            page = {"layout": chain[0].name, "url": "", "title": "", "tags": [], "categories": []}
            context = LiquidContext(self.site, page, "", options)
            self._empty[key] = render_layouts(chain, PLACEHOLDER_HTML, page, context) or "<p></p>"
        return self._empty.get(key, "")


class AnyKey(frozenset[str]):
    """A set that has every key."""

    def __and__(self, other: AbstractSet[object]) -> frozenset[str]:
        return frozenset(map(str, other))


_latest: _Layouts | None = None


def _layouts_of(site: JekyllSite) -> _Layouts:
    global _latest
    if _latest is None or _latest.site is not site:
        _latest = _Layouts(site)
    return _latest


def _shown(unrendered: UnrenderedDocument, text: str, site: JekyllSite) -> ShownBesideBody:
    document, resolved = unrendered.document, unrendered.resolved
    is_post = document.kind == "post"
    excerpt = resolved.data.get("excerpt")
    is_front = resolved.address == "/"  # which begins with the owner's name instead of its title
    texts = [] if is_front else [plain_title(resolved.title) or document.title]
    if is_post:  # whose page shows them above the text
        texts += [resolved.description, visible_text(excerpt) if isinstance(excerpt, str) else ""]
    if is_front:
        profile = read_profile(site.config)
        texts += [profile.title, profile.owner_name, profile.headline]
    dates = [moment for moment in (resolved.date, resolved.updated) if moment is not None and _is_dated(document.kind)]
    return ShownBesideBody(
        texts=tuple(texts),
        names=(*resolved.categories, *resolved.tags, *resolved.authors),
        years=tuple(part for moment in dates for part in (f"{moment:%Y}", f"{moment:%Y-%m-%d}")),
        body=text,
        image=resolved.image if is_post else "",
    )


def _is_dated(kind: str) -> bool:
    """Whether the page of the document shows its date."""
    return kind == "post" or kind.removeprefix("collection:").lower() in LISTED


def _filled_keys(unrendered: UnrenderedDocument) -> set[str]:
    keys = {key for key, value in unrendered.resolved.data.items() if value not in (None, False, "", [], {})}
    keys -= _SHOWN_KEYS if _is_dated(unrendered.document.kind) else _SHOWN_KEYS - {"date"}
    keys -= {key for key in keys if unrendered.resolved.data[key] is True}
    return keys - {"description", "excerpt"} if unrendered.document.kind == "post" else keys


def _with_includes(texts: Iterable[str], site: JekyllSite) -> str:
    done: dict[str, str] = {}
    waiting = list(texts)
    result = list(waiting)
    while waiting and len(done) < MAX_INCLUDES:
        for name in _INCLUDE.findall(waiting.pop()):
            if name not in done:
                done[name] = without_chrome(find_include(site, name)[0])
                waiting.append(done[name])
                result.append(done[name])
    return "\n".join(result)
