"""The undo record of a run: what was there before it and what it made, stored with the run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portfolio.importer.assets.images import AssetStore
from portfolio.importer.ledger import Ledger
from portfolio.importer.term_cache import TermCache
from portfolio.importer.undo.field_values import changed_fields
from portfolio.importer.urls.redirects import Redirects
from portfolio.models.ledger import ImportedDocument, ImportedPage, ImportSite

DOCUMENT_FIELDS = ("kind", "sha256", "fingerprint", "body_start", "assets", "constructs")
PAGE_FIELDS = ("page_id", "revision_id", "blocks", "old_urls", "fields", "source_content", "conflicts")
EDITABLE_FIELDS = (
    "title",
    "file",
    "collection_id",
    "description",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
)
ASSET_FIELDS = ("old_url", "sha256", "image_id", "document_id", "file")


@dataclass(slots=True)
class UndoRecord:
    """The state before a run, as far as the run may change it.

    ``documents`` are the ledger's rows by the path that they have after the run; ``renamed`` gives the path before it
    where that was another. ``before`` has, by page, its newest revision, whether it was live, and whether that
    revision is what readers saw, which else is ``live_revision``. ``adopted`` are the pages that were taken over,
    ``folders`` those that come from no document, ``settings`` the site's settings, ``entries`` the pages of entries
    that were written. Pages with keys above ``last_page`` are new.
    """

    documents: dict[str, Any] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    assets: dict[int, dict[str, Any]] = field(default_factory=dict)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    adopted: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_page: int = 0
    folders: list[Page] = field(default_factory=list)
    settings: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def begin(cls, site: ImportSite, paths: Collection[str]) -> UndoRecord:
        """``paths`` are those of the documents that the run may write."""
        record = cls(last_page=Page.objects.aggregate(last=Max("pk"))["last"] or 0)
        if site.pk is not None and paths:
            rows = ImportedDocument.objects.filter(site=site, path__in=paths).prefetch_related("pages")
            record.documents = {row.path: document_values(row) for row in rows}
            record.add_pages(rows)
            record.assets = {values.pop("pk"): values for values in site.assets.values("pk", *ASSET_FIELDS)}
        return record

    def rename(self, row: ImportedDocument, path: str) -> None:
        """The document of ``row`` is going to be at ``path``."""
        self.documents[path] = document_values(row)
        self.renamed[path] = row.path
        self.add_pages([row])

    def add_pages(self, rows: Iterable[ImportedDocument]) -> None:
        keys = [page.page_id for row in rows for page in row.pages.all()]
        names = ("pk", "latest_revision_id", "live", "live_revision_id", "has_unpublished_changes")
        for pk, latest, live, live_revision, unpublished in Page.objects.filter(pk__in=keys).values_list(*names):
            is_seen = live and not unpublished and live_revision in (None, latest)
            self.before[pk] = {"revision": latest, "live": live, "seen": is_seen, "live_revision": live_revision}

    def as_dict(
        self, ledger: Ledger, assets: AssetStore, terms: TermCache, redirects: Redirects, paths: Collection[str]
    ) -> dict[str, Any]:
        """The record as JSON, of a run that wrote the documents at ``paths``."""
        site = ledger.site
        stored = {values.pop("pk"): values for values in site.assets.values("pk", *ASSET_FIELDS)}
        return {
            "documents": self.documents,
            "renamed": self.renamed,
            "pages": self.written_pages(site, paths),
            "adopted": {str(key): content for key, content in self.adopted.items()},
            "assets": [key for key in stored if key not in self.assets],
            "assets_before": {
                str(key): values for key, values in self.assets.items() if key in stored and stored[key] != values
            },
            "entries": self.entries,
            "folders": [[page.pk, page.latest_revision_id] for page in self.folders],
            "made": assets.made,
            "made_as": {
                "image": editable_values_by_key(get_image_model(), assets.made.get("image", ())),
                "document": editable_values_by_key(get_document_model(), assets.made.get("document", ())),
            },
            "filled": changed_fields({**self.settings, **terms.before}),
            "redirects": redirects.made,
            "redirects_before": redirects.changed,
            "names": terms_made(terms),
            "files_before": ledger.files_before,
        }

    def written_pages(self, site: ImportSite, paths: Collection[str]) -> list[dict[str, Any]]:
        """The pages that the run wrote, and whether it made them."""
        rows = (
            ImportedPage.objects.filter(document__site=site, document__path__in=paths)
            .select_related("document")
            .only("part", "page_id", "revision_id", "document__path")
        )
        earlier = {(path, part): page for path, row in self.documents.items() for part, page in row["pages"].items()}
        return [
            {
                "document": row.document.path,
                "part": row.part,
                "page": row.page_id,
                "made": row.page_id is not None and row.page_id > self.last_page,
                "before": self.before.get(row.page_id),
            }
            for row in rows
            if earlier.get((row.document.path, row.part), {}).get("revision_id") != row.revision_id
        ]


def document_values(row: ImportedDocument) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in DOCUMENT_FIELDS},
        "source": b64encode(bytes(row.source)).decode(),
        "pages": {page.part: {name: getattr(page, name) for name in PAGE_FIELDS} for page in row.pages.all()},
    }


def terms_made(terms: TermCache) -> dict[str, dict[str, Any]]:
    """The tags, categories and the like that the run made, by model and key, as they are."""
    made: dict[str, dict[str, Any]] = {}
    for row in terms.made:
        made.setdefault(row._meta.label, {})[str(row.pk)] = row_values(row)
    return made


def editable_values_by_key(model: type[Model], keys: Iterable[int]) -> dict[str, dict[str, Any]]:
    """The editable values of images or documents, by key."""
    return {str(row.pk): editable_values(row) for row in model._default_manager.filter(pk__in=keys)}


def editable_values(row: Model) -> dict[str, Any]:
    return {name: str(getattr(row, name)) for name in EDITABLE_FIELDS if hasattr(row, name)}


def row_values(row: Model) -> dict[str, str]:
    """The row's own values as text, to be compared later."""
    return {field.attname: field.value_to_string(row) for field in row._meta.concrete_fields}
