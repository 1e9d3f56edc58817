"""Positions of an imported site: those in its CV become roles, unless the site has pages of experience."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from experience.models import ExperienceIndexPage, ExperiencePage, Organisation
from experience.resume.json_import import messages_of
from experience.resume.json_pages import employer_of, fill_role, publish, role_index, role_like
from experience.resume.json_values import text_of, without_unsafe_addresses
from portfolio.documents.document import Severity
from portfolio.engines import SourceTree
from portfolio.importer.entries import EntryFileResult, FileEntry, ImportedEntries
from portfolio.models import HomePage, ImportedEntry

LONGEST_KEY = 255


def store_positions(source: SourceTree, entries: ImportedEntries) -> None:
    path, positions = source.engine.positions(source)
    home = HomePage.objects.first() if positions else None
    rows = entries.rows(path) if positions else {}
    if home is None or has_own_roles(is_first=not rows):
        return
    result = entries.file(path, "resume", "roles")
    had_index = ExperienceIndexPage.objects.exists()
    stored = numbered([entry_of(without_unsafe_addresses(dict(item))[0]) for item in positions], rows)
    for item, entry in zip(positions, stored, strict=True):
        store_position(item, entry, home, result, entries)
    entries.gone(result, rows, [entry.key for entry in stored])
    index = ExperienceIndexPage.objects.first()
    if index is not None:
        result.page_url = index.url or ""
        if not had_index:
            entries.list_made(index)


def has_own_roles(*, is_first: bool) -> bool:
    """Whether the source has pages of experience; at the first import, whether anybody has written roles here."""
    roles = ExperiencePage.objects.all() if is_first else ExperiencePage.objects.exclude(imported_from=None)
    return roles.exists()


def entry_of(item: Mapping[str, Any]) -> FileEntry:
    """A position is the same one as long as employer, role and beginning are; `numbered` tells several apart."""
    names = (employer_of(item), text_of(item, "position", 200), text_of(item, "startDate", 40))
    digest = sha256(json.dumps(item, sort_keys=True, default=str).encode()).hexdigest()
    return FileEntry("|".join(names)[:LONGEST_KEY], digest)


def numbered(entries: Sequence[FileEntry], rows: Mapping[str, ImportedEntry]) -> list[FileEntry]:
    """The entries with a number after each key that others have too; those that have not changed keep their rows."""
    keys: dict[str, list[str]] = {}
    for key, total in Counter(entry.key for entry in entries).items():
        names = [key, *(f"{key[: LONGEST_KEY - 4]}|{number}" for number in range(2, total + len(rows) + 1))]
        keys[key] = [name for number, name in enumerate(names, 1) if number <= total or name in rows]
    result: dict[int, FileEntry] = {}
    for index, entry in enumerate(entries):
        same = (key for key in keys[entry.key] if key in rows and rows[key].digest == entry.digest)
        if (key := next(same, None)) is not None:
            keys[entry.key].remove(key)
            result[index] = replace(entry, key=key)
    for index, entry in enumerate(entries):
        if index not in result:
            result[index] = replace(entry, key=keys[entry.key].pop(0))
    return [result[index] for index in range(len(entries))]


def store_position(
    item: Mapping[str, Any], entry: FileEntry, home: Page, result: EntryFileResult, entries: ImportedEntries
) -> None:
    def save(page: Any) -> Page | None:
        name = employer_of(item)
        organisation = entries.terms.get(Organisation, name) if name else None
        if organisation is not None:
            entries.terms.will_change(organisation)
        role = page or ExperiencePage(live=False)
        fill_role(role, item, organisation)
        if page is not None:
            revision = role.save_revision()
            if role.live:  # else somebody has unpublished it
                revision.publish()
            return role
        return None if role_like(role, item) else publish(role, role_index(home), None)

    try:
        with entries.terms.savepoint(), transaction.atomic():
            entries.store(result, entry, entries.row(result.path, entry.key), None, save)
    except ValidationError as error:
        result.report(Severity.ERROR, "bad-entry", f"{entry.key}: {'; '.join(messages_of(error))}", None)
