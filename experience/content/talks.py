"""Content of talks: the collection of academicpages, and documents with the layout "talk"."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from experience.content.work import WorkContent, date_text, fitting_text
from experience.models import TalkIndexPage, TalkPage
from portfolio.documents.document import Document
from portfolio.documents.listed_collections import TALKS, TEACHING
from portfolio.exporter.plan import FrontMatterContext
from portfolio.exporter.source_edit.front_matter_keys import first_key, text_keys
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences

# Other keys for a field, after our own; those of academicpages and HugoBlox.
OTHER_KEYS = {"kind": ("type",), "event": ("venue",), "place": ("location",)}


class TalkContent(WorkContent):
    """Import and export of talks."""

    model = TalkPage
    index_model = TalkIndexPage
    layout = "talk"
    collections = TALKS | TEACHING

    def index_plan(self, document: Document) -> PagePlan:
        """Courses stand among the talks, and not the talks where the old site had its courses."""
        plan = super().index_plan(document)
        is_course = document.kind.removeprefix("collection:").lower() in TEACHING
        return replace(plan, slug=self.index_model.default_slug) if is_course else plan

    def fill(self, document: Document, page: TalkPage, references: DocumentReferences) -> None:
        super().fill(document, page, references)
        values = document.front_matter
        for field, others in OTHER_KEYS.items():
            setattr(page, field, fitting_text(values.get(first_key(values, (field, *others))), page, field, references))
        page.abstract = values["abstract"].strip() if isinstance(values.get("abstract"), str) else ""
        page.ends = moment_of(values.get(first_key(values, ("ends", "date_end"))))

    def describe(self, page: TalkPage) -> dict[str, Any]:
        ends = page.ends.astimezone(UTC).replace(microsecond=0).isoformat() if page.ends else None
        own = {"kind": page.kind, "event": page.event, "place": page.place, "abstract": page.abstract.strip()}
        return {**super().describe(page), **own, "ends": ends}

    def changed_keys(self, name: str, value: Any, before: Any, context: FrontMatterContext) -> dict[str, Any]:
        existing = context.existing
        if name in OTHER_KEYS:
            return text_keys(first_key(existing, (name, *OTHER_KEYS[name])), value, existing)
        if name == "ends":
            key = first_key(existing, ("ends", "date_end"))
            return {key: date_text(value, key, context)} if value else text_keys(key, None, existing)
        return super().changed_keys(name, value, before, context)


def moment_of(value: Any) -> datetime | None:
    """A date of front matter as a moment; None for anything else."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else timezone.make_aware(value)
    return timezone.make_aware(datetime(value.year, value.month, value.day)) if isinstance(value, date) else None
