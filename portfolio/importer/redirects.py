"""The redirects of one run, written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.contrib.redirects.models import Redirect

from portfolio.importer.rows import portions

AT_ONCE = 500


@dataclass(slots=True)
class Redirects:
    """Old addresses and the keys of the pages they lead to. Where documents disagree, the last in the source wins.

    ``known`` maps each old path to the place of the document that said so, and the page's key. ``made`` and
    ``changed`` say of each redirect that was written where it leads and, of one that was there, where it led.
    """

    known: dict[str, tuple[int, int]] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, old_path: str, page: int, place: int) -> None:
        self.known[old_path] = max(self.known.get(old_path, (place, page)), (place, page))

    def store(self) -> None:
        """One permanent redirect for each address, on every site; one that exists already leads there now."""
        for paths in portions(sorted(self.known), AT_ONCE):
            stored = {row.old_path: row for row in Redirect.objects.filter(site=None, old_path__in=paths)}
            new = []
            for path in paths:
                _, page = self.known[path]
                row = stored.get(path)
                if row is None:
                    new.append(Redirect(old_path=path, redirect_page_id=page, is_permanent=True))
                elif (row.redirect_page_id, row.is_permanent) != (page, True):
                    earlier = {"page": row.redirect_page_id, "link": row.redirect_link, "permanent": row.is_permanent}
                    row.redirect_page_id, row.is_permanent = page, True
                    row.save(update_fields=["redirect_page", "is_permanent"])
                    self.changed.append({**where(row), "old_path": path, **earlier})
            self.make(new)
        self.known.clear()

    def make(self, rows: Iterable[Redirect]) -> None:
        """Store redirects from addresses that had none."""
        self.made += [where(row) for row in Redirect.objects.bulk_create(rows)]


def where(row: Redirect) -> dict[str, Any]:
    return {"pk": row.pk, "leads": [row.redirect_page_id, row.redirect_link]}
