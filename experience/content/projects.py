"""Content of projects: the collections of al-folio and academicpages, and documents with the layout "project"."""

from __future__ import annotations

from typing import Any

from experience.content.work import POSITION_KEYS, WorkContent, fitting_text
from experience.models import Organisation, ProjectIndexPage, ProjectPage
from portfolio.documents.document import Document
from portfolio.documents.listed_collections import PROJECTS
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import first_key, text_keys
from portfolio.importer.references.document_references import DocumentReferences

MAX_POSITION = 2**31 - 1


class ProjectContent(WorkContent):
    """Import and export of projects."""

    model = ProjectPage
    index_model = ProjectIndexPage
    layout = "project"
    collections = PROJECTS
    text_fields = {"role": "role", "period": "period_text", "outcome": "outcome"}

    def fill(self, document: Document, page: ProjectPage, references: DocumentReferences) -> None:
        super().fill(document, page, references)
        values = document.front_matter
        category = values.get("category") or next(iter(document.categories), "")
        page.category = fitting_text(category, page, "category", references)
        position = values.get(first_key(values, POSITION_KEYS))
        page.position = position if type(position) is int and 0 <= position <= MAX_POSITION else None
        name = fitting_text(values.get("organisation"), page, "title", references)
        page.organisation = references.named(Organisation, name) if name else None

    def describe(self, page: ProjectPage) -> dict[str, Any]:
        return {
            **super().describe(page),
            "category": page.category,
            "position": page.position,
            "organisation": page.organisation.name if page.organisation else "",
        }

    def changed_keys(self, name: str, value: Any, before: Any, context: FrontMatterContext) -> dict[str, Any]:
        if name == "position":
            return text_keys(first_key(context.existing, POSITION_KEYS), value, context.existing)
        return super().changed_keys(name, value, before, context)
