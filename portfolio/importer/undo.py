"""Taking an import back: the pages it made go, those it changed return to what they said before."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page, Revision, Site

from portfolio.importer.changes import DOCUMENT
from portfolio.importer.unused import restore_assets, restore_files, restore_redirects, sweep_names
from portfolio.models.ledger import ImportedPage, ImportRun


class UndoError(Exception):
    """The run cannot be taken back; the message says why."""


@dataclass(slots=True)
class Undone:
    """Titles of the pages that were deleted, taken back to an earlier revision, or left because they were edited."""

    deleted: list[str] = field(default_factory=list)
    reverted: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def undo(run: ImportRun) -> Undone:
    """Take ``run`` back, but for pages that were edited since. Raises ``UndoError``.

    Runs are undone in the opposite order of their making; each once. What the run brought beside pages (files,
    redirects, tags and the like) goes where nothing else uses it.
    """
    if run.undone_at is not None:
        raise UndoError(f"Run {run.pk} was undone before.")
    later = run.site.runs.filter(pk__gt=run.pk, undone_at=None).order_by("-pk").first()
    if later is not None:
        raise UndoError(f"Run {later.pk} came after run {run.pk}; undo that one first.")
    undone = Undone()
    kept: set[str] = set()
    imported = {
        (row.document.path, row.part): row.revision_id
        for row in ImportedPage.objects.filter(document__site=run.site).select_related("document")
    }
    for entry in run.changes.get("pages", ()):
        page = Page.objects.filter(pk=entry["page"]).first()
        if page is None:
            continue
        if page.latest_revision_id != imported.get((entry["document"], entry["part"])):
            undone.left.append(page.title)
            kept.add(entry["document"])
        elif entry["made"]:
            undone.deleted.append(page.title)
            page.specific.delete()
        elif str(page.pk) in run.changes.get("adopted", {}):
            undone.reverted.append(page.title)
            give_back(page, run.changes["adopted"][str(page.pk)])
        else:
            take_back(page, entry, run.changes["documents"], undone)
    restore_ledger(run, kept)
    restore_files(run)
    restore_redirects(run, {entry["page"] for entry in run.changes.get("pages", ()) if entry["document"] in kept})
    restore_assets(run)
    sweep_names(run)
    run.undone_at = timezone.now()
    run.save()
    transaction.on_commit(Site.clear_site_root_paths_cache)
    return undone


def take_back(page: Page, entry: dict[str, Any], documents: dict[str, Any], undone: Undone) -> None:
    """Bring back what the page was before the run, edits among it; a page that had no revision stays as it is."""
    row = documents.get(entry["document"], {}).get("pages", {}).get(entry["part"])
    # Runs of an earlier version say nothing of edits before them.
    before = entry.get("before") or {"revision": row and row["revision_id"], "live": page.live, "seen": page.live}
    revision = Revision.objects.filter(pk=before["revision"]).first() if row else None
    if revision is None:
        undone.left.append(page.title)
        return
    restored = RevertToPageRevisionAction(page, revision).execute(skip_permission_checks=True)
    if before["seen"]:
        restored.publish()
    elif page.live and not before["live"]:
        page.specific.unpublish()
    if before["revision"] == row["revision_id"]:  # else it stays a page that was edited
        row["revision_id"] = restored.pk
    undone.reverted.append(page.title)


def give_back(page: Page, content: Mapping[str, Any]) -> None:
    """Make a page that nobody had written what it was before the run, whose revisions are its only ones."""
    empty = page.specific.with_content_json(dict(content))
    empty.latest_revision = empty.live_revision = None
    empty.has_unpublished_changes = False
    empty.save(clean=False)
    Revision.objects.for_instance(empty).delete()


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
        for name in DOCUMENT:
            setattr(document, name, values[name])
        document.path = renamed.get(path, path)
        document.source = b64decode(values["source"])
        document.save()
        document.pages.exclude(part__in=values["pages"]).delete()
        for part, row in values["pages"].items():
            known = {"page_id": Page.objects.filter(pk=row["page_id"]).values_list("pk", flat=True).first()}
            ImportedPage.objects.update_or_create(document=document, part=part, defaults={**row, **known})
