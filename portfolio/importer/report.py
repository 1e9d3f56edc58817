"""Report: one row for each document of the source, in its order, then those that the source no longer has."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from difflib import unified_diff

from portfolio.documents.document import Document, Problem, Severity
from portfolio.documents.report import DocumentReport
from portfolio.engines import SourceFile
from portfolio.importer.ledger import Ledger
from portfolio.importer.placement import CREATE, KEEP, MERGE, SAME, UPDATE
from portfolio.importer.writer import DocumentResult
from portfolio.models.ledger import ImportedDocument

UNREAD = "unread-format"
WRITTEN = ("created", "updated", "merged")


def document_row(
    document: Document, result: DocumentResult, earlier: ImportedDocument | None, diff: str, notes: Iterable[Problem]
) -> DocumentReport:
    """The row of a document that was converted. ``earlier`` is what the ledger had of it before this run."""
    if document.rejected:
        return DocumentReport(document.path, document.kind, "rejected", problems=document.problems)
    return DocumentReport(
        path=document.path,
        kind=document.kind,
        outcome=outcome_of(result, is_known=earlier is not None),
        page_url=result.page_url,
        old_urls=() if document.draft else document.old_urls,  # nothing answers for a draft
        constructs=result.constructs,
        problems=in_order([*document.problems, *notes, *result.problems]),
        diff=diff,
    )


def outcome_of(result: DocumentResult, *, is_known: bool) -> str:
    """The outcome of a document: the strongest of what happened to its pages."""
    if result.refused:
        return "rejected"
    if KEEP in result.actions or result.conflicts:
        return "conflict"
    if MERGE in result.actions:
        return "merged"
    if result.actions & {CREATE, UPDATE}:
        return "updated" if is_known else "created"
    return "unchanged" if SAME in result.actions else "skipped"


def unchanged_row(path: str, ledger: Ledger) -> DocumentReport:
    document = ledger.documents[path]
    pages = ledger.pages_of(path)
    main = next((row for row in pages if row.part == "" and row.page is not None), None)
    undecided = any(row.conflicts and row.page and row.page.latest_revision_id == row.revision_id for row in pages)
    message = "changed here and in the source at an earlier import, and nobody has looked at the page since"
    return DocumentReport(
        path=path,
        kind=document.kind,
        outcome="conflict" if undecided else "unchanged",
        problems=(Problem(Severity.WARNING, "conflict", message),) if undecided else (),
        page_url=(main.page.url or "") if main else "",
        old_urls=tuple(main.old_urls) if main else (),
        constructs=document.constructs,
    )


def skipped_row(file: SourceFile) -> DocumentReport:
    problem = Problem(Severity.INFO, "skipped-by-map", "skipped, as the map says")
    return DocumentReport(file.path, file.kind, "skipped", problems=(problem,))


def unread_rows(problems: Iterable[Problem]) -> Iterator[DocumentReport]:
    """The files of the source in a format that cannot be read, of which ``problems`` are."""
    for problem in problems:
        if problem.code == UNREAD:
            path, _, message = problem.message.partition(": ")
            yield DocumentReport(path, "page", "skipped", problems=(replace(problem, message=message),))


def without_rows(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The ``problems`` of the source as a whole, without those of `unread_rows`."""
    return (problem for problem in problems if problem.code != UNREAD)


def missing_rows(ledger: Ledger, paths: Container[str]) -> Iterator[DocumentReport]:
    """Documents of earlier imports that are not among the ``paths`` of the source any more; their pages stay."""
    message = "the source no longer has it; its page stays until somebody deletes it"
    problem = Problem(Severity.WARNING, "source-gone", message)
    for path, row in ledger.documents.items():
        if path not in paths:
            yield DocumentReport(path, row.kind, "skipped", problems=(problem,))


def source_diff(earlier: ImportedDocument | None, path: str, renamed_from: str, data: bytes) -> str:
    """The changes in a file since the last import; "" for a new one."""
    if earlier is None:
        return ""
    versions = (bytes(earlier.source), data)
    old, new = (version.decode("utf-8", "replace").splitlines(keepends=True) for version in versions)
    return "".join(unified_diff(old, new, f"imported/{renamed_from or path}", f"source/{path}"))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line or 0, problem.code)))
