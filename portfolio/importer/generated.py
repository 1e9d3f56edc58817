"""Lists and feeds that a Jekyll site's plugins made, with no file in the source. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portfolio.importer.document import Document
from portfolio.importer.sources.jekyll_address import slugify, tidy

ARCHIVES: Mapping[str, str] = {
    "year": "/:year/", "month": "/:year/:month/", "day": "/:year/:month/:day/",
    "category": "/category/:name/", "tag": "/tag/:name/",
}  # fmt: skip
SOURCE = "_config.yml"


@dataclass(slots=True)
class Posts:
    """What the lists of a site are made of; fill it with each document that its engine shows."""

    tags: dict[str, None] = field(default_factory=dict)
    categories: dict[str, None] = field(default_factory=dict)
    dates: set[datetime] = field(default_factory=set)
    count: int = 0

    def add(self, document: Document) -> None:
        if document.kind != "post" or not document.url:
            return
        self.count += 1
        self.tags.update(dict.fromkeys(document.tags))
        self.categories.update(dict.fromkeys(document.categories))
        if document.date is not None:
            self.dates.add(document.date)


def generated(config: Mapping[str, Any], posts: Posts) -> tuple[Document, ...]:
    """Each list as a document that is only a listing, with the address where the plugin put it."""
    named = config.get("plugins") or config.get("gems") or []
    plugins = set(map(str, named)) if isinstance(named, list) else set()
    found: list[Document] = []
    if "jekyll-feed" in plugins:
        found.append(listing(config, str(section(config, "feed").get("path") or "/feed.xml")))
    if "jekyll-sitemap" in plugins:
        found += [listing(config, "/sitemap.xml"), listing(config, "/robots.txt")]
    if plugins & {"jekyll-paginate", "jekyll-paginate-v2"}:
        found += [listing(config, address) for address in numbered(config, posts.count)]
    if "jekyll-archives" in plugins:
        found += archives(config, posts)
    return tuple(found)


def section(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = config.get(name)
    return found if isinstance(found, Mapping) else {}


def listing(config: Mapping[str, Any], address: str, **terms: Any) -> Document:
    base = str(config.get("baseurl") or "").strip("/")
    url = tidy(f"{base}/{address}")
    return Document(path=SOURCE, kind="page", sha256="", url=url, old_urls=(url,), listing=True, **terms)


def numbered(config: Mapping[str, Any], posts: int) -> Iterator[str]:
    """The second page of the posts and those after it."""
    size = config.get("paginate")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        return
    template = str(config.get("paginate_path") or "/page:num/")
    for number in range(2, -(-posts // size) + 1):
        address = template.replace(":num", str(number))
        yield address if address.endswith((".html", "/")) else f"{address}/"


def archives(config: Mapping[str, Any], posts: Posts) -> Iterator[Document]:
    said = section(config, "jekyll-archives")
    enabled = said.get("enabled") or []
    plural = {"year": "year", "month": "month", "day": "day", "category": "categories", "tag": "tags"}
    for kind, default in ARCHIVES.items():
        if enabled not in (True, "all") and not (isinstance(enabled, list) and plural[kind] in enabled):
            continue
        template = str(section(said, "permalinks").get(kind) or default)
        if kind in ("tag", "category"):
            for name in posts.tags if kind == "tag" else posts.categories:
                address = template.replace(":name", slugify(name))
                terms = {"tags": (name,)} if kind == "tag" else {"categories": (name,)}
                yield listing(config, address, front_matter={kind: name}, **terms)
        else:
            yield from (listing(config, address) for address in dated(template, posts.dates))


def dated(template: str, dates: Iterable[datetime]) -> list[str]:
    forms = ((":year", "%Y"), (":month", "%m"), (":day", "%d"))
    found = set()
    for date in dates:
        address = template
        for name, form in forms:
            address = address.replace(name, date.strftime(form))
        found.add(address)
    return sorted(found)
