"""Snapshot of a page before it is deleted: every row that goes with it, and every reference that becomes empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import router
from django.db.models import QuerySet
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from wagtail.models import Page

from portfolio.admin.trash.stored_rows import pack, read_reference, read_row
from portfolio.importer.bulk.private_api import extract_references
from portfolio.models import TrashedPage, TrashedRows

# Rows that are made from the page again.
DERIVED_APPS = frozenset({"wagtailsearch"})


def trash(page: Page, user: Any) -> TrashedPage | None:
    """Keep a copy of a page that is about to be deleted; None when the database will not let it be deleted."""
    pages = Page.objects.filter(path__startswith=page.path)
    collector = Collector(using=router.db_for_write(Page), origin=page)
    try:
        collector.collect(pages)
    except (ProtectedError, RestrictedError):
        return None
    parent = page.get_parent()
    trashed = TrashedPage.objects.create(
        title=page.get_admin_display_title()[:255],
        model=(page.specific_class or Page)._meta.label_lower,
        page_key=page.pk,
        parent_key=parent.pk,
        parent_title=parent.get_admin_display_title()[:255],
        path=page.path,
        url_path=page.url_path,
        pages=pages.count(),
        live_pages=pages.filter(live=True).count(),
        uses=sorted({use for each in pages.specific().iterator(chunk_size=50) for use in uses_of(each)}),
        deleted_by=user,
    )
    for data in pack(rows_of(collector)):
        TrashedRows.objects.create(trashed_page=trashed, data=data)
    return trashed


def uses_of(page: Page) -> Iterator[tuple[int, str]]:
    """Content type and key of what a page and its draft refer to: an undone import leaves these for a restore."""
    versions = [page, page.get_latest_revision_as_object()] if page.has_unpublished_changes else [page]
    for version in versions:
        for to_type, key, *_ in extract_references(version):
            yield to_type, str(key)


def rows_of(collector: Collector) -> Iterator[dict[str, Any]]:
    for model, instances in collector.data.items():
        if model._meta.app_label not in DERIVED_APPS:
            yield from map(read_row, instances)
    for queryset in collector.fast_deletes:
        if queryset.model._meta.app_label not in DERIVED_APPS:
            yield from map(read_row, queryset.iterator())
    for (field, _), groups in collector.field_updates.items():
        for instances in groups:
            found = instances.iterator() if isinstance(instances, QuerySet) else instances
            yield from (read_reference(field, instance) for instance in found)
