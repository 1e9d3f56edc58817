"""Round-trip check: read an exported file as the next import will, without storing anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from portfolio.documents.document import Document
from portfolio.engines import open_source
from portfolio.engines.protocol import Engine
from portfolio.exporter.addresses import ExportAddresses
from portfolio.exporter.planned_references import PlannedReferences
from portfolio.importer.body.builder import BodyBuilder
from portfolio.importer.body.built_body import BuiltBody
from portfolio.importer.body.comparison import differing_blocks
from portfolio.importer.body.page_body import keep_misread_markdown_as_html
from portfolio.importer.plan import PageMapping, PagePlan, page_plans
from portfolio.importer.references.document_references import DocumentReferences


@dataclass(slots=True)
class ReadPage:
    """An unsaved page as read from a file, with its body; ``described`` are its fields as in the ledger."""

    plan: PagePlan
    page: Page
    body: BuiltBody
    described: dict[str, Any]


class UnreadableExport(ValueError):
    """The import would refuse the file; the message gives the reason."""


class ExportReader:
    """Read files of the tree at ``root``. The files are listed once, so create it when all documents exist."""

    def __init__(
        self, root: Path, addresses: ExportAddresses, mappings: Sequence[PageMapping], engine: Engine[Any]
    ) -> None:
        # The assets are written after the documents.
        source = replace(open_source(root, engine.name), others=tuple(addresses.assets))
        self.files = {file.path: file for file in source.files}
        self.site = source.site_context()
        self.site.preload()
        self.addresses = addresses
        self.mappings = mappings

    def document(self, path: str) -> Document:
        if path not in self.files:
            raise UnreadableExport("the import would ignore it")
        # Imported here because it is slow to load and only some exports need it.
        from portfolio.importer.conversion.convert import convert

        document = convert(self.files[path], self.site)
        if document.rejected:
            raise UnreadableExport("; ".join(problem.message for problem in document.problems))
        return document

    def read(self, path: str) -> dict[str, ReadPage]:
        """Return the pages that an import would make of the file at ``path``, by part."""
        document = self.document(path)
        mapping = next(mapping for mapping in self.mappings if mapping.claims(document))
        pages = {}
        with rolled_back():
            for plan in page_plans(document, mapping):
                addresses = self.addresses
                references = PlannedReferences(document, addresses.old_site, addresses.book, addresses.assets)
                try:
                    pages[plan.part] = read_plan(plan, references, self.site.now)
                except (ValidationError, StreamBlockValidationError) as error:
                    raise UnreadableExport(f"its page would not be valid: {error}") from error
        return pages


def read_plan(plan: PagePlan, references: DocumentReferences, now: datetime) -> ReadPage:
    """Return the page of ``plan``; ``now`` is the date of a page whose file has none."""
    page = plan.model(title=plan.title, slug=plan.slug, live=plan.live)
    if hasattr(page, "date"):
        page.date = now
    plan.fill(page, references)
    body = build_body(plan, references, lambda built: setattr(page, "body", json.dumps(built.raw)) or page.body)
    return ReadPage(plan, page, body, plan.describe(page))


def build_body(plan: PagePlan, references: DocumentReferences, stored: Callable[[BuiltBody], Any]) -> BuiltBody:
    """Return the body as the import builds it, with blocks kept verbatim where they would render differently."""
    builder = BodyBuilder(references)
    builder.add_ready(plan.ready, plan.unshown)
    body = builder.build(plan.nodes)
    for block in differing_blocks(body, stored(body)):
        builder.keep_verbatim(block)
    if keep_misread_markdown_as_html(builder, stored(body)):
        stored(body)
    return body


@contextmanager
def rolled_back() -> Any:
    """Roll back all database changes made inside the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
