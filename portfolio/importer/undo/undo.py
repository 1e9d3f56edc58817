"""Undo an import: delete the pages it made, revert those it changed, restore what else it wrote."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page, Revision, Site

from portfolio.images.share_images.tasks import delete_unused_on_commit
from portfolio.importer.undo.field_values import restore_fields
from portfolio.importer.undo.orphans import delete_unused_terms, restore_assets, restore_files, restore_redirects
from portfolio.importer.undo.record import DOCUMENT_FIELDS
from portfolio.models.ledger import ImportedEntry, ImportedPage, ImportRun
from portfolio.models.unused_markup import delete_unused_markup


class UndoError(Exception):
    """The run cannot be undone; the message says why."""


@dataclass(slots=True)
class UndoResult:
    """Titles of the pages that were deleted, reverted to an earlier revision, or left.

    A page is left that somebody has edited since, or has put a page of their own below.
    """

    deleted: list[str] = field(default_factory=list)
    reverted: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def undo(run: ImportRun, edited: Collection[int] = ()) -> UndoResult:
    """Undo ``run``, but for pages that were edited since and are not among ``edited``. Raises ``UndoError``.

    Runs are undone last first, each once. What the run made beside pages (files, redirects, tags, organisations and the
    like) is deleted where nothing else uses it, and fields that it filled in, of the site's settings for instance, get
    their old values. What somebody has changed since stays. So does the row of the site: its runs with their reports
    belong to it, and the next import of the same source needs it.
    """
    if run.undone_at is not None:
        raise UndoError(f"Run {run.pk} is undone already.")
    later = run.site.runs.filter(pk__gt=run.pk, undone_at=None).order_by("-pk").first()
    if later is not None:
        raise UndoError(f"Run {later.pk} came after run {run.pk}; undo that one first.")
    result = UndoResult()
    kept: set[str] = set()
    changed = {page.pk for page in edited_pages(run)} - set(edited)
    made = {entry["page"] for entry in run.changes.get("pages", ()) if entry["made"]} - changed
    made |= {pk for pk, _ in run.changes.get("folders", ())}
    for entry in run.changes.get("pages", ()):
        page = Page.objects.filter(pk=entry["page"]).first()
        if page is None:
            continue
        if page.pk in changed or (entry["made"] and has_others_below(page, made)):
            result.left.append(page.title)
            kept.add(entry["document"])
        elif entry["made"]:
            result.deleted.append(page.title)
            page.specific.delete()
        elif str(page.pk) in run.changes.get("adopted", {}):
            result.reverted.append(page.title)
            restore_adopted_page(page, run.changes["adopted"][str(page.pk)])
        else:
            revert_page(page, entry, run.changes["documents"], result)
    undo_entries(run, edited, result)
    delete_folders(run)
    restore_moved_lists(run)
    restore_ledger(run, kept)
    restore_files(run)
    restore_redirects(run, {entry["page"] for entry in run.changes.get("pages", ()) if entry["document"] in kept})
    restore_fields(run.changes.get("filled", ()))
    delete_unused_terms(run)  # before the files, which some of them show
    restore_assets(run)
    if run.changes.get("pages"):
        delete_unused_markup()
        delete_unused_on_commit()  # pages that stay may have others now
    run.undone_at = timezone.now()
    run.save()
    transaction.on_commit(Site.clear_site_root_paths_cache)
    return result


def edited_pages(run: ImportRun) -> list[Page]:
    """The pages of ``run`` that somebody has edited since."""
    imported = {
        (row.document.path, row.part): row.revision_id
        for row in ImportedPage.objects.filter(document__site=run.site).select_related("document")
    }
    entries = run.changes.get("pages", ())
    pages = Page.objects.in_bulk([entry["page"] for entry in entries if entry["page"] is not None])
    of_documents = [
        pages[entry["page"]]
        for entry in entries
        if entry["page"] in pages
        and pages[entry["page"]].latest_revision_id != imported.get((entry["document"], entry["part"]))
    ]
    rows = ImportedEntry.objects.filter(pk__in=[change["entry"] for change in run.changes.get("entries", ())])
    of_entries = rows.exclude(page=None).exclude(page__latest_revision=F("revision")).select_related("page")
    return [*of_documents, *(row.page for row in of_entries)]


def has_others_below(page: Page, made: Collection[int]) -> bool:
    """Whether a page is below ``page`` that would be deleted with it, and is not among ``made``."""
    return not page.is_leaf() and page.get_descendants().exclude(pk__in=made).exists()


def undo_entries(run: ImportRun, edited: Collection[int], result: UndoResult) -> None:
    """Delete the pages that the run made of entries and revert those it updated, but for those edited since."""
    for change in run.changes.get("entries", ()):
        row = ImportedEntry.objects.filter(pk=change["entry"]).select_related("page").first()
        if row is None:
            continue
        page, before = row.page, change["before"]
        if page is not None and page.latest_revision_id != row.revision_id and page.pk not in edited:
            result.left.append(page.title)
        elif before is None:
            row.delete()
            if page is not None:
                result.deleted.append(page.title)
                page.specific.delete()
        else:
            revision = Revision.objects.filter(pk=before["revision_id"]).first()
            if page is not None and revision is not None:
                restored = RevertToPageRevisionAction(page, revision).execute(skip_permission_checks=True)
                if page.live:
                    restored.publish()
                row.revision_id = restored.pk
                result.reverted.append(page.title)
            row.digest = before["digest"]
            row.save()


def delete_folders(run: ImportRun) -> None:
    """Delete the pages that came from no document, where nothing is below them now and nobody edited them."""
    for pk, revision in reversed(run.changes.get("folders", ())):
        page = Page.objects.filter(pk=pk).first()
        if page is not None and page.is_leaf() and page.latest_revision_id in (revision, None):
            page.specific.delete()


def revert_page(page: Page, entry: dict[str, Any], documents: dict[str, Any], result: UndoResult) -> None:
    """Revert the page to its state before the run, edits included; a page without a revision stays as it is."""
    row = documents.get(entry["document"], {}).get("pages", {}).get(entry["part"])
    # Runs of an earlier version say nothing of edits before them.
    before = entry.get("before") or {"revision": row and row["revision_id"], "live": page.live, "seen": page.live}
    revision = Revision.objects.filter(pk=before["revision"]).first() if row else None
    if revision is None:
        result.left.append(page.title)
        return
    imported = page.imported_from.filter(document__path=entry["document"], part=entry["part"]).first()
    is_toggled = imported is not None and imported.is_toggled_here
    if before["live"] and not (before["seen"] or page.live or is_toggled):
        publish_again(page, before.get("live_revision"))  # the draft comes on top of it
    restored = RevertToPageRevisionAction(page, revision).execute(skip_permission_checks=True)
    if before["seen"] and (page.live or not is_toggled):
        restored.publish()
    elif page.live and not before["live"] and not is_toggled:
        page.specific.unpublish()
    if before["revision"] == row["revision_id"]:  # else it stays a page that was edited
        row["revision_id"] = restored.pk
    result.reverted.append(page.title)


def publish_again(page: Page, key: int | None) -> None:
    """Publish what readers saw of a page that the run unpublished."""
    if key is not None and (seen := Revision.objects.filter(pk=key).first()):
        seen.publish()
        page.refresh_from_db()


def restore_adopted_page(page: Page, content: Mapping[str, Any]) -> None:
    """Give a page that the run took over its content from before; all its revisions are the run's."""
    empty = page.specific.with_content_json(dict(content))
    if content.get("live") is False:  # the place of a folder, which nobody had published
        empty.live, empty.first_published_at = False, None
    empty.latest_revision = empty.live_revision = None
    empty.has_unpublished_changes = False
    empty.save(clean=False)
    Revision.objects.for_instance(empty).delete()


