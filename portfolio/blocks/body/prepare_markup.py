"""Markup of a whole body: prepare it on save, and find the blocks that exceed the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.body.rendering import Child, contents_of, markdown_in
from portfolio.blocks.headings import heading_anchors
from portfolio.blocks.markup_cache import MarkedBlock, prepare, saving
from portfolio.blocks.registry import block_type
from portfolio.blocks.verbatim import markdown_sources
from portfolio.markdown import markup_source
from portfolio.markdown.markup_source import Kind, MarkupSource
from portfolio.markdown.markup_worker import RenderedMarkup

MESSAGES = {
    Kind.CODE: "a listing is too costly to colour; readers see it without colours",
    Kind.MATH: "a formula is too costly to convert; readers see its TeX",
    Kind.MARKDOWN: "the text is too costly to convert; readers see it as it was written",
    Kind.DIAGRAM: "a diagram is not drawn, because it is faulty, too large or names a file; readers see its source",
    Kind.HTML: "the text is too costly to check; readers see it as it was written",
}


@dataclass(frozen=True, slots=True)
class StoppedBlock:
    """A block that exceeds the limits; ``number`` is its position in the body, counted from 1."""

    number: int
    label: str
    kind: Kind

    def __str__(self) -> str:
        return f"Block {self.number} ({self.label}): {MESSAGES[self.kind]}."


def prepare_body(body: StreamValue | None) -> list[StoppedBlock]:
    """Make and store all markup of ``body``, and return the blocks that exceed the limits."""
    if not has_markup(body):
        return []
    with saving():
        children = list(body)
        sources = list(markup_of_children(children))
        prepared = prepare({source for _, source in sources})
    return stopped_blocks(children, (pair for pair in sources if is_stopped(pair[1], prepared.get(pair[1]))))


def is_stopped(source: MarkupSource, result: RenderedMarkup | None) -> bool:
    """Whether a conversion was given up. A diagram for which no program is installed was not tried."""
    return source.kind is not Kind.DIAGRAM if result is None else result.stopped


def has_markup(body: StreamValue | None) -> bool:
    """Whether a block of the body can contain code, formulas, Markdown or HTML."""
    return bool(body) and any(isinstance(block_type(block["type"]), MarkedBlock) for block in body.raw_data)


def markup_of_children(children: Sequence[Child]) -> Iterator[tuple[int, MarkupSource]]:
    """Yield the index of each block with its markup sources. This renders Markdown and HTML."""
    anchors = heading_anchors(children)
    markdown, footnotes = markdown_in(children, anchors)
    indices = list(markdown)
    headings = contents_of(children, anchors, indices)
    for group, source in markdown_sources([children[index].value for index in indices], headings):
        yield indices[group[0]], source
    for index, child in enumerate(children):
        if isinstance(child.block, MarkedBlock):
            context = {"markup_later": True, "markdown_html": markdown.get(index)}
            yield from ((index, source) for source in markup_source.marks_in(child.block.render(child.value, context)))
    if footnotes:
        yield from ((indices[-1], source) for source in markup_source.marks_in(footnotes))


def stopped_blocks(children: Sequence[Child], pairs: Iterable[tuple[int, MarkupSource]]) -> list[StoppedBlock]:
    blocks = (StoppedBlock(index + 1, str(children[index].block.label), source.kind) for index, source in pairs)
    return list(dict.fromkeys(blocks))
