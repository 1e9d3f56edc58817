"""Sections: pages that share one file, each below a heading with its fields, such as roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from wagtail.models import Page

from portfolio.exporter.ledger_document import DocumentPart
from portfolio.exporter.round_trip import ReadPage
from portfolio.markdown.writing.escaping import escape_text


class EntryExport(Protocol):
    """How an app writes pages that share a file with the page above them."""

    entry_model: type[Page]

    def describe_entry(self, page: Page) -> dict[str, Any]: ...

    def entries(self, index: Page) -> Sequence[Page]: ...

    def heading(self, fields: Mapping[str, Any]) -> str: ...

    def changed_heading(self, source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None: ...

    def behind(self, page: Page, picture: Callable[[int], str]) -> str: ...


class EntryHeadings:
    """Write the headings of entries, changed and new."""

    def __init__(self, export: EntryExport) -> None:
        self.export = export

    def heading(self, source: str, part: DocumentPart, level: int) -> list[str]:
        bare = source.strip("\n")
        trail = source[len(source.rstrip("\n")) :] if bare else ""
        lead = source[: len(source) - len(source.lstrip("\n"))] if bare else ""
        anew = f"{lead}{'#' * level} {escape_text(self.export.heading(part.now))}{trail}"
        if not bare:
            return [anew]
        changed = self.export.changed_heading(source, part.then, part.now)
        return [source] if changed == source else [*filter(None, [changed]), anew]


def entry_details(
    parts: Sequence[tuple[DocumentPart, ReadPage]], before: Mapping[str, ReadPage], existing: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields that the heading and the text of entries do not express, by part, for the key ``entries``."""
    details = {name: dict(fields) for name, fields in existing.items() if isinstance(fields, Mapping)}
    for part, read in parts:
        old = before.get(part.name)
        for field, value in part.now.items():
            edited = part.row is None or value != part.then.get(field)
            wanted = value if edited or old is None else old.described.get(field)
            if read.described.get(field) != wanted:
                details.setdefault(read.plan.part, {})[field] = value
    return details
