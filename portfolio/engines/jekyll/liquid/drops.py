"""Liquid drops: the variables ``site`` and ``page`` of templates."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from portfolio.documents.front_matter import FrontMatterError, split_front_matter
from portfolio.documents.limits import MAX_FILE
from portfolio.engines.excerpt import PARAGRAPH, cut_excerpt
from portfolio.engines.jekyll.config import markdown_extensions
from portfolio.engines.jekyll.liquid.collection_order import in_collection_order
from portfolio.engines.jekyll.liquid.data import load_data
from portfolio.engines.jekyll.liquid.values import RubyTime, liquid_value
from portfolio.engines.jekyll.site import IndexEntry, JekyllSite
from portfolio.engines.jekyll.tree import HTML_EXTENSIONS
from portfolio.engines.walk import read_bytes
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html

RenderAnother = Callable[[str, IndexEntry, JekyllSite, Options], str]


class Lazy(Mapping[str, Any]):
    """A mapping whose expensive values are computed on access; those in ``large`` are not cached.

    ``on_read`` is called with each key that a template reads.
    """

    large = frozenset({"content", "excerpt", "output"})

    def __init__(
        self,
        values: Mapping[str, Any],
        lazy: Mapping[str, Callable[[], Any]],
        on_read: Callable[[str], None] | None = None,
    ) -> None:
        self._values = dict(values)
        self._lazy = dict(lazy)
        self._on_read = on_read

    def __getitem__(self, key: str) -> Any:
        if self._on_read is not None:
            self._on_read(key)
        if key in self._lazy:
            if key in self.large:
                return self._lazy[key]()
            self._values[key] = self._lazy.pop(key)()
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate without the lazy values, so that a list of documents does not load every text of the site."""
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __str__(self) -> str:
        return str(self["output"] if "output" in self._lazy else self.get("title", ""))


