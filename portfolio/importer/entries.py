"""Entries of an import: files with several entries, such as a bibliography, of which each becomes a page.

They are no documents: the export copies the file, and writes a page only if somebody has edited it here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from wagtail.models import Page

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.report import DocumentReport
from portfolio.engines import SourceTree
from portfolio.importer.term_cache import TermCache
from portfolio.models.ledger import ImportedEntry, ImportSite

CREATED, UPDATED, UNCHANGED, EDITED, DELETED, ELSEWHERE = (
    "created", "updated", "unchanged", "edited", "deleted", "elsewhere",
)  # fmt: skip


@runtime_checkable
class EntryMapping(Protocol):
    """A mapping that makes pages of entries too; called when all documents are stored."""

    def store_entries(self, source: SourceTree, entries: ImportedEntries) -> None: ...


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of a file. ``key`` tells it from the others, ``digest`` changes when anything in it does."""

    key: str
    digest: str
    line: int | None = None


@dataclass(slots=True)
class EntryFileResult:
    """What became of the entries of one file."""

    path: str
    kind: str
    plural: str
    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    page_url: str = ""

    def report(self, severity: Severity, code: str, message: str, line: int | None) -> None:
        self.problems.append(Problem(severity, code, message, line))

    def row(self) -> DocumentReport:
        """The row of the report, which counts each entry as a part."""
        counts = self.outcomes
        changed = [f"{counts[name]} {name}" for name in (CREATED, UPDATED) if counts[name]]
        left = counts.total() - counts[CREATED] - counts[UPDATED]
        message = f"{self.plural}: {', '.join(changed) or 'none new'}, {left} left as they are"
        refused = sum(problem.severity is Severity.ERROR for problem in self.problems)
        is_new = bool(counts[CREATED]) and not counts.keys() - {CREATED, ELSEWHERE}
        outcome = "created" if is_new else "updated" if changed else "conflict" if counts[EDITED] else "unchanged"
        if refused and not counts:
            outcome = "rejected"
        return DocumentReport(
            self.path,
            self.kind,
            outcome,
            page_url=self.page_url,
            constructs={"native": counts.total(), "refused": refused},
            problems=(Problem(Severity.INFO, "entries", message), *self.problems),
        )


@dataclass(slots=True)
class ImportedEntries:
    """The entries of a run; ``changes`` is what it takes to undo it, ``folders`` the lists that were made for them.

    ``listings`` are the documents of the source that only list others, ``lists`` gives the page here in place of one,
    by path.
    """

    site: ImportSite
    terms: TermCache
    listings: Sequence[Document] = ()
    lists: dict[str, str] = field(default_factory=dict)
    files: list[EntryFileResult] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    folders: list[Page] = field(default_factory=list)
    recorded: dict[str, dict[str, ImportedEntry]] = field(default_factory=dict)

    def file(self, path: str, kind: str, plural: str) -> EntryFileResult:
        self.files.append(EntryFileResult(path, kind, plural))
        return self.files[-1]

    def rows(self, path: str) -> dict[str, ImportedEntry]:
        """What earlier imports recorded of the entries of a file, by key."""
        if path not in self.recorded:
            rows = self.site.entries.filter(path=path).select_related("page")
            self.recorded[path] = {row.key: row for row in rows}
        return self.recorded[path]

    def row(self, path: str, key: str) -> ImportedEntry | None:
        return self.rows(path).get(key)

    def store(
        self,
        result: EntryFileResult,
        entry: FileEntry,
        row: ImportedEntry | None,
        here: Page | None,
        save: Callable[[Page | None], Page | None],
    ) -> None:
        """Make or update the page of an entry, unless somebody has edited or deleted it, or it is ``here`` already.

        ``save`` stores the given page or publishes a new one, and returns it; None if there is nothing to store. A page
        that somebody has unpublished stays a draft.
        """
        page = row.page if row is not None else None
        if row is None and here is not None:
            result.outcomes[ELSEWHERE] += 1
        elif row is not None and page is None:
            result.outcomes[DELETED] += 1
        elif row is not None and row.digest == entry.digest:
            result.outcomes[UNCHANGED] += 1
        elif row is not None and page is not None and page.latest_revision_id != row.revision_id:
            result.outcomes[EDITED] += 1
            message = f"“{page.title}” was edited here and stays as it is; its entry in the source has changed"
            result.report(Severity.WARNING, "edited-here", message, entry.line)
        else:
            self.save(result, entry, row, save)

    def save(
        self,
        result: EntryFileResult,
        entry: FileEntry,
        row: ImportedEntry | None,
        save: Callable[[Page | None], Page | None],
    ) -> None:
        before = {"revision_id": row.revision_id, "digest": row.digest} if row is not None else None
        page = save(row.page.specific if row is not None else None)
        if page is None:
            result.outcomes[ELSEWHERE] += 1
            return
        page.refresh_from_db(fields=["latest_revision"])
        row = row or ImportedEntry(site=self.site, path=result.path, key=entry.key)
        row.page_id, row.revision_id, row.digest = page.pk, page.latest_revision_id, entry.digest
        row.save()
        self.changes.append({"entry": row.pk, "before": before})
        result.outcomes[CREATED if before is None else UPDATED] += 1

    def list_made(self, page: Page) -> None:
        """Have undo delete a list that was made for the entries."""
        page.refresh_from_db()
        self.folders.append(page)

    def gone(self, result: EntryFileResult, rows: Mapping[str, ImportedEntry], keys: Iterable[str]) -> None:
        """Say which entries the source no longer has."""
        for key in sorted(rows.keys() - set(keys)):
            if rows[key].page_id is not None:
                message = f"the source no longer has the entry {key}; its page stays until somebody deletes it"
                result.report(Severity.WARNING, "source-gone", message, None)

    def report_rows(self) -> Iterator[DocumentReport]:
        for result in self.files:
            yield result.row()
