"""The body of a page from its document, looked at before it is stored: what does not show the same is kept verbatim."""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue

from portfolio.importer import stored_values
from portfolio.importer.blocks import KEPT, NATIVE, Block, Body, BodyBuilder, Segment
from portfolio.importer.document import Severity
from portfolio.importer.jobs import Job
from portfolio.importer.verify import differing, unlike_markdown

NOTE_MARK = re.compile(r'class="footnote"')  # its note stands in the list that the body's Markdown makes


def build_body(job: Job) -> Body:
    """Build the body, look at what it shows, and keep verbatim whatever does not show the same."""
    page = job.page
    builder = BodyBuilder(job.resources)
    for ready in job.plan.ready:
        block = Block(ready.type, ready.value)
        builder.body.blocks.append(block)
        builder.count(NATIVE)
        if ready.span is not None:
            builder.body.segments.append(Segment(ready.span, block.id))
    for span in job.plan.unshown:
        builder.body.segments.append(Segment(span, None))
        builder.count(NATIVE)
    body = builder.build(job.plan.nodes)
    set_body(page, body)
    verify(job, builder)
    try:
        stored_values.check(page.body)
    except StreamBlockValidationError as error:
        refused = [body.blocks[place] for place in sorted(error.block_errors or {})]
        if not refused or not all(block.nodes for block in refused):
            raise
        for block in refused:  # too long a heading, a picture whose link leads nowhere
            keep_verbatim(page, builder, block)
        verify(job, builder)
        stored_values.check(page.body)
    return body


def verify(job: Job, builder: BodyBuilder) -> None:
    """Look at what the page shows: a block that does not show what its source says is kept verbatim."""
    page, body = job.page, builder.body
    for block, _ in list(differing(body, page.body)):
        keep_verbatim(page, builder, block)
    apart = [(block, node) for block, node in unlike_markdown(body, page.body) if not NOTE_MARK.search(node.html)]
    for block, node in apart:  # without its neighbours it reads as something else, a table for instance
        body.replace(block, [builder.html_block(node)])
    if apart:
        set_body(page, body)
    for _, node in unlike_markdown(body, page.body):
        message = "the page shows other words here than the source; compare the two"
        job.resources.report(Severity.ERROR, "shows-differently", message, node.line)


def keep_verbatim(page: Any, builder: BodyBuilder, block: Block) -> None:
    nodes, body = block.nodes, builder.body
    body.replace(block, [builder.markdown_block(node) for node in nodes])
    body.constructs[NATIVE] -= len(nodes)
    body.constructs[KEPT] += len(nodes)
    set_body(page, body)


def set_body(page: Any, body: Body) -> None:
    page.body = StreamValue(page._meta.get_field("body").stream_block, body.raw, is_lazy=True)
