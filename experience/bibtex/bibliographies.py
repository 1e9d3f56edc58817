"""Bibliographies of an imported site: their entries become publications, listed where the old site listed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from experience.bibtex.parse import BibtexEntry, BibtexError, BibtexFile, parse_bibtex
from experience.bibtex.store import BibtexImport, StoredPublications, digest_of, store_entry
from experience.models import PublicationIndexPage, PublicationPage
from portfolio.documents.document import Document, Severity
from portfolio.engines import SourceTree
from portfolio.engines.source import Bibliography
from portfolio.importer.conversion.worker import WorkStopped, in_one_worker
from portfolio.importer.entries import EntryFileResult, FileEntry, ImportedEntries
from portfolio.models import HomePage
from portfolio.validation.page_form import free_page_slug


def store_bibliographies(source: SourceTree, entries: ImportedEntries) -> None:
    bibliographies = source.engine.bibliographies(source)
    home = HomePage.objects.first() if bibliographies else None
    if home is None:
        return
    shown_on = {path for bibliography in bibliographies for path in bibliography.shown_on}
    lists = [document for document in entries.listings if document.path in shown_on]
    had_index = PublicationIndexPage.objects.exists()
    publications = StoredPublications()

    def list_of_new() -> Page:
        return PublicationIndexPage.objects.first() or list_page(home, lists)

    for bibliography in bibliographies:
        result = entries.file(bibliography.path, "bibliography", "publications")
        store_file(parsed_file(bibliography, result), list_of_new, result, publications, entries)
    index = PublicationIndexPage.objects.first()
    if index is None:
        return
    if not had_index:
        entries.list_made(index)
    for result in entries.files:
        result.page_url = result.page_url or (index.url or "" if result.kind == "bibliography" else "")
    entries.lists |= {document.path: index.url or "" for document in lists if index.live}


def parsed_file(bibliography: Bibliography, result: EntryFileResult) -> BibtexFile:
    """The entries of a file, read in a worker; what cannot be read is reported with its line."""
    try:
        parsed: BibtexFile = in_one_worker(parse_bibtex, bibliography.data)
    except (BibtexError, WorkStopped) as error:
        result.report(Severity.ERROR, "bad-bibliography", str(error), None)
        return BibtexFile()
    result.problems += parsed.problems
    return parsed


def list_page(home: Page, lists: Sequence[Document]) -> PublicationIndexPage:
    """The list of publications, with the title and at the address of the page that listed them on the old site."""
    index = PublicationIndexPage.add_below(home)
    if lists:
        slug = lists[0].url.removeprefix(lists[0].base_path).strip("/").removesuffix(".html")
        index.title = lists[0].title or index.title
        index.slug = free_page_slug(slug, home, index) if slug and "/" not in slug else index.slug
        index.save()
        index.save_revision(log_action=False)
    return index


def store_file(
    parsed: BibtexFile,
    list_of_new: Callable[[], Page],
    result: EntryFileResult,
    publications: StoredPublications,
    entries: ImportedEntries,
) -> None:
    rows = entries.rows(result.path)
    keys: set[str] = set()
    for entry in parsed.entries:
        if entry.key in keys:
            result.report(Severity.WARNING, "double-entry", f"a second entry with the key {entry.key}", entry.line)
            continue
        keys.add(entry.key)
        try:
            with transaction.atomic():
                store_publication(entry, list_of_new, result, publications, entries)
        except ValidationError as error:
            message = f"{entry.key}: {'; '.join(error.messages)}"
            result.report(Severity.ERROR, "bad-entry", message, entry.line)
    entries.gone(result, rows, keys)


def store_publication(
    entry: BibtexEntry,
    list_of_new: Callable[[], Page],
    result: EntryFileResult,
    publications: StoredPublications,
    entries: ImportedEntries,
) -> None:
    def save(page: Page | None) -> PublicationPage:
        stored = BibtexImport()
        if page is not None:
            page.entry_revision = page.latest_revision_id  # nobody has edited it
        index = list_of_new() if page is None else page.get_parent()
        publication = store_entry(entry, page, index, None, stored, publish=True)
        for line, message in stored.problems:
            result.report(Severity.WARNING, "bad-address", message, line)
        publications.add(publication)
        return publication

    file_entry = FileEntry(entry.key[:255], digest_of(entry), entry.line)
    row = entries.row(result.path, file_entry.key)
    entries.store(result, file_entry, row, publications.page(entry), save)
