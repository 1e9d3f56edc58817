"""What a run brought beside its pages: put back or removed when it is undone, unless something else uses it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, TextField
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, get_page_models

from portfolio.importer.changes import values_of
from portfolio.importer.indexing import base_type, stream_fields
from portfolio.models.ledger import ImportedAsset, ImportedFile, ImportRun


def restore_files(run: ImportRun) -> None:
    """The files that the export gives back, as they were before the run."""
    for path, values in run.changes.get("files_before", {}).items():
        if values is None:
            run.site.files.filter(path=path).delete()
        else:
            data = {"sha256": values["sha256"], "data": b64decode(values["data"])}
            ImportedFile.objects.update_or_create(site=run.site, path=path, defaults=data)


def restore_redirects(run: ImportRun, kept_pages: Collection[int]) -> None:
    """Redirects lead where they led before, but for those that were changed since and those to pages that stay."""
    now = {row.pk: row for row in Redirect.objects.filter(pk__in=[row["pk"] for row in redirects_of(run)])}
    for row in run.changes.get("redirects", ()):
        redirect = now.get(row["pk"])
        if redirect is not None and leads(redirect) == row["leads"] and redirect.redirect_page_id not in kept_pages:
            redirect.delete()
    for row in run.changes.get("redirects_before", ()):
        redirect = now.get(row["pk"])
        if redirect is None and row["page"] is not None and not Page.objects.filter(pk=row["page"]).exists():
            continue
        if redirect is None:  # it went with the page that the run had it lead to
            redirect = Redirect(old_path=row["old_path"], is_permanent=row["permanent"])
        elif leads(redirect) != row["leads"] or redirect.redirect_page_id in kept_pages:
            continue
        redirect.redirect_page_id, redirect.redirect_link = row["page"], row["link"]
        redirect.is_permanent = row["permanent"]
        redirect.save()


def redirects_of(run: ImportRun) -> list[dict[str, Any]]:
    return [*run.changes.get("redirects", ()), *run.changes.get("redirects_before", ())]


def leads(redirect: Redirect) -> list[Any]:
    return [redirect.redirect_page_id, redirect.redirect_link]


def restore_assets(run: ImportRun) -> None:
    """What the ledger said of the files that content uses; stored files that nothing needs any more are removed."""
    needed = {
        (path, digest) for used in run.site.documents.values_list("assets", flat=True) for path, digest in used.items()
    }
    earlier = run.changes.get("assets_before", {})
    changed = run.site.assets.filter(pk__in=[*run.changes.get("assets", ()), *earlier])
    for asset in changed:
        if (asset.path, asset.sha256) in needed:
            continue
        if str(asset.pk) in earlier:
            run.site.assets.filter(pk=asset.pk).update(**earlier[str(asset.pk)])
        else:
            asset.delete()
    made = run.changes.get("made", {})
    drafted = set(used_by_drafts()) if made else set()
    for field, model in (("image", get_image_model()), ("document", get_document_model())):
        for row in model.objects.filter(pk__in=made.get(field, ())):
            known = ImportedAsset.objects.filter(**{field: row}).exists()
            if not known and not ReferenceIndex.get_references_to(row).exists() and reference_to(row) not in drafted:
                row.delete()
    storage = ImportedAsset._meta.get_field("file").storage
    for name in made.get("file", ()):
        if not ImportedAsset.objects.filter(file=name).exists() and not is_mentioned(name):
            transaction.on_commit(partial(storage.delete, name))


def reference_to(row: Model) -> tuple[int, str]:
    return base_type(row).pk, str(row.pk)


def used_by_drafts() -> Iterator[tuple[int, str]]:
    """Content type and key of what only unpublished changes refer to: the reference index knows what is stored."""
    for page in Page.objects.filter(live=True, has_unpublished_changes=True).specific():
        for to_type, key, *_ in ReferenceIndex._extract_references_from_object(page.get_latest_revision_as_object()):
            yield to_type, str(key)


def is_mentioned(name: str) -> bool:
    """Whether the body of a page has the address of a stored file."""
    return any(
        model.objects.annotate(text=Cast(field.name, TextField())).filter(text__contains=name).exists()
        for model in get_page_models()
        for field in stream_fields(model)
    )


def sweep_names(run: ImportRun) -> None:
    """Tags, categories and the like that the run made, that nobody has touched since and that nothing uses."""
    for label, rows in run.changes.get("names", {}).items():
        for row in apps.get_model(label)._default_manager.filter(pk__in=rows):
            if values_of(row) == rows[str(row.pk)] and not is_used(row):
                row.delete()


def is_used(row: Model) -> bool:
    relations = [
        found for found in row._meta.get_fields(include_hidden=True) if found.auto_created and not found.concrete
    ]
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists() for relation in relations
    )
