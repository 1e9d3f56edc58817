"""Redirects from old addresses to pages: which of a page's are possible, and all those of one run written together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.contrib.redirects.models import Redirect

from portfolio.documents.document import Severity
from portfolio.documents.links import OldSite
from portfolio.importer.bulk.rows import portions
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.importer.urls.precedence import precedence
from portfolio.importer.urls.url_check import is_among_files, is_own

AT_ONCE = 500
LONGEST_PATH = 255  # characters of a redirect's old path
ANSWERS = 0  # no page has this key


def redirect_paths(
    old_urls: Iterable[str], page_url: str, old_site: OldSite, references: DocumentReferences
) -> Iterator[str]:
    """The old paths, with and without the old site's base path, that are to lead to the page at ``page_url``.

    The address at which the page itself answers needs none. Those that cannot be redirected are reported.
    """
    for old_url in old_urls:
        for old in dict.fromkeys((old_url, old_site.without_base(old_url))):
            path = Redirect.normalise_path(old)
            if path != Redirect.normalise_path(page_url) and is_possible(old, path, references):
                yield path


def is_possible(old: str, path: str, references: DocumentReferences) -> bool:
    if len(path) > LONGEST_PATH:
        message = f"{old} is longer than {LONGEST_PATH} characters and cannot be redirected"
        references.report(Severity.ERROR, "long-address", message)
        return False
    if is_own(old):
        message = f"{old} is an address of the site itself; it does not redirect to this page"
        references.report(Severity.WARNING, "address-taken", message)
        return False
    if is_among_files(old):
        message = f"{old} is below the site's own files, which a web server in front of the site may serve itself"
        references.report(Severity.WARNING, "address-taken", message)
    return True


@dataclass(slots=True)
class Redirects:
    """Old addresses and the keys of the pages they lead to: of several documents, of the one that was written last.

    ``planned`` maps each old path to the precedence of its document, its place in the source, and the page's key: that
    is `ANSWERS` for an address at which the document's page answers itself. ``made`` and ``changed`` say of each
    redirect that was written where it leads and, of one that was there, where it led.
    """

    planned: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, leads: Mapping[str, int], page_url: str, old_urls: Sequence[str], kind: str, place: int) -> None:
        """Plan redirects from the paths in ``leads`` to the keys of pages, and none from ``page_url`` if it is old.

        ``old_urls`` are those of the document, without a base path; ``kind`` and ``place`` in the source are its own.
        """
        old_paths = [*map(Redirect.normalise_path, old_urls)]
        own = Redirect.normalise_path(page_url)
        answered = {own: ANSWERS} if page_url and own in old_paths else {}
        for path, page in {**leads, **answered}.items():
            rank = precedence(kind, is_redirect=path in old_paths[1:])
            planned = (rank, place, page)
            self.planned[path] = max(self.planned.get(path, planned), planned)

    def store(self) -> None:
        """One permanent redirect for each address, on every site; one that exists already leads there now."""
        planned = sorted(path for path, (*_, page) in self.planned.items() if page != ANSWERS)
        for paths in portions(planned, AT_ONCE):
            stored = {row.old_path: row for row in Redirect.objects.filter(site=None, old_path__in=paths)}
            new = []
            for path in paths:
                *_, page = self.planned[path]
                row = stored.get(path)
                if row is None:
                    new.append(Redirect(old_path=path, redirect_page_id=page, is_permanent=True))
                elif (row.redirect_page_id, row.is_permanent) != (page, True):
                    earlier = {"page": row.redirect_page_id, "link": row.redirect_link, "permanent": row.is_permanent}
                    row.redirect_page_id, row.is_permanent = page, True
                    row.save(update_fields=["redirect_page", "is_permanent"])
                    self.changed.append({**target_of(row), "old_path": path, **earlier})
            self.make(new)
        self.planned.clear()

    def make(self, rows: Iterable[Redirect]) -> None:
        """Store redirects from addresses that had none."""
        self.made += [target_of(row) for row in Redirect.objects.bulk_create(rows)]


def target_of(row: Redirect) -> dict[str, Any]:
    return {"pk": row.pk, "leads": [row.redirect_page_id, row.redirect_link]}
