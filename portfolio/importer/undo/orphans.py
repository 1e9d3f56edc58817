"""Orphans of an undone run: what it made beside pages is restored, or deleted unless something else uses it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, TextField
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from taggit.models import ItemBase
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, get_page_models

from portfolio.importer.bulk.private_api import extract_references
from portfolio.importer.bulk.search_index import base_type, stream_fields
from portfolio.importer.undo.record import editable_values, row_values
from portfolio.models.ledger import ImportedAsset, ImportedFile, ImportRun
from portfolio.models.tags import TagKey
from portfolio.models.trash import TrashedPage


def restore_files(run: ImportRun) -> None:
    """The ledger's files without a page, as they were before the run."""
    for path, values in run.changes.get("files_before", {}).items():
        if values is None:
            run.site.files.filter(path=path).delete()
        else:
            rendered = b64decode(values["rendered"]) if "rendered" in values else None
            data = {"sha256": values["sha256"], "data": b64decode(values["data"]), "rendered": rendered}
            ImportedFile.objects.update_or_create(site=run.site, path=path, defaults=data)


def restore_redirects(run: ImportRun, kept_pages: Collection[int]) -> None:
    """Redirects as before the run, but for those that were changed since and those to pages that stay."""
    now = {row.pk: row for row in Redirect.objects.filter(pk__in=[row["pk"] for row in redirects_of(run)])}
    for row in run.changes.get("redirects", ()):
        redirect = now.get(row["pk"])
        if redirect is not None and target_of(redirect) == row["leads"] and redirect.redirect_page_id not in kept_pages:
            redirect.delete()
    for row in run.changes.get("redirects_before", ()):
        redirect = now.get(row["pk"])
        if redirect is None and row["page"] is not None and not Page.objects.filter(pk=row["page"]).exists():
            continue
        if redirect is None:  # it went with the page that the run had it lead to
            redirect = Redirect(old_path=row["old_path"], is_permanent=row["permanent"])
        elif target_of(redirect) != row["leads"] or redirect.redirect_page_id in kept_pages:
            continue
        redirect.redirect_page_id, redirect.redirect_link = row["page"], row["link"]
        redirect.is_permanent = row["permanent"]
        redirect.save()


def redirects_of(run: ImportRun) -> list[dict[str, Any]]:
    return [*run.changes.get("redirects", ()), *run.changes.get("redirects_before", ())]


def target_of(redirect: Redirect) -> list[Any]:
    return [redirect.redirect_page_id, redirect.redirect_link]


def restore_assets(run: ImportRun) -> None:
    """The ledger's assets as before the run; images, documents and files that nothing uses any more are deleted."""
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
    elsewhere = {*references_of_drafts(), *references_of_trash()} if made else set()
    for field, model in (("image", get_image_model()), ("document", get_document_model())):
        for row in model.objects.filter(pk__in=made.get(field, ())):
            is_asset = ImportedAsset.objects.filter(**{field: row}).exists()
            before = run.changes.get("made_as", {}).get(field, {}).get(str(row.pk))
            if before is not None and before != editable_values(row):
                continue  # somebody has worked on it
            is_referred_to = ReferenceIndex.get_references_to(row).exists() or is_in_settings(row)
            if not is_asset and not is_referred_to and reference_to(row) not in elsewhere:
                row.delete()
    storage = ImportedAsset._meta.get_field("file").storage
    for name in made.get("file", ()):
        if not ImportedAsset.objects.filter(file=name).exists() and not is_mentioned(name):
            transaction.on_commit(partial(storage.delete, name))


def is_in_settings(row: Model) -> bool:
    """Whether settings of a site show it, as a logo or a portrait: the reference index knows nothing of settings."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and issubclass(relation.related_model, BaseSiteSetting)
    )


def reference_to(row: Model) -> tuple[int, str]:
    return base_type(row).pk, str(row.pk)


def references_of_drafts() -> Iterator[tuple[int, str]]:
    """Content type and key of what unpublished changes refer to; the reference index has those of stored pages."""
    for page in Page.objects.filter(live=True, has_unpublished_changes=True).specific():
        for to_type, key, *_ in extract_references(page.get_latest_revision_as_object()):
            yield to_type, str(key)


def references_of_trash() -> Iterator[tuple[int, str]]:
    """Content type and key of what deleted pages refer to, which a restore brings back."""
    for uses in TrashedPage.objects.values_list("uses", flat=True):
        yield from map(tuple, uses)


def is_mentioned(name: str) -> bool:
    """Whether the body of a page has the address of a stored file."""
    return any(
        model.objects.annotate(text=Cast(field.name, TextField())).filter(text__contains=name).exists()
        for model in get_page_models()
        for field in stream_fields(model)
    )


def delete_unused_terms(run: ImportRun) -> None:
    """Delete the tags, categories and the like that the run made, unless they were changed since or are used."""
    names = run.changes.get("names", {})
    drafted = set(terms_of_drafts()) if names else set()
    for label, rows in names.items():
        for row in apps.get_model(label)._default_manager.filter(pk__in=rows):
            if row_values(row) == rows[str(row.pk)] and not is_used(row) and (type(row), row.pk) not in drafted:
                row.delete()


def terms_of_drafts() -> Iterator[tuple[type[Model], int]]:
    """Model and key of the tags, categories and the like that unpublished changes name."""
    for page in Page.objects.filter(has_unpublished_changes=True).specific():
        draft = page.get_latest_revision_as_object()
        for relation in get_all_child_relations(type(draft)):
            for item in getattr(draft, relation.get_accessor_name()).all():
                if isinstance(item, ItemBase):
                    yield type(item).tag_model(), item.tag_id
        for field in get_all_child_m2m_relations(type(draft)):
            yield from ((field.related_model, row.pk) for row in getattr(draft, field.name).all())
        for field in draft._meta.concrete_fields:
            if field.is_relation and getattr(draft, field.attname) is not None:
                yield field.related_model, getattr(draft, field.attname)


def is_used(row: Model) -> bool:
    relations = [
        field for field in row._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete
    ]
    return any(
        relation.related_model is not TagKey
        and relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in relations
    )
