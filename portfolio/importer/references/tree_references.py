"""References read from a source tree: relative to where the document stood, its links by the address book."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin

from portfolio.documents.document import Severity
from portfolio.documents.html_references import html_references
from portfolio.documents.links import AddressBook, OldSite, Target, normalise
from portfolio.images.formats import SUFFIXES
from portfolio.importer.assets.files import extension_of
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.addresses import split_address
from portfolio.models.ledger import ImportedAsset

PAGES = frozenset({"", "htm", "html", "xhtml", "php"})


@dataclass(slots=True)
class TreeReferences(DocumentReferences):
    """References of a document in a source tree, to its files and, over ``addresses``, to its pages."""

    old_site: OldSite
    addresses: AddressBook

    @abstractmethod
    def has_file(self, path: str) -> bool:
        """Whether the tree has a file at ``path``."""

    @property
    def home(self) -> str:
        """Where the document stood: absolute when the old site's own address is known, a path otherwise."""
        return self.absolute(self.document.url or self.document.link_base)

    def absolute(self, path: str) -> str:
        return urljoin(self.old_site.url, path) if self.old_site.url else path

    def target(self, address: str, *, file: bool = False) -> Target | None:
        """What ``address`` means inside the source; None when it leads elsewhere.

        Where links name files, it is read from the file's place if something is there, else from the page's address.
        ``file`` says that no page is meant. Raises ``PageNotPlaced`` where that depends on pages without a place.
        """
        first = None
        for base in self.bases:
            found = self.in_own_language(self.old_site.target(address, base))
            if file and found is not None and split_address(address).netloc and not self.has_file(found.path):
                return None  # a picture or a file of the same host that is no part of the source
            if found is None or self.leads_somewhere(found, file=file):
                return found
            first = first or found
        return first

    def in_own_language(self, target: Target | None) -> Target | None:
        """The target below the document's language folder, if a page answers there."""
        if target is None or not self.document.language_folder:
            return target
        path = self.document.language_folder + target.path
        return replace(target, path=path) if self.addresses.page(path) is not None else target

    @property
    def bases(self) -> tuple[str, ...]:
        """The addresses that relative links may start from, the likeliest first; a folder without an engine is one."""
        if not self.document.link_base:
            return (self.document.url,)
        return (self.document.link_base, self.document.url or "/")

    def leads_somewhere(self, target: Target, *, file: bool = False) -> bool:
        if len(self.bases) == 1 or self.has_file(target.path):
            return True  # there is nothing to choose from
        return not file and self.addresses.page(target.path) is not None

    def home_of(self, html: str) -> str:
        """Where the links of ``html`` start, for a piece of text that is kept as it was written."""
        if len(self.bases) == 1:
            return self.home
        for base in self.bases:
            found = [self.old_site.target(reference.address, base) for reference in html_references(html)]
            if all(target is None or self.leads_somewhere(target) for target in found):
                return self.absolute(base)
        return self.absolute(self.bases[0])

    def linked_file(self, address: str, line: int | None) -> ImportedAsset | None:
        """Import the local file that a link leads to, so that it goes on answering; None unless it becomes a file.

        A link to nothing is reported. Pages and lists, which are no files, are left alone.
        """
        target = self.target(address)
        if target is None or self.addresses.page(target.path) is not None:
            return None
        if normalise(target.path) in self.addresses.lists:
            return None
        kind = extension_of(target.path)
        if kind in SUFFIXES and self.has_file(target.path):
            if self.is_shown_as_it_is(address):
                return self.file(address, line)
            self.image(address, "", line)
            return None
        if kind in PAGES and not self.has_file(target.path):
            self.report(Severity.WARNING, "dead-link", f"{address} leads to nothing in the source", line)
            return None
        return self.file(address, line)

    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        target = self.target(address)
        if target is None:
            return {"href": address}
        page_id = self.addresses.page(target.path)
        if page_id is not None and not target.fragment:
            return {"linktype": "page", "id": str(page_id)}
        if page_id is not None:
            return {"href": f"{self.addresses.urls[page_id]}#{target.fragment}"}
        asset = self.linked_file(address, line)
        if asset is not None and asset.document_id is not None and not target.fragment:
            return {"linktype": "document", "id": str(asset.document_id)}
        path = quote(target.path, safe="/:@!$&'()*+,;=~%")
        return {"href": f"{path}#{target.fragment}" if target.fragment else path}
