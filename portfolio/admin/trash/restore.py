"""Restore a deleted page with everything that was deleted with it, below the page where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ForeignKey, Model
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search import index

from portfolio.admin.content_checks.page_checks import check_published_page
from portfolio.admin.trash.stored_rows import StoredRow, row_from_json, unpack
from portfolio.importer.bulk.private_api import child_path, last_step
from portfolio.models import TrashedPage


@dataclass(slots=True)
class Restored:
    """The page that is back; ``missing`` counts by name what it used or had and what cannot come back."""

    page: Page
    slug_before: str
    missing: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages come back: their paths and addresses begin with these in place of the old ones."""

    old_path: str
    path: str
    old_url_path: str
    url_path: str
    slug: str

    def moved(self, columns: dict[str, Any]) -> dict[str, Any]:
        """The columns of a page at its new place."""
        path = self.path + columns["path"][len(self.old_path) :]
        at_place = {
            "path": path,
            "depth": len(path) // Page.steplen,
            "url_path": self.url_path + columns["url_path"][len(self.old_url_path) :],
        }
        if columns["path"] == self.old_path:
            at_place["slug"] = self.slug
        return columns | at_place


@transaction.atomic
def restore(trashed: TrashedPage, parent: Page) -> Restored:
    """Put the pages back below ``parent`` and empty the trash of them."""
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    keys = stored_keys(trashed)
    place = find_place(trashed, parent)
    missing: Counter[str] = Counter()
    for row in rows_of(trashed):
        if row.is_reference:
            restore_reference(row)
        else:
            restore_row(row, place, keys, missing)
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + 1)
    page = Page.objects.get(pk=trashed.page_key)
    slug_before = trashed.url_path.rstrip("/").rpartition("/")[2]
    if page.slug != slug_before:
        rename_in_draft(page, slug_before)
    index_again(Page.objects.filter(path__startswith=page.path))
    trashed.delete()
    return Restored(page.specific, slug_before, missing)


def rows_of(trashed: TrashedPage) -> Iterator[StoredRow]:
    for chunk in trashed.chunks.iterator(chunk_size=1):
        yield from filter(None, map(row_from_json, unpack(chunk.data)))


def stored_keys(trashed: TrashedPage) -> set[tuple[type[Model], Any]]:
    """What will be there again: references to it are kept although it is not there yet."""
    return {(row.model, row.key) for row in rows_of(trashed) if not row.is_reference}


def find_place(trashed: TrashedPage, parent: Page) -> Place:
    """The old place among its siblings where it is still free, else the last; a slug that is taken gets a number."""
    path = trashed.path
    if path[: -Page.steplen] != parent.path or Page.objects.filter(path=path).exists():
        path = child_path(parent, last_step(parent) + 1)
    slug = find_available_slug(parent, trashed.url_path.rstrip("/").rpartition("/")[2])
    return Place(trashed.path, path, trashed.url_path, f"{parent.url_path}{slug}/", slug)


def restore_row(row: StoredRow, place: Place, keys: set[tuple[type[Model], Any]], missing: Counter[str]) -> None:
    columns = place.moved(row.columns) if row.model is Page else dict(row.columns)
    for relation in foreign_keys(row.model):
        value = columns.get(relation.attname)
        if value is None or is_there(relation.remote_field.model, value, keys):
            continue
        missing[str(relation.remote_field.model._meta.verbose_name)] += 1
        if not relation.null:
            return
        columns[relation.attname] = None
    instance = row.model(**columns)
    try:
        with transaction.atomic():
            # Raw, as for the rows of a fixture: only this table, and no handler that would make the row anew.
            models.Model.save_base(instance, raw=True, force_insert=True)
    except IntegrityError:
        if issubclass(row.model, Page):
            raise
        missing[str(row.model._meta.verbose_name)] += 1  # another one has taken its name or address


def restore_reference(row: StoredRow) -> None:
    """What has been given something else in the meantime keeps it."""
    [(name, value)] = row.columns.items()
    row.model._default_manager.filter(**{"pk": row.key, name: None}).update(**{name: value})


def foreign_keys(model: type[Model]) -> list[ForeignKey]:
    return [column for column in model._meta.local_concrete_fields if column.remote_field]


def is_there(model: type[Model], key: Any, keys: set[tuple[type[Model], Any]]) -> bool:
    return (model, key) in keys or model._default_manager.filter(pk=key).exists()


def rename_in_draft(page: Page, slug_before: str) -> None:
    """The draft takes the slug that the page has got: otherwise publishing it would collide again."""
    for revision in Revision.objects.filter(pk__in=[page.latest_revision_id, page.live_revision_id]):
        if revision.content["slug"] == slug_before:
            revision.content["slug"] = page.slug
            revision.save(update_fields=["content"])


def index_again(pages: Iterable[Page]) -> None:
    for page in pages:
        specific = page.specific
        ReferenceIndex.create_or_update_for_object(specific)
        index.insert_or_update_object(specific)
        if specific.live:
            check_published_page(specific)
