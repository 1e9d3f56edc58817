"""What a text that was typed or pasted here refers to: pages, pictures and files that the site has."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from wagtail.images import get_image_model
from wagtail.models import Page, Site

from portfolio.importer.document import Document, Severity
from portfolio.importer.links import AddressBook, OldSite
from portfolio.importer.looked_up import LookedUp
from portfolio.importer.mentions import IMAGE, mentions
from portfolio.markdown.addresses import decoded, split_address
from portfolio.models import ImportedAsset

LONGEST_FOLDER = 20  # folders that a file's address may have before its name in the storage
DOCUMENT = re.compile(r"/documents/(\d+)/[^/]+")


class KnownHere(LookedUp):
    """Looks up and never stores. A picture is found by its address here, or by the one it had before an import."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, OldSite(), assets=None, addresses=AddressBook())
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        self.root = site.root_page.url_path.rstrip("/") if site else ""
        self.pictures: dict[str, Any | None] = {}

    @property
    def home(self) -> str:
        return ""

    def asset(self, address: str) -> ImportedAsset | None:
        return asset_at(address)

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        if address not in self.pictures:
            self.pictures[address] = picture_at(address)
        return self.pictures[address]

    def linked(self, address: str, line: int | None) -> ImportedAsset | None:
        return asset_at(address)

    def is_remote(self, address: str) -> bool:
        return super().is_remote(address) and self.image(address, "", None) is None

    def take_in(self, html: str, line: int | None) -> None:
        """Tell of pictures of other sites, which are not loaded; nothing is taken in."""
        for mention in mentions(html):
            if mention.kind == IMAGE and self.is_remote(mention.address):
                self.report(
                    Severity.WARNING, "remote-image", f"the picture at {mention.address} is shown as a link", line
                )

    def is_shown(self, address: str) -> bool:
        """Whether the site has the picture or the drawing."""
        return self.image(address, "", None) is not None or self.is_shown_as_it_is(address)

    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        parts = split_address(address)
        if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.fragment or parts.query:
            return {"href": address}
        if found := DOCUMENT.fullmatch(parts.path):
            return {"linktype": "document", "id": found[1]}
        path = self.root + "/" + decoded(parts.path).strip("/")
        page = Page.objects.filter(url_path=path.rstrip("/") + "/").first()
        return {"linktype": "page", "id": str(page.pk)} if page else {"href": address}


def picture_at(address: str) -> Any | None:
    """The image of the library whose file answers at ``address``."""
    images = get_image_model()
    path = decoded(split_address(address).path).lstrip("/")
    parts = path.split("/")
    names = ["/".join(parts[place:]) for place in range(len(parts))][:LONGEST_FOLDER]
    for image in images.objects.filter(file__in=names):
        if image.file.url == address or unquote(image.file.url) == unquote(address):
            return image
    asset = asset_at(address)
    return asset.image if asset else None


def asset_at(address: str) -> ImportedAsset | None:
    """The file that an import brought here from ``address`` of its old site."""
    parts = split_address(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return ImportedAsset.objects.filter(path=decoded(parts.path).lstrip("/")).order_by("-pk").first()
