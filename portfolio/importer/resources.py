"""What a document's content refers to: images found or missing, links that stay inside the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from portfolio.importer.assets import AssetStore
from portfolio.importer.document import Document, Problem, Severity
from portfolio.importer.files import DRAWING, FileRefused, extension_of, store_file
from portfolio.importer.links import AddressBook, OldSite, normalise, opening_tag
from portfolio.importer.mentions import IMAGE, LINK, MEDIA, mentions
from portfolio.importer.names import Names
from portfolio.importer.pictures import SUFFIXES, PictureError, is_too_large_to_scale
from portfolio.markdown.addresses import split_address
from portfolio.models.ledger import ImportedAsset

HTTP_ADDRESS = URLValidator(schemes=["http", "https"])

Reporter = Callable[[Problem], None]
REMOTE = {
    IMAGE: ("remote-image", "the image at {} is shown as a link"),
    MEDIA: ("remote-media", "the file at {} stays on its own site, from where pages play nothing"),
}
MOST_NAMES = 200  # tags, categories or authors of one document
LONGEST_SAID = 80  # characters of an address that are told
PAGES = frozenset({"", "htm", "html", "xhtml", "php"})


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
            if not self.is_address(address):
                self.report(Severity.WARNING, *no_address(address), line)
            elif self.is_remote(address):
                message = f"the image at {address} stays on its own site and is not taken"
                self.report(Severity.WARNING, "remote-image", message, line)
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

    def linked(self, address: str, line: int | None) -> ImportedAsset | None:
        """Take in the local file that a link leads to, so that it goes on answering; None unless it becomes a file.

        A link to nothing is told of. Pages and lists, which are no files, are left alone.
        """
        target = self.old_site.target(address, self.document.url)
        if target is None or self.addresses.page(target.path) is not None:
            return None
        if normalise(target.path) in self.addresses.lists:
            return None
        kind = extension_of(target.path)
        if kind in SUFFIXES and self.assets.locate(target.path) is not None:
            if self.is_shown_as_it_is(address):
                return self.file(address, line)
            self.image(address, "", line)
            return None
        if kind in PAGES and self.assets.locate(target.path) is None:
            self.report(Severity.WARNING, "dead-link", f"{address} leads to nothing in the source", line)
            return None
        return self.file(address, line)

    def file(self, address: str, line: int | None, *, shown: bool = False) -> ImportedAsset | None:
        """The stored file at ``address``; None, with a warning, when there is none to be had.

        ``shown`` says that the page shows it in place of linking to it, as it does a drawing.
        """
        target = self.old_site.target(address, self.document.url)
        if target is None:
            return None
        path = target.path.lstrip("/")
        self.used[path] = self.assets.sha256(path)
        try:
            asset, removed = store_file(self.assets, path)
        except FileNotFoundError:
            code = "missing-image" if shown else "missing-file"
            why = "it is left out" if shown else "the link leads to nothing"
            self.report(Severity.WARNING, code, f"{address} is not in the source; {why}", line)
            return None
        except FileRefused as error:
            code = "unusable-image" if shown else "refused-file"
            self.report(Severity.WARNING, code, f"{address} is left out: {error}", line)
            return None
        if shown and extension_of(path) != DRAWING:
            message = f"{address} has more pixels than the site scales; it is shown as it is, at the size it has"
            self.report(Severity.WARNING, "large-image", message, line)
        if removed:
            message = f"{address} is stored without what could run in it or call others: {', '.join(removed)}"
            self.report(Severity.WARNING, "drawing-simplified", message, line)
        return asset

    def is_shown_as_it_is(self, address: str) -> bool:
        """True for the old site's SVG and for its pictures of too many pixels: the image library takes neither."""
        target = self.old_site.target(address, self.document.url)
        if target is None:
            return False
        file = self.assets.locate(target.path)
        return extension_of(target.path) == DRAWING or (file is not None and is_too_large_to_scale(file))

    def take_in(self, html: str, line: int | None) -> None:
        """Store what a piece of HTML that is kept as written shows and links to, so that it is found when displayed."""
        for mention in mentions(html):
            if mention.kind == LINK:
                self.linked(mention.address, line)
            elif not self.is_address(mention.address):
                self.report(Severity.WARNING, *no_address(mention.address), line)
            elif self.is_remote(mention.address):
                code, message = REMOTE[mention.kind]
                self.report(Severity.WARNING, code, message.format(mention.address), line)
            elif mention.kind == IMAGE and not self.is_shown_as_it_is(mention.address):
                self.image(mention.address, mention.words, line)
            else:
                self.file(mention.address, line, shown=mention.kind == IMAGE)

    def all_named(self, model: type[Any], names: Sequence[str]) -> list[Any | None]:
        """What each of ``names`` stands for; of an absurd number of them the first, with an error."""
        if len(names) > MOST_NAMES:
            what = model._meta.verbose_name_plural
            message = f"{len(names):,} {what}; only the first {MOST_NAMES} are taken"
            self.report(Severity.ERROR, "too-many-names", message, 1)
        return [self.named(model, name) for name in names[:MOST_NAMES]]

    def named(
        self, model: type[Any], name: str, find: Callable[[str], Any] | None = None, field: str = "name"
    ) -> Any | None:
        """What ``name`` stands for, made when there is none; None, with an error, when no row can hold such a name."""
        limit = model._meta.get_field(field).max_length
        if len(name) > limit:
            what = f"the {model._meta.verbose_name} “{name[:40]}…”"
            message = f"{what} has more than {limit} characters and is left out"
            self.report(Severity.ERROR, "name-too-long", message, 1)
            return None
        return self.names.get(model, name, find)

    def web_address(self, address: str, what: str, line: int | None = 1) -> str:
        """``address`` when it is an http or https one that fits a field; "" with an error otherwise."""
        try:
            HTTP_ADDRESS(address)
        except ValidationError:
            self.report(Severity.ERROR, "bad-address", f"{what} {address[:80]!r} is no web address; left out", line)
            return ""
        return address

    def is_remote(self, address: str) -> bool:
        return bool(split_address(address).netloc) and self.old_site.target(address, self.document.url) is None

    def is_address(self, address: str) -> bool:
        """False for a picture that has no address of its own: ``data:``, a program, or what no browser can read."""
        parts = split_address(address)
        return parts.scheme in ("http", "https") or (not parts.scheme and any(parts))

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
        asset = self.linked(address, line)
        if asset is not None and asset.document_id is not None and not target.fragment:
            return {"linktype": "document", "id": str(asset.document_id)}
        path = quote(target.path, safe="/:@!$&'()*+,;=~%")
        return {"href": f"{path}#{target.fragment}" if target.fragment else path}


def no_address(address: str) -> tuple[str, str]:
    """Code and message for what stands where the address of a picture or a film belongs."""
    return "unusable-image", f"{address[:LONGEST_SAID]} is no address of a file and is left out"
