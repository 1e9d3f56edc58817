"""New document: write a page that has no file in house style, and read it back before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portfolio.documents.document import Problem, Severity
from portfolio.documents.front_matter_edit import new_front_matter
from portfolio.exporter.ledger_document import DocumentPart, current_blocks
from portfolio.exporter.round_trip import UnreadableExport
from portfolio.exporter.source_edit.edited_document import ExportContext, RoundTripResult, compare_page
from portfolio.exporter.source_edit.source_patch import TextPiece, join_pieces
from portfolio.importer.body.normal_form import normal_form


def body_pieces(context: ExportContext, part: DocumentPart) -> list[TextPiece]:
    """Return a body in house style: for each block its clean form, and a longer form in case that is misread."""
    writers = (context.clean, context.verbose)
    return [
        TextPiece([writer.write(block.kind, block.value) for writer in writers]) for block in current_blocks(part, None)
    ]


def write_new(
    context: ExportContext,
    path: str,
    head: Mapping[str, Any],
    parts: Sequence[DocumentPart],
    pieces: Sequence[TextPiece],
) -> list[Problem]:
    """Write a file for ``parts``, the main one first, and return what the next import would read differently."""
    front = new_front_matter(head)
    best: tuple[list[int], RoundTripResult] | None = None
    levels = [0] * len(pieces)
    for level in (0, 1):
        levels = [level] * len(pieces)
        result = check(context, path, front, parts, pieces, levels)
        if best is None or (not result.differences, result.has_same_words) > (
            not best[1].differences,
            best[1].has_same_words,
        ):
            best = levels, result
        if result.is_exact:
            break
    assert best is not None  # noqa: S101 - two levels were tried
    levels, result = best
    if levels and max(levels) and result.is_exact:
        for index in range(len(levels)):  # prefer the clean form of each block
            simpler = [*levels[:index], 0, *levels[index + 1 :]]
            if check(context, path, front, parts, pieces, simpler).is_exact:
                levels = simpler
    context.tree.write(path, text(front, pieces, levels))
    severity = Severity.INFO if result.has_same_words else Severity.ERROR
    return [Problem(severity, "reads-differently", what) for what in result.differences]


def text(front: str, pieces: Sequence[TextPiece], levels: Sequence[int]) -> bytes:
    body = join_pieces(pieces, levels)
    return (front + ("\n" + body.lstrip("\n") if body.strip() else "")).encode()


def check(
    context: ExportContext,
    path: str,
    front: str,
    parts: Sequence[DocumentPart],
    pieces: Sequence[TextPiece],
    levels: Sequence[int],
) -> RoundTripResult:
    context.tree.write(path, text(front, pieces, levels))
    try:
        read = context.reader.read(path)
    except UnreadableExport as error:
        return RoundTripResult([str(error)])
    result = RoundTripResult(has_same_words=True)
    pages = list(read.values())
    for index, part in enumerate(parts):
        compare_page(result, part, pages[index] if index < len(pages) else None, {}, context.resolve_links)
    if len(pages) != len(parts):
        result.differences.append(f"it would become {len(pages)} pages in place of {len(parts)}")
        result.has_same_words = False
    return result


def used_levels(parts: Sequence[DocumentPart], context: ExportContext) -> set[int]:
    """The levels of the headings in the parts' bodies."""
    return {
        int(fact[1])
        for part in parts
        if part.page is not None
        for fact in normal_form(part.page.body, context.resolve_links)
        if fact[0] == "heading"
    }