class SiteValues:
    """Build the ``site`` object; each document is built once, on first access.

    ``document_reads`` counts how often templates have read what other documents say: anything of a post or a document
    of a collection, the text of a page.
    """

    def __init__(self, site: JekyllSite, options: Options, render: RenderAnother) -> None:
        self._site = site
        self._options = options
        self._render = render
        self._rendering: set[str] = set()
        self._built: dict[str, Lazy] = {}
        self.document_reads = 0

    def is_of(self, site: JekyllSite, options: Options) -> bool:
        return self._site is site and self._options == options

    def document(self, entry: IndexEntry) -> Lazy:
        """Return a document, whether the site lists it or not (as a draft that is being rendered)."""
        if entry.path not in self._built:
            self._built[entry.path] = self._document(entry, self._content, partial(self._count_read, entry.kind))
        return self._built[entry.path]

    def page(self, entry: IndexEntry) -> Lazy:
        """Return the document that is being rendered, with its source as content."""
        return self._document(entry, self._body)

    def _count_read(self, kind: str, key: str) -> None:
        if kind != "page" or key in Lazy.large:
            self.document_reads += 1

    def _of(self, kind: str) -> list[IndexEntry]:
        return [entry for entry in self._site.entries if entry.public and entry.kind == kind]

    @cached_property
    def _posts(self) -> list[IndexEntry]:
        return sorted(self._of("post"), key=lambda entry: (entry.date or self._site.now, entry.path), reverse=True)

    @cached_property
    def posts(self) -> list[Lazy]:
        return [self.document(entry) for entry in self._posts]

    @cached_property
    def site(self) -> Lazy:
        config = liquid_value(self._site.config, self._site.local)
        lazy: dict[str, Callable[[], Any]] = {
            "posts": lambda: self.posts,
            "related_posts": lambda: self.posts[:10],
            "pages": lambda: self._listed("page"),
            "html_pages": lambda: [self.document(entry) for entry in self._of("page") if is_html(entry)],
            "documents": lambda: [
                self.document(entry) for entry in self._site.entries if entry.public and entry.kind != "page"
            ],
            "collections": self._collections,
            "categories": lambda: self._terms("categories"),
            "tags": lambda: self._terms("tags"),
            "data": lambda: liquid_value(
                load_data(self._site.root, str(self._site.config.get("data_dir") or "_data")), self._site.local
            ),
            "time": lambda: RubyTime.of(self._site.now.astimezone(self._site.local)),
        }
        for label in self._site.config.get("collections", {}):
            if label != "posts":
                lazy[label] = partial(self._collection, label)
        return Lazy(config, lazy)

    def _listed(self, kind: str) -> list[Lazy]:
        return [self.document(entry) for entry in self._of(kind)]

    def _collection(self, label: str) -> list[Lazy]:
        settings = self._site.config["collections"].get(label)
        entries = in_collection_order(
            self._of(f"collection:{label}"), settings if isinstance(settings, Mapping) else {}
        )
        return [self.document(entry) for entry in entries]

    def _collections(self) -> list[dict[str, Any]]:
        return [
            {**about, "label": label, "docs": self.posts if label == "posts" else self._collection(label)}
            for label, about in sorted(self._site.config.get("collections", {}).items())
        ]

    def _terms(self, name: str) -> dict[str, list[Lazy]]:
        terms: dict[str, list[Lazy]] = {}
        for entry, post in zip(self._posts, self.posts, strict=True):
            for term in getattr(entry, name):
                terms.setdefault(str(term), []).append(post)
        return terms

    def _document(
        self, entry: IndexEntry, content: Callable[[IndexEntry], str], on_read: Callable[[str], None] | None = None
    ) -> Lazy:
        values = {
            **liquid_value(entry.data, self._site.local),
            "title": entry.data.get("title") if entry.kind == "page" else entry.title,
            "url": entry.url,
            "path": entry.label_path,
            "relative_path": entry.label_path,
            "name": posixpath.basename(entry.path),
            "slug": entry.slug,
            "categories": list(entry.categories),
            "tags": list(entry.tags),
        }
        if entry.kind == "page":
            values["dir"] = entry.url[: entry.url.rfind("/") + 1]
        else:
            values["collection"] = "posts" if entry.kind == "post" else entry.kind.partition(":")[2]
            values["id"] = posixpath.join(posixpath.dirname(entry.url), entry.slug)
            moment = entry.date or self._site.now
            values["date"] = RubyTime.of(moment.astimezone(self._site.local))
        lazy: dict[str, Callable[[], Any]] = {"content": lambda: content(entry)}
        if not values.get("excerpt"):
            values.pop("excerpt", None)
            lazy["excerpt"] = lambda: self._excerpt(entry)
        if entry.kind != "page":
            lazy["output"] = lambda: self._output(entry)
        if entry.kind == "post":
            lazy["next"] = lambda: self._neighbour(entry, -1)
            lazy["previous"] = lambda: self._neighbour(entry, 1)
        return Lazy(values, lazy, on_read)

    def _neighbour(self, entry: IndexEntry, step: int) -> Lazy | None:
        position = next((at for at, post in enumerate(self._posts) if post.path == entry.path), None)
        if position is None or not 0 <= position + step < len(self._posts):
            return None
        return self.posts[position + step]

    def _body(self, entry: IndexEntry) -> str:
        try:
            data = read_bytes(self._site.root / entry.path, MAX_FILE)
            return data[split_front_matter(data).body_start :].decode("utf-8", "replace")
        except (OSError, ValueError, FrontMatterError):
            return ""

    def _content(self, entry: IndexEntry) -> str:
        """Return a document as HTML for templates; one that includes itself recursively gets its source."""
        body = self._body(entry)
        if entry.path in self._rendering:
            return body
        self._rendering.add(entry.path)
        try:
            text = self._render(body, entry, self._site, self._options)
        finally:
            self._rendering.discard(entry.path)
        is_markdown = posixpath.splitext(entry.path)[1].lower() in markdown_extensions(self._site.config)
        return to_html(text, self._options) if is_markdown else text

    def _output(self, entry: IndexEntry) -> str:
        """Return a document in its layouts, as ``{{ document }}`` shows it; its text where it shows itself."""
        # Layouts are rendered with these values.
        from portfolio.engines.jekyll.liquid.layouts import layout_chain, render_layouts
        from portfolio.engines.jekyll.liquid.state import LiquidContext

        content = self._content(entry)
        if entry.path in self._rendering:
            return content
        self._rendering.add(entry.path)
        try:
            context = LiquidContext(self._site, dict(entry.data), entry.path, self._options)
            chain = layout_chain(self._site, entry.data.get("layout"))
            html = render_layouts(chain, content, self.page(entry), context) if chain else None
        finally:
            self._rendering.discard(entry.path)
        return content if html is None else html

    def _excerpt(self, entry: IndexEntry) -> str:
        separator = entry.data.get("excerpt_separator") or self._site.config.get("excerpt_separator") or PARAGRAPH
        body = self._body(entry)
        return to_html(cut_excerpt(body, str(separator), frozenset()) or body, self._options)


def is_html(page: IndexEntry) -> bool:
    """Whether Jekyll writes the page as HTML: by its address, whatever its source."""
    return posixpath.splitext(page.url)[1].lower() in {"", *HTML_EXTENSIONS}


_latest: SiteValues | None = None


def site_values(site: JekyllSite, options: Options, render: RenderAnother) -> SiteValues:
    """Return the values of ``site``, shared by all documents that a worker converts."""
    global _latest
    if _latest is None or not _latest.is_of(site, options):
        _latest = SiteValues(site, options, render)
    return _latest
