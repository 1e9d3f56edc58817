"""What a document's content refers to: images found or missing, links that stay inside the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from portfolio.importer.assets import AssetStore
from portfolio.importer.document import Document, Problem, Severity
from portfolio.importer.links import AddressBook, OldSite, opening_tag
from portfolio.importer.names import Names
from portfolio.importer.pictures import PictureError

Reporter = Callable[[Problem], None]


@dataclass(slots=True)
class Resources:
    """One document's view of the tree's files and of the other pages.

    ``used`` collects each local file asked for with its SHA-256, None when it is missing: the next import looks at
    the document again when one of them has changed. ``problems`` collects what the report shall say.
    """

    document: Document
    old_site: OldSite
    assets: AssetStore
    addresses: AddressBook
    names: Names = field(default_factory=Names)
    used: dict[str, str | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def home(self) -> str:
        """Where the document stood: absolute when the old site's own address is known, a path otherwise."""
        return urljoin(self.old_site.url, self.document.url) if self.old_site.url else self.document.url

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        self.problems.append(Problem(severity, code, message, line))

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        """The stored image that ``address`` shows; None, with a warning, when there is none to be had."""
        if not address:
            return None
        target = self.old_site.target(address, self.document.url)
        if target is None:
            return None
        path = target.path.lstrip("/")
        self.used[path] = self.assets.sha256(path)
        try:
            return self.assets.image(path, title)
        except FileNotFoundError:
            self.report(Severity.WARNING, "missing-image", f"{address} is not in the source; it is left out", line)
        except PictureError as error:
            self.report(Severity.WARNING, "unusable-image", f"{address} is left out: {error}", line)
        return None

    def is_remote(self, address: str) -> bool:
        return bool(urlsplit(address).netloc) and self.old_site.target(address, self.document.url) is None

    def link_tag(self, address: str, line: int | None) -> str:
        """The opening ``<a>`` of stored rich text for a link to ``address``: to a page by its id wherever one answers.

        Wagtail's page links have no place for a fragment, so a link into a page keeps the page's address as text.
        """
        return opening_tag(self.link_attributes(address, line))

    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        target = self.old_site.target(address, self.document.url)
        if target is None:
            return {"href": address}
        page_id = self.addresses.page(target.path)
        if page_id is not None and not target.fragment:
            return {"linktype": "page", "id": str(page_id)}
        if page_id is not None:
            return {"href": f"{self.addresses.urls[page_id]}#{target.fragment}"}
        if self.assets.locate(target.path) is None:
            self.report(Severity.WARNING, "dead-link", f"{address} leads to nothing in the source", line)
        path = quote(target.path, safe="/:@!$&'()*+,;=~%")
        return {"href": f"{path}#{target.fragment}" if target.fragment else path}
