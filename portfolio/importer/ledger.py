"""What earlier imports wrote, and whether a source has changed since."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from portfolio.importer.assets import AssetStore
from portfolio.importer.document import Document
from portfolio.importer.rows import store
from portfolio.models.ledger import ImportedDocument, ImportedFile, ImportedPage, ImportSite

# Part of every fingerprint: raise it when conversion changes, so that the next import looks at everything again.
CONVERSION = 1

# What a run asks of every page of an earlier one; the rest is loaded for those that have changed.
OWN_FIELDS = ("document_id", "part", "revision_id", "old_urls", "source_content", "conflicts")
PAGE_FIELDS = (
    "path", "depth", "numchild", "title", "draft_title", "slug", "url_path", "live", "has_unpublished_changes",
    "content_type_id", "locale_id", "latest_revision_id", "live_revision_id",
)  # fmt: skip

# A page that was written, its row, and what gives the row's ``fields`` when the page is stored.
Written = tuple[Page, ImportedPage, Callable[[], dict[str, Any]]]


def fingerprint(sha256: str, context: str) -> str:
    """Of a source file's bytes, by their SHA-256, and of all else that its conversion depends on."""
    return hashlib.sha256(b"%d\0%s\0%s" % (CONVERSION, context.encode(), bytes.fromhex(sha256))).hexdigest()


def context_fingerprint(config: Mapping[str, Any], shared: Mapping[str, bytes]) -> str:
    """Of the site's configuration and its shared parts: includes and data files by path."""
    said = json.dumps(with_text_keys(config), sort_keys=True, default=str)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass"))
    for path in sorted(shared):
        digest.update(b"\0" + path.encode() + b"\0" + hashlib.sha256(shared[path]).digest())
    return digest.hexdigest()


def with_text_keys(value: Any) -> Any:
    """``value`` with every key of a mapping as text: YAML has numbers and dates there too, which do not sort."""
    if isinstance(value, Mapping):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


@dataclass(slots=True)
class Ledger:
    """The rows of one source site, by path."""

    site: ImportSite
    documents: dict[str, ImportedDocument] = field(default_factory=dict)
    pages: dict[tuple[str, str], ImportedPage] = field(default_factory=dict)
    new: list[ImportedDocument] = field(default_factory=list)
    written: list[tuple[ImportedDocument, Written]] = field(default_factory=list)
    pages_by_path: dict[str, list[ImportedPage]] = field(default_factory=dict)
    renamed: bool = False
    files_before: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for (path, _), row in self.pages.items():
            self.pages_by_path.setdefault(path, []).append(row)

    @classmethod
    def load(cls, site: ImportSite) -> Ledger:
        """The ledger of the site, whose row is stored when the first document is recorded."""
        if site.pk is None:
            return cls(site)
        documents = {row.pk: row for row in site.documents.defer("source")}
        pages: dict[tuple[str, str], ImportedPage] = {}
        of_pages = [f"page__{name}" for name in PAGE_FIELDS]
        for row in ImportedPage.objects.filter(document__site=site).select_related("page").only(*OWN_FIELDS, *of_pages):
            row.document = documents[row.document_id]
            pages[row.document.path, row.part] = row
        return cls(site, {row.path: row for row in documents.values()}, pages)

    def open(self) -> None:
        """Make sure that the site has its row, under its present name, before anything refers to it."""
        if self.site.pk is None:
            self.site.save()
        elif self.renamed:
            self.site.save(update_fields=["key"])
            self.renamed = False

    def is_unchanged(self, path: str, found: str, assets: AssetStore) -> bool:
        """True when the document and every local file it uses are as they were at the last import."""
        row = self.documents.get(path)
        return (
            row is not None
            and row.fingerprint == found
            and all(assets.sha256(asset) == digest for asset, digest in row.assets.items())
        )

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Remember the files that became no page, and forget those that are no longer there.

        ``files_before`` says what was known of each that differs.
        """
        known = dict(self.site.files.values_list("path", "sha256"))
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        different = {path for path in {*known, *digests} if known.get(path) != digests.get(path)}
        if not different:
            return
        earlier = {row.path: row for row in self.site.files.filter(path__in=different & set(known))}
        for path in sorted(different):
            row = earlier.get(path)
            self.files_before[path] = (
                {"sha256": row.sha256, "data": b64encode(bytes(row.data)).decode()} if row is not None else None
            )
            if path in digests:
                values = {"sha256": digests[path], "data": files[path]}
                ImportedFile.objects.update_or_create(site=self.site, path=path, defaults=values)
        self.site.files.filter(path__in=set(known) - set(digests)).delete()

    def move(self, old: str, new: str) -> ImportedDocument:
        """The document at ``old`` is at ``new`` now."""
        row = self.documents[new] = self.documents.pop(old)
        row.path = new
        row.save(update_fields=["path"])
        pages = self.pages_by_path.pop(old, [])
        self.pages_by_path[new] = pages
        for page in pages:
            self.pages[new, page.part] = self.pages.pop((old, page.part))
        return row

    def pages_of(self, path: str) -> list[ImportedPage]:
        return self.pages_by_path.get(path, [])

    def record(
        self,
        document: Document,
        data: bytes,
        found: str,
        assets: dict[str, str | None],
        constructs: dict[str, int],
        pages: Iterable[Written],
    ) -> None:
        """Remember a document and its pages; ``flush`` writes what is new, when new pages have their revisions."""
        values = {
            "kind": document.kind,
            "sha256": document.sha256,
            "fingerprint": found,
            "source": data,
            "body_start": document.front_matter_span.end,
            "assets": assets,
            "constructs": constructs,
        }
        row = self.documents.get(document.path)
        if row is None:
            row = self.documents[document.path] = ImportedDocument(site=self.site, path=document.path, **values)
            self.new.append(row)
        else:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        self.written.extend((row, written) for written in pages)

    def flush(self) -> None:
        """Write the rows of the documents and pages recorded since the last time."""
        ImportedDocument.objects.bulk_create(self.new)
        for row in self.new:
            row.source = b""  # stored; the run has no more use for it
        new = []
        for row, (page, entry, describe) in self.written:
            entry.fields = describe()
            entry.document_id, entry.page_id, entry.revision_id = row.pk, page.pk, page.latest_revision_id
            known = self.pages.get((row.path, entry.part))
            if known is None:
                new.append(entry)
            else:
                entry.pk = known.pk
                entry.save(force_update=True)
        store(ImportedPage, new)
        self.new.clear()
        self.written.clear()
