"""Site references: resolve links and images of a typed or pasted text to pages, images and files of this site."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from portfolio.blocks.rich_text.stored_rich_text import key_in
from portfolio.documents.document import Document, Severity
from portfolio.documents.html_references import IMAGE, html_references
from portfolio.documents.links import OldSite, Target
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.addresses import decoded, split_address
from portfolio.models import ImportedAsset

MAX_FOLDER_DEPTH = 20  # folders in an address before the file's name in the storage
DOCUMENT = re.compile(r"/documents/(\d+)/[^/]+")


class SiteReferences(DocumentReferences):
    """References to what this site has. A picture is found by its address here, or by the one before an import."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        self.root = site.root_page.url_path.rstrip("/") if site else ""
        self.pictures: dict[str, Any | None] = {}

    @property
    def home(self) -> str:
        return ""

    def home_of(self, html: str) -> str:
        return self.home

    def target(self, address: str, *, file: bool = False) -> Target | None:
        return OldSite().target(address, self.document.url)

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        if address not in self.pictures:
            self.pictures[address] = image_by_address(address)
        return self.pictures[address]

    def file(self, address: str, line: int | None, *, shown: bool = False) -> ImportedAsset | None:
        return asset_by_old_address(address)

    def linked_file(self, address: str, line: int | None) -> ImportedAsset | None:
        return asset_by_old_address(address)

    def is_shown_as_it_is(self, address: str) -> bool:
        """Decided by what the import made of the file: neither an image of the library nor a document."""
        asset = asset_by_old_address(address)
        return asset is not None and bool(asset.file)

    def is_remote(self, address: str) -> bool:
        return super().is_remote(address) and self.image(address, "", None) is None

    def import_files(self, html: str, line: int | None) -> None:
        """Report pictures of other sites, which are not loaded; nothing is stored."""
        for reference in html_references(html):
            if reference.kind == IMAGE and self.is_remote(reference.address):
                self.report(
                    Severity.WARNING, "remote-image", f"the picture at {reference.address} is shown as a link", line
                )

    def is_shown(self, address: str) -> bool:
        """Whether the site has the image or SVG."""
        return self.image(address, "", None) is not None or self.is_shown_as_it_is(address)

    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        parts = split_address(address)
        if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.fragment or parts.query:
            return {"href": address}
        if found := DOCUMENT.fullmatch(parts.path):
            key = key_in(found[1])
            known = key is not None and get_document_model().objects.filter(pk=key).exists()
            return {"linktype": "document", "id": str(key)} if known else {"href": address}
        path = self.root + "/" + decoded(parts.path).strip("/")
        page = Page.objects.filter(url_path=path.rstrip("/") + "/").first()
        return {"linktype": "page", "id": str(page.pk)} if page else {"href": address}


def image_by_address(address: str) -> Any | None:
    """The image whose file is at ``address``."""
    images = get_image_model()
    path = decoded(split_address(address).path).lstrip("/")
    parts = path.split("/")
    names = ["/".join(parts[place:]) for place in range(len(parts))][:MAX_FOLDER_DEPTH]
    for image in images.objects.filter(file__in=names):
        if image.file.url == address or unquote(image.file.url) == unquote(address):
            return image
    asset = asset_by_old_address(address)
    return asset.image if asset else None


def asset_by_old_address(address: str) -> ImportedAsset | None:
    """The imported file that the old site had at ``address``."""
    parts = split_address(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return ImportedAsset.objects.filter(path=decoded(parts.path).lstrip("/")).order_by("-pk").first()