def restore_moved_lists(run: ImportRun) -> None:
    """Give lists that made room for a page their addresses back, unless they were edited or a page is there."""
    written = {str(entry["page"]) for entry in run.changes.get("pages", ())}
    for pk, content in run.changes.get("adopted", {}).items():
        page = Page.objects.filter(pk=pk, latest_revision=None).first() if pk not in written else None
        if page is not None and not page.get_siblings(inclusive=False).filter(slug=content["slug"]).exists():
            page = page.specific
            page.slug = content["slug"]
            page.save(clean=False)


def restore_ledger(run: ImportRun, kept: Collection[str]) -> None:
    """The rows as they were before the run; those of documents whose pages stay are left, so that they are merged."""
    paths = {entry["document"] for entry in run.changes.get("pages", ())}
    earlier = run.changes.get("documents", {})
    renamed = run.changes.get("renamed", {})
    run.site.documents.filter(path__in=paths - set(earlier) - set(kept)).delete()
    for path, values in earlier.items():
        document = None if path in kept else run.site.documents.filter(path=path).first()
        if document is None:
            continue
        for name in DOCUMENT_FIELDS:
            setattr(document, name, values[name])
        document.path = renamed.get(path, path)
        document.source = b64decode(values["source"])
        document.save()
        document.pages.exclude(part__in=values["pages"]).delete()
        for part, row in values["pages"].items():
            page = {"page_id": Page.objects.filter(pk=row["page_id"]).values_list("pk", flat=True).first()}
            ImportedPage.objects.update_or_create(document=document, part=part, defaults={**row, **page})
