"""Pages that share one file, each below a heading that says its fields: the entries of the experience page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from wagtail.models import Page

from portfolio.exporter.escaping import escape_text
from portfolio.exporter.reread import ReadPage
from portfolio.exporter.stored import Part


class EntryExport(Protocol):
    """What an app knows of pages that share a file with the one above them."""

    entry_model: type[Page]

    def describe_entry(self, page: Page) -> dict[str, Any]: ...

    def entries(self, index: Page) -> Sequence[Page]: ...

    def heading(self, fields: Mapping[str, Any]) -> str: ...

    def changed_heading(self, source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None: ...

    def behind(self, page: Page, picture: Callable[[int], str]) -> str: ...


class Headings:
    """The headings of entries, old and new."""

    def __init__(self, export: EntryExport) -> None:
        self.export = export

    def heading(self, source: str, part: Part, level: int) -> list[str]:
        bare = source.strip("\n")
        trail = source[len(source.rstrip("\n")) :] if bare else ""
        lead = source[: len(source) - len(source.lstrip("\n"))] if bare else ""
        anew = f"{lead}{'#' * level} {escape_text(self.export.heading(part.now))}{trail}"
        if not bare:
            return [anew]
        patched = self.export.changed_heading(source, part.then, part.now)
        return [source] if patched == source else [*filter(None, [patched]), anew]


def details(
    parts: Sequence[tuple[Part, ReadPage]], before: Mapping[str, ReadPage], existing: Mapping[str, Any]
) -> dict[str, Any]:
    """What the heading and the text of entries do not say, for the key ``entries`` of the front matter, by part."""
    found = {name: dict(said) for name, said in existing.items() if isinstance(said, Mapping)}
    for part, read in parts:
        old = before.get(part.name)
        for field, value in part.now.items():
            edited = part.row is None or value != part.then.get(field)
            wanted = value if edited or old is None else old.described.get(field)
            if read.described.get(field) != wanted:
                found.setdefault(read.plan.part, {})[field] = value
    return found
