"""The markup of imported pages: highlighted code and formulas, made in workers for many pages at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio.blocks.body.prepare_markup import is_stopped
from portfolio.blocks.markup_cache import MarkedBlock, UnstoredResults, prepare, store_new
from portfolio.blocks.registry import block_type
from portfolio.documents.document import Problem, Severity
from portfolio.importer.body.built_body import BuiltBlock, BuiltBody
from portfolio.markdown import markup_source
from portfolio.markdown.markup_source import Kind, MarkupSource

MOST_WORKERS = 4
CODES = {
    Kind.CODE: ("plain-code", "this listing takes too long to highlight; it is shown without colours"),
    Kind.MATH: ("plain-formula", "this formula takes too long to convert; it is shown as TeX"),
    Kind.MARKDOWN: ("plain-text", "this text takes too long to convert; it is shown as it was written"),
    Kind.DIAGRAM: ("plain-diagram", "this diagram is faulty, too large or names a file; readers see its source"),
    Kind.HTML: ("plain-text", "this text takes too long to check; it is shown as it was written"),
}


@dataclass(slots=True)
class ImportedMarkup:
    """The code listings and formulas of the pages so far, with the paths and lines where they are.

    ``unstored`` is the markup that was made already, to compare page and source. ``problems`` are those of each
    document by its path, for the report.
    """

    unstored: UnstoredResults = field(default_factory=dict)
    sources: dict[MarkupSource, list[tuple[str, int | None]]] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def gather(self, path: str, body: BuiltBody) -> None:
        """Add the listings and formulas of a page of the document at ``path``."""
        for block in body.blocks:
            line = block.nodes[0].line if block.nodes else None
            for source in markup_sources(block, body.rendered.get(block.id, "")):
                self.sources.setdefault(source, []).append((path, line))
        for source in markup_source.marks_in(body.rendered_notes):
            self.sources.setdefault(source, []).append((path, None))

    def flush(self) -> None:
        """Make and store the markup that was gathered."""
        store_new(self.unstored)
        made = prepare(self.sources, workers=min(os.cpu_count() or 1, MOST_WORKERS))
        for source, places in self.sources.items():
            if is_stopped(source, made.get(source)):
                code, message = CODES[source.kind]
                severity = Severity.INFO if source.kind is Kind.DIAGRAM else Severity.WARNING
                for path, line in places:
                    self.problems.setdefault(path, []).append(Problem(severity, code, message, line))
        self.unstored.clear()
        self.sources.clear()


def markup_sources(block: BuiltBlock, rendered: str) -> Iterator[MarkupSource]:
    """The listings and formulas of one block; ``rendered`` is the HTML of one of Markdown."""
    marked = block_type(block.type)
    return marked.markup_sources(block.value, rendered) if isinstance(marked, MarkedBlock) else iter(())
