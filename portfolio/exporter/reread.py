"""Read an exported file as the next import will, without storing anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from portfolio.exporter.addresses import Addresses
from portfolio.exporter.promised import PromisedFiles, ReadingResources
from portfolio.importer.blocks import Block, Body, BodyBuilder, Segment
from portfolio.importer.document import Document
from portfolio.importer.plan import PageMapping, PagePlan
from portfolio.importer.resources import Resources
from portfolio.importer.site_context import site_context
from portfolio.importer.sources import open_source
from portfolio.importer.verify import differing


@dataclass(slots=True)
class ReadPage:
    """A page as a file says it: unsaved, with its body; ``described`` are its fields."""

    plan: PagePlan
    page: Page
    body: Body
    described: dict[str, Any]


class UnreadableExport(ValueError):
    """The import would refuse the file; the message says why."""


class Rereader:
    """Reads files of the tree at ``root``. Make it when every file has a place in the tree: it looks around once."""

    def __init__(self, root: Path, addresses: Addresses, mappings: Sequence[PageMapping], kind: str) -> None:
        source = open_source(root, kind)
        self.files = {file.path: file for file in source.files}
        self.site = site_context(source)
        self.site.look_around()
        self.addresses = addresses
        self.mappings = mappings

    def document(self, path: str) -> Document:
        if path not in self.files:
            raise UnreadableExport("the import would not look at it")
        from portfolio.importer.convert import convert  # nobody who does not export should wait for it to load

        document = convert(self.files[path], self.site)
        if document.rejected:
            raise UnreadableExport("; ".join(problem.message for problem in document.problems))
        return document

    def read(self, path: str) -> dict[str, ReadPage]:
        """The pages that the file at ``path`` becomes, by part."""
        document = self.document(path)
        mapping = next(mapping for mapping in self.mappings if mapping.claims(document))
        known = self.addresses
        found = {}
        with taken_back():
            for plan in mapping.plans(document):
                resources = ReadingResources(document, known.old_site, PromisedFiles(known), known.book)
                try:
                    found[plan.part] = read_page(plan, resources, self.site.now)
                except (ValidationError, StreamBlockValidationError) as error:
                    raise UnreadableExport(f"its page would not be valid: {error}") from error
        return found


def read_page(plan: PagePlan, resources: Resources, now: datetime) -> ReadPage:
    """The page of ``plan``; ``now`` dates one that its file does not, the same at every reading."""
    page = plan.model(title=plan.title, slug=plan.slug, live=plan.live)
    if hasattr(page, "date"):
        page.date = now
    plan.fill(page, resources)
    body = body_of(plan, resources, lambda made: setattr(page, "body", json.dumps(made.raw)) or page.body)
    return ReadPage(plan, page, body, plan.describe(page))


def body_of(plan: PagePlan, resources: Resources, stored: Callable[[Body], Any]) -> Body:
    """The body that the import builds, what would show differently kept verbatim."""
    builder = BodyBuilder(resources)
    for ready in plan.ready:
        block = Block(ready.type, ready.value)
        builder.body.blocks.append(block)
        if ready.span is not None:
            builder.body.segments.append(Segment(ready.span, block.id))
    builder.body.segments += [Segment(span, None) for span in plan.unshown]
    body = builder.build(plan.nodes)
    for block, nodes in list(differing(body, stored(body))):
        body.replace(block, [builder.markdown_block(node) for node in nodes])
    stored(body)
    return body


@contextmanager
def taken_back() -> Any:
    """Whatever is written to the database in here is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
