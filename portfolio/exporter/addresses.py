"""URLs of pages, images and files in the exported tree: the imported URL where there is one, else the site's own."""

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

from portfolio.blocks.body.references import attributes_of
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY, key_in
from portfolio.documents.links import AddressBook, OldSite, normalise
from portfolio.markdown.addresses import split_address
from portfolio.models import ImportedAsset
from portfolio.models.ledger import OUTSIDE

OPENING_LINK = re.compile(r"<a\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</a>", re.DOTALL)
OUTSIDE_PICTURE = re.compile(rf"/({OUTSIDE}[0-9a-f]{{64}})")
PICTURES, FILES = "assets/img", "assets/files"


class ExportAddresses:
    """Resolve links to URLs in the exported tree, and plan its files.

    ``assets`` are the planned files by path: those of the ledger, and those that new or edited text uses.
    """

    def __init__(self, old_site: OldSite, assets: Iterable[ImportedAsset]) -> None:
        self.old_site = old_site
        self.assets: dict[str, ImportedAsset] = {}
        self.image_paths: dict[int, str] = {}
        self.document_paths: dict[int, str] = {}
        self.outside_paths: dict[str, str] = {}
        for asset in assets:
            if stored_file(asset) is not None:
                self.add_asset(asset)
        self.page_addresses: dict[int, str] = {}
        self.page_paths: dict[int, str] = {}
        self.pages_by_path: dict[str, int] = {}
        self.book = AddressBook()

    def add_asset(self, asset: ImportedAsset) -> None:
        self.assets[asset.path] = asset
        if asset.image_id:
            self.image_paths.setdefault(asset.image_id, asset.path)
        if asset.document_id:
            self.document_paths.setdefault(asset.document_id, asset.path)

    def add_pages(self, pages: Iterable[Page], old: Mapping[int, list[str]]) -> None:
        """Register the URLs of ``pages``. ``old`` has the imported URLs of pages that are exported under them."""
        for page in pages:
            path = urlsplit(page.url or "").path or "/"
            self.page_paths[page.pk] = path
            self.pages_by_path[normalise(path)] = page.pk
            self.page_addresses[page.pk] = old[page.pk][0] if page.pk in old else self.old_site.base_path + path
            former = map(self.old_site.without_base, old.get(page.pk, []))
            self.book.add(page.pk, page.url or path, [*former])
        for page_id, path in self.page_paths.items():
            self.book.pages.setdefault(normalise(path), page_id)

    def resolve_links(self, html: str) -> str:
        """Return stored rich text with each link pointing to the URL of its target in the tree."""
        return OPENING_LINK.sub(self._resolve_link, BLOCK_KEY.sub("", html))

    def _resolve_link(self, match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        href = self.href(attributes)
        return f'<a href="{escape(href)}">{match[2]}</a>' if href is not None else match[2]

    def href(self, attributes: Mapping[str, str]) -> str | None:
        """Return the URL in the tree, or None when the target of the link no longer exists."""
        kind, number = attributes.get("linktype"), attributes.get("id", "")
        if kind == "page":
            return self.page_addresses.get(key) if (key := key_in(number)) else None
        if kind == "document":
            return self.document_address(key) if (key := key_in(number)) else None
        if kind:
            return None
        return self.address(unescape(attributes.get("href", "")))

    def address(self, href: str) -> str:
        """Return ``href`` as it is in the tree: an imported page of this site gets its old URL."""
        parts = split_address(href)
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            return href
        page = self.pages_by_path.get(normalise(parts.path))
        if page is None or self.page_addresses[page] == self.old_site.base_path + self.page_paths[page]:
            return href
        return parts._replace(path=self.page_addresses[page]).geturl()

    def outside_pictures(self, source: str) -> str:
        """Return kept source with the address that each picture from outside the source tree came from.

        One from a ``data:`` address or a drawing in the text gets a file.
        """
        paths = {match[1] for match in OUTSIDE_PICTURE.finditer(source)}
        assets = {asset.path: asset for asset in ImportedAsset.objects.filter(path__in=paths)} if paths else {}

        def address(match: re.Match[str]) -> str:
            asset = assets.get(match[1])
            if asset is None or stored_file(asset) is None:
                return match[0]
            if urlsplit(asset.old_url).scheme in ("http", "https"):
                return asset.old_url
            if asset.image_id:
                return self.image_address(asset.image_id)
            if asset.path not in self.outside_paths:
                self.outside_paths[asset.path] = self.plan_asset(PICTURES, asset.file.name, file=asset.file)
            return self.address_of(self.outside_paths[asset.path])

        return OUTSIDE_PICTURE.sub(address, source)

    def image_address(self, pk: int) -> str:
        """Plan the file of an image and return its URL, or "" when the image no longer exists."""
        if pk not in self.image_paths:
            image = get_image_model().objects.filter(pk=pk).first() if key_in(pk) else None
            if image is None:
                return ""
            self.plan_asset(PICTURES, image.file.name, image=image)
        return self.address_of(self.image_paths[pk])

    def document_address(self, pk: int) -> str | None:
        """Plan the file of a document and return its URL, or None when the document no longer exists."""
        if pk not in self.document_paths:
            document = get_document_model().objects.filter(pk=pk).first()
            if document is None:
                return None
            self.plan_asset(FILES, document.file.name, document=document)
        return self.address_of(self.document_paths[pk])

    def plan_asset(self, folder: str, name: str, **stored: Any) -> str:
        """Plan a stored file under a name that is free, and return its path."""
        wanted, count = PurePosixPath(folder) / PurePosixPath(name).name, 1
        path = str(wanted)
        while path in self.assets:
            count += 1
            path = str(wanted.with_name(f"{wanted.stem}-{count}{wanted.suffix}"))
        self.add_asset(ImportedAsset(path=path, old_url=self.address_of(path), **stored))
        return path

    def address_of(self, path: str) -> str:
        return f"{self.old_site.base_path}/{quote(path)}"


def stored_file(asset: ImportedAsset) -> Any | None:
    """Return the stored file of an asset, or None when it was deleted."""
    if asset.image is not None:
        return asset.image.file
    if asset.document is not None:
        return asset.document.file
    return asset.file or None
