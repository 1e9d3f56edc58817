"""Pages that no file stands for: written in house style, and read again before they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portfolio.exporter.edited import Desk, Verdict, judge_page
from portfolio.exporter.front_matter import new_front_matter
from portfolio.exporter.meaning import meaning
from portfolio.exporter.pieces import Piece, joined
from portfolio.exporter.reread import UnreadableExport
from portfolio.exporter.stored import Part, blocks_of
from portfolio.importer.document import Problem, Severity


def body_pieces(desk: Desk, part: Part) -> list[Piece]:
    """A body in house style: each block in its clean form, and a longer one should that be misread."""
    writers = (desk.clean, desk.verbose)
    return [Piece([writer.write(block.kind, block.value) for writer in writers]) for block in blocks_of(part, None)]


def write_new(
    desk: Desk, path: str, head: Mapping[str, Any], parts: Sequence[Part], pieces: Sequence[Piece]
) -> list[Problem]:
    """Write a file for ``parts``, the main one first, and return what the next import would read differently."""
    front = new_front_matter(head)
    best: tuple[list[int], Verdict] | None = None
    levels = [0] * len(pieces)
    for level in (0, 1):
        levels = [level] * len(pieces)
        verdict = judged(desk, path, front, parts, pieces, levels)
        if best is None or (not verdict.wrong, verdict.loose) > (not best[1].wrong, best[1].loose):
            best = levels, verdict
        if verdict.exact:
            break
    assert best is not None  # noqa: S101 - two levels were tried
    levels, verdict = best
    if levels and max(levels) and verdict.exact:
        for place in range(len(levels)):  # as plain as can be
            fewer = [*levels[:place], 0, *levels[place + 1 :]]
            if judged(desk, path, front, parts, pieces, fewer).exact:
                levels = fewer
    desk.tree.write(path, text(front, pieces, levels))
    severity = Severity.INFO if verdict.loose else Severity.ERROR
    return [Problem(severity, "reads-differently", what) for what in verdict.wrong]


def text(front: str, pieces: Sequence[Piece], levels: Sequence[int]) -> bytes:
    body = joined(pieces, levels)
    return (front + ("\n" + body.lstrip("\n") if body.strip() else "")).encode()


def judged(
    desk: Desk, path: str, front: str, parts: Sequence[Part], pieces: Sequence[Piece], levels: Sequence[int]
) -> Verdict:
    desk.tree.write(path, text(front, pieces, levels))
    try:
        read = desk.reader.read(path)
    except UnreadableExport as error:
        return Verdict([str(error)])
    verdict = Verdict(loose=True)
    pages = list(read.values())
    for place, part in enumerate(parts):
        judge_page(verdict, part, pages[place] if place < len(pages) else None, {}, desk.plain)
    if len(pages) != len(parts):
        verdict.wrong.append(f"it would become {len(pages)} pages in place of {len(parts)}")
        verdict.loose = False
    return verdict


def used_levels(parts: Sequence[Part], desk: Desk) -> set[int]:
    """The levels of the headings in the parts' bodies."""
    return {
        int(fact[1])
        for part in parts
        if part.page is not None
        for fact in meaning(part.page.body, desk.plain)
        if fact[0] == "heading"
    }
