"""Content of publications: the collection of academicpages, and documents with the layout "publication"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experience.bibtex.bibliographies import store_bibliographies
from experience.content.work import WorkContent
from experience.models import PublicationIndexPage, PublicationPage
from experience.models.publications import PUBLICATION_TYPES
from experience.works.author_names import authors_in
from portfolio.documents.document import Document
from portfolio.documents.front_matter_edit import REMOVED
from portfolio.documents.listed_collections import PUBLICATIONS
from portfolio.engines import SourceTree
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import first_key, name_keys, text_keys
from portfolio.importer.entries import ImportedEntries
from portfolio.importer.references.document_references import DocumentReferences

# Categories of academicpages, and what HugoBlox and others write, for each of our types.
TYPE_NAMES = {
    "manuscripts": "article",
    "manuscript": "article",
    "journal": "article",
    "journals": "article",
    "article-journal": "article",
    "conferences": "conference",
    "paper-conference": "conference",
    "books": "book",
    "chapters": "chapter",
    "theses": "thesis",
    "reports": "report",
    "preprints": "preprint",
}
TYPE_KEYS = ("publication_type", "category", "type")
BLOCK_FIELDS = {"abstract": "abstract", "bibtex": "bibtex", "citation": "citation"}


class PublicationContent(WorkContent):
    """Import and export of publications."""

    model = PublicationPage
    index_model = PublicationIndexPage
    layout = "publication"
    collections = PUBLICATIONS
    text_fields = {"venue": "venue", "award": "award", "citation_key": "citation_key"}

    def store_entries(self, source: SourceTree, entries: ImportedEntries) -> None:
        store_bibliographies(source, entries)

    def fill(self, document: Document, page: PublicationPage, references: DocumentReferences) -> None:
        super().fill(document, page, references)
        values = document.front_matter
        page.authors_text = "\n".join(authors_in(values.get(first_key(values, ("authors", "author")))))
        page.publication_type = type_of(values) or "other"
        year = values.get("year")
        page.year = year if type(year) is int and 0 < year < 10_000 else None
        for key, field in BLOCK_FIELDS.items():
            setattr(page, field, values[key].strip() if isinstance(values.get(key), str) else "")

    def describe(self, page: PublicationPage) -> dict[str, Any]:
        texts = {key: getattr(page, field).strip() for key, field in BLOCK_FIELDS.items()}
        own = {"authors": page.author_names, "publication_type": page.publication_type, "year": page.year}
        return {**super().describe(page), **own, **texts}

    def changed_keys(self, name: str, value: Any, before: Any, context: FrontMatterContext) -> dict[str, Any]:
        if name == "authors":
            existing = {key: item for key, item in context.existing.items() if key in ("author", "authors")}
            keys = name_keys(existing, "author", "authors", value)
            return {key: item for key, item in keys.items() if item is not REMOVED or key in existing}
        if name == "publication_type":
            key = next((key for key in TYPE_KEYS if type_of({key: context.existing.get(key)})), TYPE_KEYS[0])
            written = str(context.existing.get(key) or "")
            plural = next((name for name, kind in TYPE_NAMES.items() if kind == value), value)
            return text_keys(key, plural if written in TYPE_NAMES else value, context.existing)
        return super().changed_keys(name, value, before, context)


def type_of(front_matter: Mapping[str, Any]) -> str:
    """The type that front matter names; "" for none."""
    for key in TYPE_KEYS:
        name = str(front_matter.get(key) or "").strip().casefold()
        if name in PUBLICATION_TYPES or name in TYPE_NAMES:
            return TYPE_NAMES.get(name, name)
    return ""
