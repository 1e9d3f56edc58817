"""What a run finds and what it makes, remembered so that ``undo`` can take it back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Model
from wagtail.models import Page

from portfolio.importer.writer import Writer
from portfolio.models.ledger import ImportedDocument, ImportedPage, ImportSite

DOCUMENT = ("kind", "sha256", "fingerprint", "body_start", "assets", "constructs")
PAGE = ("page_id", "revision_id", "blocks", "old_urls", "fields", "source_content", "conflicts")
ASSET = ("old_url", "sha256", "image_id", "document_id", "file")


@dataclass(slots=True)
class Changes:
    """What the ledger said before the run, and where new pages begin.

    ``documents`` are its rows by the path that they have after the run; ``renamed`` gives the path before it where
    that was another. ``before`` says, by page, what the page was: its newest revision, whether it was live, and whether
    that revision is what readers saw.
    """

    documents: dict[str, Any] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    assets: dict[int, dict[str, Any]] = field(default_factory=dict)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_page: int = 0

    @classmethod
    def begin(cls, site: ImportSite, paths: Collection[str]) -> Changes:
        """``paths`` are those of the documents that the run looks at again."""
        changes = cls(last_page=Page.objects.aggregate(last=Max("pk"))["last"] or 0)
        if site.pk is not None and paths:
            rows = ImportedDocument.objects.filter(site=site, path__in=paths).prefetch_related("pages")
            changes.documents = {row.path: as_values(row) for row in rows}
            changes.remember(rows)
            changes.assets = {values.pop("pk"): values for values in site.assets.values("pk", *ASSET)}
        return changes

    def rename(self, row: ImportedDocument, path: str) -> None:
        """The document of ``row`` is at ``path`` now."""
        self.documents[path] = as_values(row)
        self.renamed[path] = row.path
        self.remember([row])

    def remember(self, rows: Iterable[ImportedDocument]) -> None:
        keys = [page.page_id for row in rows for page in row.pages.all()]
        names = ("pk", "latest_revision_id", "live", "live_revision_id", "has_unpublished_changes")
        for pk, latest, live, live_revision, unpublished in Page.objects.filter(pk__in=keys).values_list(*names):
            seen = live and not unpublished and live_revision in (None, latest)
            self.before[pk] = {"revision": latest, "live": live, "seen": seen}

    def as_dict(self, site: ImportSite, writer: Writer, paths: Collection[str]) -> dict[str, Any]:
        """What ``undo`` needs to know of a run that wrote ``paths``, as JSON."""
        assets = {values.pop("pk"): values for values in site.assets.values("pk", *ASSET)}
        return {
            "documents": self.documents,
            "renamed": self.renamed,
            "pages": self.written(site, paths),
            "adopted": {str(key): content for key, content in writer.placing.adopted.items()},
            "assets": [key for key in assets if key not in self.assets],
            "assets_before": {
                str(key): values for key, values in self.assets.items() if key in assets and assets[key] != values
            },
            "made": writer.assets.made,
            "redirects": writer.redirects.made,
            "redirects_before": writer.redirects.changed,
            "names": {model._meta.label: rows for model, rows in names_made(writer).items()},
            "files_before": writer.ledger.files_before,
        }

    def written(self, site: ImportSite, paths: Collection[str]) -> list[dict[str, Any]]:
        """The pages that the run wrote, and whether it made them."""
        rows = (
            ImportedPage.objects.filter(document__site=site, document__path__in=paths)
            .select_related("document")
            .only("part", "page_id", "revision_id", "document__path")
        )
        known = {(path, part): page for path, row in self.documents.items() for part, page in row["pages"].items()}
        return [
            {
                "document": row.document.path,
                "part": row.part,
                "page": row.page_id,
                "made": row.page_id is not None and row.page_id > self.last_page,
                "before": self.before.get(row.page_id),
            }
            for row in rows
            if known.get((row.document.path, row.part), {}).get("revision_id") != row.revision_id
        ]


def as_values(row: ImportedDocument) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in DOCUMENT},
        "source": b64encode(bytes(row.source)).decode(),
        "pages": {page.part: {name: getattr(page, name) for name in PAGE} for page in row.pages.all()},
    }


def names_made(writer: Writer) -> Mapping[type[Model], dict[str, Any]]:
    """The tags, categories and the like that the run made, by key, as they are."""
    made: dict[type[Model], dict[str, Any]] = {}
    for row in writer.names.made:
        made.setdefault(type(row), {})[str(row.pk)] = values_of(row)
    return made


def values_of(row: Model) -> dict[str, str]:
    """The row's own values as text: two that are equal were not changed in between."""
    return {name.attname: name.value_to_string(row) for name in row._meta.concrete_fields}
