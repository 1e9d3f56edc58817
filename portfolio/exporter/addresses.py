"""Where pages and pictures are in the exported tree: under their old addresses, or else their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portfolio.blocks.references import attributes_of
from portfolio.importer.links import AddressBook, OldSite, normalise
from portfolio.importer.rich_text import BLOCK_KEY
from portfolio.markdown.addresses import split_address
from portfolio.models import ImportedAsset, ImportedPage

OPENING_LINK = re.compile(r"<a\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</a>", re.DOTALL)
PICTURES, FILES = "assets/img", "assets/files"


class Addresses:
    """Looks up what links and pictures are called in the tree, and remembers which files it has promised.

    ``assets`` are the files the tree will have, by path: those of the ledger, and those promised to new text.
    """

    def __init__(self, old_site: OldSite, assets: Iterable[ImportedAsset]) -> None:
        self.old_site = old_site
        self.assets: dict[str, ImportedAsset] = {}
        self.pictures: dict[int, str] = {}
        self.documents: dict[int, str] = {}
        for asset in assets:
            if stored_file(asset) is not None:
                self.know(asset)
        self.pages: dict[int, str] = {}
        self.own: dict[int, str] = {}
        self.by_own: dict[str, int] = {}
        self.book = AddressBook()

    def know(self, asset: ImportedAsset) -> None:
        self.assets[asset.path] = asset
        if asset.image_id:
            self.pictures.setdefault(asset.image_id, asset.path)
        if asset.document_id:
            self.documents.setdefault(asset.document_id, asset.path)

    def know_pages(self, pages: Iterable[Page], rows: Iterable[ImportedPage]) -> None:
        """``rows`` of pages whose documents are exported under their old addresses."""
        old = {row.page_id: row.old_urls for row in rows if row.page_id and row.old_urls}
        for page in pages:
            own = urlsplit(page.url or "").path or "/"
            self.own[page.pk] = own
            self.by_own[normalise(own)] = page.pk
            self.pages[page.pk] = old[page.pk][0] if page.pk in old else self.old_site.base_path + own
            former = map(self.old_site.without_base, old.get(page.pk, []))
            self.book.add(page.pk, page.url or own, [*former])
        for page_id, own in self.own.items():
            self.book.pages.setdefault(normalise(own), page_id)

    def plain_links(self, html: str) -> str:
        """Stored rich text with every link carrying the address that its target has in the tree."""
        return OPENING_LINK.sub(self._plain_link, BLOCK_KEY.sub("", html))

    def _plain_link(self, match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        href = self.href(attributes)
        return f'<a href="{escape(href)}">{match[2]}</a>' if href is not None else match[2]

    def href(self, attributes: Mapping[str, str]) -> str | None:
        """The address in the tree; None when the target of the link is gone."""
        kind, number = attributes.get("linktype"), attributes.get("id", "")
        if kind == "page":
            return self.pages.get(int(number)) if number.isdigit() else None
        if kind == "document":
            return self.document(int(number)) if number.isdigit() else None
        if kind:
            return None
        return self.address(unescape(attributes.get("href", "")))

    def address(self, href: str) -> str:
        """An address as it is in the tree: pages of this site that were elsewhere are called what they were."""
        parts = split_address(href)
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            return href
        page = self.by_own.get(normalise(parts.path))
        if page is None or self.pages[page] == self.old_site.base_path + self.own[page]:
            return href
        return parts._replace(path=self.pages[page]).geturl()

    def picture(self, pk: int) -> str:
        """The address of an image's file, which is promised by this; "" for an image that is gone."""
        if pk not in self.pictures:
            image = get_image_model().objects.filter(pk=pk).first()
            if image is None:
                return ""
            self.promise(PICTURES, image.file.name, image=image)
        return self.address_of(self.pictures[pk])

    def document(self, pk: int) -> str | None:
        """The address of a document's file, which is promised by this; None for one that is gone."""
        if pk not in self.documents:
            document = get_document_model().objects.filter(pk=pk).first()
            if document is None:
                return None
            self.promise(FILES, document.file.name, document=document)
        return self.address_of(self.documents[pk])

    def promise(self, folder: str, name: str, **stored: Any) -> None:
        wanted, count = PurePosixPath(folder) / PurePosixPath(name).name, 1
        path = str(wanted)
        while path in self.assets:
            count += 1
            path = str(wanted.with_name(f"{wanted.stem}-{count}{wanted.suffix}"))
        self.know(ImportedAsset(path=path, old_url=self.address_of(path), **stored))

    def address_of(self, path: str) -> str:
        return f"{self.old_site.base_path}/{quote(path)}"


def stored_file(asset: ImportedAsset) -> Any | None:
    """The file that the site has of an asset; None when it was deleted."""
    if asset.image is not None:
        return asset.image.file
    if asset.document is not None:
        return asset.document.file
    return asset.file or None
