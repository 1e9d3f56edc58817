"""The addresses that the old site published, from its source or from its sitemap. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit
from xml.parsers import expat

from portfolio.documents.document import Document
from portfolio.documents.html_references import html_references
from portfolio.documents.links import OldSite
from portfolio.engines.published_posts import PublishedPosts
from portfolio.engines.source import SourceTree
from portfolio.engines.static_files import static_file
from portfolio.importer.conversion.pool import convert_all
from portfolio.importer.urls.precedence import precedence

MAX_SITEMAP = 50 * 1024 * 1024  # the format's own limit (https://www.sitemaps.org/protocol.html)


class SitemapError(ValueError):
    """The text is not a sitemap; the message says why."""


@dataclass(frozen=True, slots=True)
class OldAddress:
    """A path on the old site, percent-encoded. ``source`` is the file that it comes from, ``kind`` one of "post",
    "page", "collection", "redirect", "list", "file" and "sitemap"."""

    path: str
    kind: str
    source: str = ""
    line: int | None = None


def encoded(path: str) -> str:
    return quote(unquote(path), safe="/:@!$&'()*+,;=~")


def source_addresses(source: SourceTree) -> tuple[OldAddress, ...]:
    """The addresses of an opened source's documents, of the lists its plugins made, and of its files.

    Drafts and documents that the engine gave no address have none. Each address is there once.
    """
    old_site = OldSite(source.url, str(source.config.get("baseurl") or ""), frozenset(source.hosts))
    posts, found = PublishedPosts(), []
    for document in convert_all(source):
        posts.add(document)
        found += document_addresses(document)
        if document.url:
            found += used_files(document, source, old_site)
    for document in source.engine.generated_pages(source.config, posts):
        found += document_addresses(document)
    found += (OldAddress(encoded(f"{old_site.base_path}/{path}"), "file", path) for path in source.copied)
    return unique(found)


def document_addresses(document: Document) -> Iterator[OldAddress]:
    if document.draft:
        return  # its addresses are for the links of other drafts only
    kind = "list" if document.listing else document.kind.partition(":")[0]
    for place, address in enumerate(document.old_urls):
        if place and address == document.link_base:
            continue  # links in the source name the file, but the old site had nothing there
        yield OldAddress(encoded(address), kind if place == 0 else "redirect", document.path)


def used_files(document: Document, source: SourceTree, old_site: OldSite) -> Iterator[OldAddress]:
    """The files of the source that the document's text shows or links to."""
    for node in document.nodes:
        for reference in html_references(node.html):
            targets = (old_site.target(reference.address, base) for base in (document.link_base, document.url) if base)
            target = next((found for found in targets if found and static_file(source.root, found.path)), None)
            if target is not None:
                yield OldAddress(encoded(old_site.base_path + target.path), "file", document.path, node.line)


def unique(addresses: Iterable[OldAddress]) -> tuple[OldAddress, ...]:
    """Each address once: of several documents that which the engine writes last has it; files come after them."""
    kept: dict[str, OldAddress] = {}
    for address in sorted(addresses, key=lambda one: precedence(one.kind, is_redirect=one.kind == "redirect")):
        if address.kind == "file":
            kept.setdefault(address.path, address)
        else:
            kept[address.path] = address
    return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Sitemap:
    """``addresses`` of pages, and the full addresses of further ``sitemaps`` when it is an index of them."""

    addresses: tuple[OldAddress, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(data: bytes, name: str) -> Sitemap:
    """The addresses in a sitemap called ``name``; whatever host they name, only paths matter. Raises `SitemapError`."""
    if len(data) > MAX_SITEMAP:
        raise SitemapError(f"{name}: is longer than {MAX_SITEMAP // 2**20} MB")
    pages: list[OldAddress] = []
    sitemaps: list[str] = []
    open_tags: list[str] = []
    text: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        open_tags.append(tag.rpartition(" ")[2])
        text.clear()

    def end(_: str) -> None:
        if open_tags[-2:] == ["url", "loc"]:
            path = urlsplit("".join(text).strip()).path or "/"
            pages.append(OldAddress(encoded(path), "sitemap", name, parser.CurrentLineNumber))
        elif open_tags[-2:] == ["sitemap", "loc"]:
            sitemaps.append("".join(text).strip())
        open_tags.pop()

    def refuse(entity: str, *_: object) -> None:
        raise SitemapError(f"{name}: declares the entity {entity}, which is refused")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text.append, refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SitemapError(
            f"{name}:{error.lineno}: is not a well-formed sitemap: {expat.errors.messages[error.code]}"
        ) from error
    except ValueError as error:
        raise error if isinstance(error, SitemapError) else SitemapError(f"{name}: {error}") from error
    if not pages and not sitemaps:
        raise SitemapError(f"{name}: contains no address")
    return Sitemap(unique(pages), tuple(sitemaps))
