"""The body of a page: built, compared with its source before it is stored, and kept verbatim where the two differ."""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks import stored_values
from portfolio.blocks.registry import block_type
from portfolio.documents.document import Severity
from portfolio.importer.body.builder import BodyBuilder
from portfolio.importer.body.built_body import BuiltBody
from portfolio.importer.body.comparison import differing_blocks, differing_markdown, lost_ids
from portfolio.importer.plan import PagePlan
from portfolio.importer.references.document_references import DocumentReferences

NOTE_MARK = re.compile(r'class="footnote"')  # its note is in the list that the body's Markdown makes


def build_body(page: Any, plan: PagePlan, references: DocumentReferences) -> BuiltBody:
    """Build the body of ``page`` and verify it."""
    builder = BodyBuilder(references)
    builder.add_ready(plan.ready, plan.unshown)
    body = builder.build(plan.nodes)
    set_body(page, body)
    verify(page, builder)
    try:
        stored_values.check(page.body)
    except StreamBlockValidationError as error:
        invalid = [body.blocks[index] for index in sorted(error.block_errors or {})]
        if not invalid or not all(block.nodes for block in invalid):
            raise
        for block in invalid:  # too long a heading, a picture whose link leads nowhere
            builder.keep_verbatim(block)
        set_body(page, body)
        verify(page, builder)
        stored_values.check(page.body)
    return body


def keep_misread_markdown_as_html(builder: BodyBuilder, stored: StreamValue) -> bool:
    """Keep as HTML what reads as something else without its neighbours, a table for instance; whether there was any."""
    differing = differing_markdown(builder.body, stored)
    misread = [(block, node) for block, node in differing if not NOTE_MARK.search(node.html)]
    for block, node in misread:
        builder.body.replace(block, [builder.html_block(node)])
    return bool(misread)


def verify(page: Any, builder: BodyBuilder) -> None:
    """Compare what the page shows with its source: a block that shows other words is kept verbatim."""
    body = builder.body
    different = differing_blocks(body, page.body)
    for block in different:
        builder.keep_verbatim(block)
    if different:
        set_body(page, body)
    if keep_misread_markdown_as_html(builder, page.body):
        set_body(page, body)
    for block, node, names in list(lost_ids(body)):
        if block_type(block.type).is_verbatim or len(block.nodes) != 1:
            message = f"links to #{', #'.join(names)} lead nowhere: the id is not kept"
            builder.references.report(Severity.WARNING, "lost-id", message, node.line)
        else:
            builder.keep_verbatim(block)
            set_body(page, body)
    for _, node in differing_markdown(body, page.body):
        message = "the page shows other words here than the source; compare the two"
        builder.references.report(Severity.ERROR, "shows-differently", message, node.line)


def set_body(page: Any, body: BuiltBody) -> None:
    page.body = StreamValue(page._meta.get_field("body").stream_block, body.raw, is_lazy=True)
