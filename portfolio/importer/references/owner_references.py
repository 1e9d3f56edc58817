"""References of the owner's settings: the portrait and the pages of the menu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from portfolio.documents.document import Severity
from portfolio.documents.links import normalise
from portfolio.importer.references.import_references import ImportReferences

LONGEST_LABEL = 60  # characters


@dataclass(slots=True)
class OwnerReferences(ImportReferences):
    """``pages`` are the keys of pages by the path of their document; ``in_menu`` those that claim a place in the menu,
    lists by their address.

    Both are complete when all documents are written. ``is_filled`` says that somebody has filled in the settings
    about the owner.
    """

    pages: Mapping[str, int] = field(default_factory=dict, kw_only=True)
    in_menu: Iterable[tuple[float, str, int | str]] = field(default_factory=list, kw_only=True)
    root_page: int | None = field(default=None, kw_only=True)
    is_filled: bool = field(default=False, kw_only=True)

    def menu(self, entries: Iterable[tuple[str, str]], links: Iterable[tuple[str, str]] = ()) -> list[dict[str, Any]]:
        """Return the values of the menu: the entries of the old site, else the pages that claim a place; then links."""
        menu = [entry for label, address in entries for entry in self._entry(label, address)]
        if not menu:
            claims = sorted(self.in_menu, key=itemgetter(0, 1))
            menu = [value for _, title, page in claims for value in self._claimed(title, page)]
        after = [entry for label, address in links for entry in self._entry(label, address)]
        targets = [(entry["page"], entry["url"]) for entry in menu]
        return menu + [entry for entry in after if (entry["page"], entry["url"]) not in targets]

    def _claimed(self, title: str, page: int | str) -> Iterator[dict[str, Any]]:
        if isinstance(page, str):
            yield from self._entry(title, page)
        else:
            yield self._value(page=page)

    def _entry(self, label: str, address: str) -> Iterator[dict[str, Any]]:
        label = " ".join(label.split())[:LONGEST_LABEL]
        page = self.pages.get(address.lstrip("/"))
        target = self.target(address)
        if page is None and target is not None:
            page = self.root_page if normalise(target.path) == "/" else self.addresses.page(target.path)
        if page is not None:
            yield self._value(label=label, page=page)
        elif target is None and address.startswith(("https://", "http://", "mailto:", "//")):
            url = f"https:{address}" if address.startswith("//") else address
            yield self._value(label=label or url, url=url)
        elif target is not None and (normalise(target.path) in self.addresses.lists or self.has_file(target.path)):
            yield self._value(label=label or target.path, url=target.path)
        elif address.startswith(("https://", "http://")):  # another site at the same host
            yield self._value(label=label or address, url=address)
        elif address not in ("", "#"):
            message = f"the menu entry “{label or address}” leads to {address}, which is not in the source; left out"
            self.report(Severity.WARNING, "menu-entry", message)

    def page_at(self, address: str) -> int | None:
        """Return the key of the page that has replaced ``address``."""
        target = self.target(address)
        return self.addresses.page(target.path) if target is not None else None

    @staticmethod
    def _value(label: str = "", page: int | None = None, url: str = "") -> dict[str, Any]:
        return {"page": page, "url": url[:500], "label": label}
