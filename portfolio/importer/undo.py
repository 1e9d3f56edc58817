"""Taking an import back: the pages it made go, those it changed return to what they said before."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page, ReferenceIndex, Revision

from portfolio.models.ledger import ImportedAsset, ImportedDocument, ImportedPage, ImportRun, ImportSite

DOCUMENT = ("kind", "sha256", "fingerprint", "body_start", "assets", "constructs")
PAGE = ("page_id", "revision_id", "blocks", "old_urls", "fields", "source_content", "conflicts")


class UndoError(Exception):
    """The run cannot be taken back; the message says why."""


@dataclass(slots=True)
class Undone:
    """Titles of the pages that were deleted, taken back to an earlier revision, or left because they were edited."""

    deleted: list[str] = field(default_factory=list)
    reverted: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def before(site: ImportSite, paths: Collection[str]) -> dict[str, Any]:
    """What the ledger says of ``paths`` before a run, and where new pages and assets will begin."""
    rows = (
        ImportedDocument.objects.filter(site_id=site.pk, path__in=paths) if site.pk else ImportedDocument.objects.none()
    )
    return {
        "documents": {
            row.path: {
                **{name: getattr(row, name) for name in DOCUMENT},
                "source": b64encode(bytes(row.source)).decode(),
                "pages": {page.part: {name: getattr(page, name) for name in PAGE} for page in row.pages.all()},
            }
            for row in rows.prefetch_related("pages")
        },
        "last_page": Page.objects.aggregate(last=Max("pk"))["last"] or 0,
        "last_asset": ImportedAsset.objects.aggregate(last=Max("pk"))["last"] or 0,
    }


def after(site: ImportSite, paths: Collection[str], earlier: dict[str, Any]) -> dict[str, Any]:
    """What ``undo`` needs to know of a run: the pages it wrote and the ledger's rows before it."""
    rows = (
        ImportedPage.objects.filter(document__site=site, document__path__in=paths)
        .select_related("document")
        .only("part", "page_id", "revision_id", "document__path")
    )
    known = {(path, part): page for path, row in earlier["documents"].items() for part, page in row["pages"].items()}
    written = [
        {
            "document": row.document.path,
            "part": row.part,
            "page": row.page_id,
            "made": row.page_id is not None and row.page_id > earlier["last_page"],
        }
        for row in rows
        if known.get((row.document.path, row.part), {}).get("revision_id") != row.revision_id
    ]
    assets = ImportedAsset.objects.filter(site=site, pk__gt=earlier["last_asset"])
    return {"documents": earlier["documents"], "pages": written, "assets": list(assets.values_list("pk", flat=True))}


@transaction.atomic
def undo(run: ImportRun) -> Undone:
    """Take ``run`` back, but for pages that were edited since. Raises ``UndoError``.

    Runs are undone in the opposite order of their making; each once.
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
        else:
            take_back(page, entry, run.changes["documents"], undone)
    restore_ledger(run, kept)
    delete_unused_assets(run.changes.get("assets", ()))
    run.undone_at = timezone.now()
    run.save()
    return undone


def take_back(page: Page, entry: dict[str, Any], documents: dict[str, Any], undone: Undone) -> None:
    """Bring back the revision that the page had before the run; a page that had none stays as it is."""
    row = documents.get(entry["document"], {}).get("pages", {}).get(entry["part"])
    revision = Revision.objects.filter(pk=row["revision_id"]).first() if row else None
    if revision is None:
        undone.left.append(page.title)
        return
    restored = RevertToPageRevisionAction(page, revision).execute(skip_permission_checks=True)
    if page.live:
        restored.publish()
    row["revision_id"] = restored.pk
    undone.reverted.append(page.title)


def restore_ledger(run: ImportRun, kept: Collection[str]) -> None:
    """The rows as they were before the run; those of documents whose pages stay are left, so that they are merged."""
    paths = {entry["document"] for entry in run.changes.get("pages", ())}
    earlier = run.changes.get("documents", {})
    run.site.documents.filter(path__in=paths - set(earlier) - set(kept)).delete()
    for path, values in earlier.items():
        if path in kept:
            continue
        document = run.site.documents.get(path=path)
        for name in DOCUMENT:
            setattr(document, name, values[name])
        document.source = b64decode(values["source"])
        document.save()
        document.pages.exclude(part__in=values["pages"]).delete()
        for part, row in values["pages"].items():
            known = {"page_id": Page.objects.filter(pk=row["page_id"]).values_list("pk", flat=True).first()}
            ImportedPage.objects.update_or_create(document=document, part=part, defaults={**row, **known})


def delete_unused_assets(assets: Collection[int]) -> None:
    """Images that came with the run and that nothing uses any more."""
    for asset in ImportedAsset.objects.filter(pk__in=assets).select_related("image"):
        image = asset.image
        asset.delete()
        others = ImportedAsset.objects.filter(image=image).exists() if image else True
        if image and not others and not ReferenceIndex.get_references_to(image).exists():
            image.delete()
