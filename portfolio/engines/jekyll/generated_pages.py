"""Generated pages: lists and feeds that plugins of a Jekyll site create without a source file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from portfolio.documents.document import Document
from portfolio.engines.jekyll.permalinks import slugify, tidy
from portfolio.engines.published_posts import PublishedPosts

ARCHIVES: Mapping[str, str] = {
    "year": "/:year/", "month": "/:year/:month/", "day": "/:year/:month/:day/",
    "category": "/category/:name/", "tag": "/tag/:name/",
}  # fmt: skip
SOURCE = "_config.yml"


def generated_pages(config: Mapping[str, Any], posts: PublishedPosts) -> tuple[Document, ...]:
    """Return each list as a listing document with the address that the plugin uses."""
    configured = config.get("plugins") or config.get("gems") or []
    plugins = set(map(str, configured)) if isinstance(configured, list) else set()
    pages: list[Document] = []
    if "jekyll-feed" in plugins:
        pages.append(listing(config, str(section(config, "feed").get("path") or "/feed.xml")))
    if "jekyll-sitemap" in plugins:
        pages += [listing(config, "/sitemap.xml"), listing(config, "/robots.txt")]
    if plugins & {"jekyll-paginate", "jekyll-paginate-v2"}:
        pages += [listing(config, address) for address in numbered(config, posts.count)]
    if "jekyll-archives" in plugins:
        pages += archives(config, posts)
    return tuple(pages)


def section(config: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    values = config.get(name)
    return values if isinstance(values, Mapping) else {}


def listing(config: Mapping[str, Any], address: str, **terms: Any) -> Document:
    base = str(config.get("baseurl") or "").strip("/")
    url = tidy(f"{base}/{address}")
    return Document(path=SOURCE, kind="page", sha256="", url=url, old_urls=(url,), listing=True, **terms)


def numbered(config: Mapping[str, Any], posts: int) -> Iterator[str]:
    """Yield the addresses of the list of posts from its second page on."""
    size = config.get("paginate")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        return
    template = str(config.get("paginate_path") or "/page:num/")
    for number in range(2, -(-posts // size) + 1):
        address = template.replace(":num", str(number))
        yield address if address.endswith((".html", "/")) else f"{address}/"


def archives(config: Mapping[str, Any], posts: PublishedPosts) -> Iterator[Document]:
    settings = section(config, "jekyll-archives")
    enabled = settings.get("enabled") or []
    plural = {"year": "year", "month": "month", "day": "day", "category": "categories", "tag": "tags"}
    for kind, default in ARCHIVES.items():
        if enabled not in (True, "all") and not (isinstance(enabled, list) and plural[kind] in enabled):
            continue
        template = str(section(settings, "permalinks").get(kind) or default)
        if kind in ("tag", "category"):
            for name in posts.tags if kind == "tag" else posts.categories:
                address = template.replace(":name", slugify(name))
                terms = {"tags": (name,)} if kind == "tag" else {"categories": (name,)}
                yield listing(config, address, front_matter={kind: name}, **terms)
        else:
            yield from (listing(config, address) for address in dated(template, posts.dates))


def dated(template: str, dates: Iterable[datetime]) -> list[str]:
    forms = ((":year", "%Y"), (":month", "%m"), (":day", "%d"))
    addresses = set()
    for date in dates:
        address = template
        for name, form in forms:
            address = address.replace(name, date.strftime(form))
        addresses.add(address)
    return sorted(addresses)
