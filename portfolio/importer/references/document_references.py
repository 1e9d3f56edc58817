"""References of a document: what its addresses and names stand for on this site. Where that is looked up differs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.links import Target, opening_tag
from portfolio.importer.term_cache import TermCache
from portfolio.markdown.addresses import split_address
from portfolio.markdown.characters import NAME_CONTROLS, control_message, without_controls
from portfolio.models.ledger import ImportedAsset, outside_path

HTTP_ADDRESS = URLValidator(schemes=["http", "https"])
MOST_NAMES = 200  # tags, categories or authors of one document


@dataclass(slots=True)
class DocumentReferences(ABC):
    """What building a page asks about its document's references. ``problems`` collects what the report will list."""

    document: Document
    terms: TermCache = field(default_factory=TermCache, kw_only=True)
    problems: list[Problem] = field(default_factory=list, kw_only=True)

    @property
    @abstractmethod
    def home(self) -> str:
        """The address that the document had: absolute when the old site's address is known, a path otherwise."""

    @abstractmethod
    def home_of(self, html: str) -> str:
        """The base address of the relative links of ``html``, for a piece of text that is kept as it was written."""

    @abstractmethod
    def target(self, address: str, *, file: bool = False) -> Target | None:
        """What ``address`` means inside the source; None when it leads elsewhere. ``file``: no page is meant."""

    @abstractmethod
    def image(self, address: str, title: str, line: int | None) -> Any | None:
        """The image of the library that ``address`` shows; None when there is none."""

    def outside_image(self, address: str, title: str, line: int | None) -> Any | None:
        """The image that an import has stored of a picture outside the source; None when there is none."""
        path = outside_path(address)
        asset = ImportedAsset.objects.filter(path=path, image__isnull=False).select_related("image").first()
        return asset.image if path and asset else None

    def keep_drawing(self, html: str, data: bytes, title: str) -> None:
        """Store, where this is an import, a drawing of the text, which is safe ``data`` now."""
        return

    @abstractmethod
    def file(self, address: str, line: int | None, *, shown: bool = False) -> ImportedAsset | None:
        """The stored file at ``address``; None when there is none.

        ``shown`` says that the page shows it in place of linking to it, as it does a drawing.
        """

    @abstractmethod
    def linked_file(self, address: str, line: int | None) -> ImportedAsset | None:
        """The stored file that a link to ``address`` leads to; None when it leads to a page or an image."""

    @abstractmethod
    def is_shown_as_it_is(self, address: str) -> bool:
        """True for an SVG and for a picture of too many pixels: the image library takes neither."""

    @abstractmethod
    def import_files(self, html: str, line: int | None) -> None:
        """Import, where this is an import, the files that HTML kept as written shows and links to."""

    @abstractmethod
    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        """The attributes of an ``<a>`` of stored rich text that links to ``address``."""

    def link_tag(self, address: str, line: int | None) -> str:
        """The opening ``<a>`` of stored rich text for a link to ``address``: to a page by its id wherever one answers.

        Wagtail's page links have no place for a fragment, so a link into a page keeps the page's address as text.
        """
        return opening_tag(self.link_attributes(address, line))

    def is_remote(self, address: str) -> bool:
        return bool(split_address(address).netloc) and self.target(address, file=True) is None

    def is_address(self, address: str) -> bool:
        """False for a picture that has no address of its own: ``data:``, a program, or what no browser can read."""
        parts = split_address(address)
        return parts.scheme in ("http", "https") or (not parts.scheme and any(parts))

    def report(self, severity: Severity, code: str, message: str, line: int | None = None) -> None:
        problem = Problem(severity, code, message, line)
        if problem not in self.problems:
            self.problems.append(problem)

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
        if message := control_message(name, NAME_CONTROLS):
            plain = without_controls(name, NAME_CONTROLS)
            what = f"the {model._meta.verbose_name} “{plain[:40]}”"
            self.report(Severity.WARNING, "control-character", f"{what} holds control characters. {message}", 1)
            name = plain
        limit = model._meta.get_field(field).max_length
        if len(name) > limit:
            what = f"the {model._meta.verbose_name} “{name[:40]}…”"
            message = f"{what} has more than {limit} characters and is left out"
            self.report(Severity.ERROR, "name-too-long", message, 1)
            return None
        return self.terms.get(model, name, find)

    def web_address(self, address: str, what: str, line: int | None = 1) -> str:
        """``address`` when it is an http or https one that fits a field; "" with an error otherwise."""
        try:
            HTTP_ADDRESS(address)
        except ValidationError:
            self.report(Severity.ERROR, "bad-address", f"{what} {address[:80]!r} is not a web address; left out", line)
            return ""
        return address
