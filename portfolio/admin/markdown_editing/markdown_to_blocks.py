"""Markdown to blocks: blocks that were not edited stay as stored, everything else is converted.

The text is matched against the pieces of the page as it is. A piece that is still there, at its place or another, is
put out of the converter's sight; only what is left becomes blocks anew.
"""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from wagtail.blocks import StreamBlock, StreamBlockValidationError
from wagtail.blocks.stream_block import StreamValue

from portfolio.admin.markdown_editing.conversion import InvalidText, parse_document
from portfolio.admin.markdown_editing.edited_body import EditedBodyBuilder
from portfolio.admin.markdown_editing.listing_fences import LISTING
from portfolio.admin.markdown_editing.page_markdown import PLACEHOLDER, BlockMarkdown, RawBlock, normalise_line_ends
from portfolio.admin.markdown_editing.site_references import SiteReferences
from portfolio.blocks.body.citations import unknown_citation_message, unknown_keys
from portfolio.blocks.pictures import ALT_MISSING
from portfolio.blocks.registry import block_type
from portfolio.documents import attribute_lists
from portfolio.documents.document import Document, Problem, SourceNode
from portfolio.importer.body.built_body import BuiltBlock
from portfolio.importer.body.comparison import differing_blocks
from portfolio.markdown.citations import cited_keys
from portfolio.markdown.nodes import NodeKind

HIDES_EVERYTHING = "empty-page"  # reported of a text all of whose blocks are out of the converter's sight


@dataclass(slots=True)
class ParsedBody:
    """``blocks`` as a StreamField stores them, notes with their lines, and why the form would refuse new blocks."""

    blocks: list[RawBlock]
    notes: list[tuple[int | None, str]] = field(default_factory=list)
    invalid: list[tuple[int | None, str]] = field(default_factory=list)


@dataclass(slots=True)
class UnchangedBlock:
    """A block whose Markdown is in the text unchanged, from line ``start`` up to ``end`` (exclusive, from 0)."""

    start: int
    end: int
    block: RawBlock

    @property
    def hidden(self) -> bool:
        """Hidden from the converter. A Markdown block is not: it may define links that other parts use."""
        return self.block["type"] != "markdown"


def parse_body(
    text: str, pieces: Sequence[BlockMarkdown], stream: StreamBlock, *, allow_invalid: bool = False
) -> ParsedBody:
    """Parse ``text`` as a body; ``pieces`` are the blocks that it was made from.

    Raises `InvalidText`, also for new blocks that the form would refuse unless ``allow_invalid``.
    """
    lines = normalise_line_ends(text).split("\n")
    kept = list(match_unchanged_blocks(lines, pieces))
    while True:
        token = secrets.token_hex(8)
        document = parse_document(with_placeholders(lines, kept, token), as_typed=True)
        if document.front_matter_span.end:
            raise InvalidText((1, "Front matter, the part between two lines ---, belongs to a whole document: use "
                                 "“Write”, “Post from Markdown” for that, or delete it here."))  # fmt: skip
        nodes, swallowed = apply_unchanged_blocks(document, lines, kept, token)
        if not swallowed:
            break
        kept = [one for one in kept if one not in swallowed]  # now inside another construct: convert it again
    document = replace(document, problems=tuple(one for one in document.problems if not is_about_unchanged(one, kept)))
    return build_body(document, nodes, kept, pieces, stream, allow_invalid=allow_invalid)


def is_about_unchanged(problem: Problem, kept: Iterable[UnchangedBlock]) -> bool:
    """Whether a problem is about a listing that stays in a block as it is stored."""
    return problem.code == LISTING and any(one.start < (problem.line or 0) <= one.end for one in kept)


def match_unchanged_blocks(lines: Sequence[str], pieces: Sequence[BlockMarkdown]) -> Iterator[UnchangedBlock]:
    """The unchanged blocks in the order of the text; of equal ones the first that is not matched yet."""
    waiting: dict[str, list[BlockMarkdown]] = {}
    for piece in pieces:
        waiting.setdefault(piece.text.partition("\n")[0], []).append(piece)
    ids = {str(piece.block["id"]): piece.block for piece in pieces}
    used: set[str] = set()
    place = 0
    while place < len(lines):
        if not lines[place].strip() or (place and lines[place - 1].strip()):
            place += 1
            continue
        if stands := PLACEHOLDER.fullmatch(lines[place].strip()):
            block = ids.get(stands[1])
            if block is None:
                raise InvalidText((place + 1, "This line stands for a block that is no longer on this page."))
            fresh = block if stands[1] not in used else {**block, "id": str(uuid.uuid4())}
            used.add(stands[1])
            yield UnchangedBlock(place, place + 1, fresh)
            place += 1
            continue
        found = longest_match(lines, place, waiting.get(lines[place], []))
        if found is None:
            place += 1
            continue
        waiting[lines[place]].remove(found)
        end = place + found.text.count("\n") + 1
        yield UnchangedBlock(place, end, found.block)
        place = end


def longest_match(lines: Sequence[str], place: int, candidates: Sequence[BlockMarkdown]) -> BlockMarkdown | None:
    best: BlockMarkdown | None = None
    for piece in candidates:
        own = piece.text.split("\n")
        end = place + len(own)
        whole = end >= len(lines) or not lines[end].strip()
        if whole and list(lines[place:end]) == own and (best is None or len(piece.text) > len(best.text)):
            best = piece
    return best


def with_placeholders(lines: Sequence[str], kept: Iterable[UnchangedBlock], token: str) -> str:
    """The text with a comment in place of each hidden block; line numbers stay the same."""
    shown = list(lines)
    for number, one in enumerate(kept):
        if one.hidden:
            shown[one.start : one.end] = [f"<!--{token}:{number}-->", *[""] * (one.end - one.start - 1)]
    return "\n".join(shown)


def apply_unchanged_blocks(
    document: Document, lines: Sequence[str], kept: Sequence[UnchangedBlock], token: str
) -> tuple[list[SourceNode], list[UnchangedBlock]]:
    """The nodes, those of unchanged blocks marked as such, and the unchanged blocks that are inside others now."""
    placeholder = re.compile(rf"<!--{token}:(\d+)-->")
    seen = [one for one in kept if not one.hidden]
    nodes: list[SourceNode] = []
    swallowed: list[UnchangedBlock] = []
    met: set[int] = set()
    for node in document.nodes:
        numbers = [int(number) for number in placeholder.findall(node.source)]
        if numbers:
            if placeholder.sub("", node.source).strip():
                swallowed += [kept[number] for number in numbers]
            nodes += [replace(node, kind=NodeKind.HIDDEN, data={"kept": kept[number].block}) for number in numbers]
            met.update(numbers)
            continue
        start = node.line - 1
        end = start + node.source.strip("\n").count("\n") + 1
        inside = next((one for one in seen if start < one.end and end > one.start and node.source.strip()), None)
        if inside is None:
            nodes.append(node)
        elif inside.start <= start and end <= inside.end:
            nodes.append(replace(node, kind=NodeKind.HIDDEN, data={"kept": inside.block}))
        else:
            swallowed.append(inside)
    swallowed += [one for number, one in enumerate(kept) if one.hidden and number not in met]
    return nodes, swallowed + new_answers(nodes, kept)


def new_answers(nodes: Sequence[SourceNode], kept: Sequence[UnchangedBlock]) -> list[UnchangedBlock]:
    """Unchanged paragraphs that are answers now, because a question was written above them."""
    found = []
    for question, answer in pairwise(nodes):
        block = answer.data.get("kept")
        if (
            block
            and block["type"] == "text"
            and question.kind is NodeKind.HEADING
            and attribute_lists.is_question(question.html)
        ):
            found += [one for one in kept if one.block is block]
    return found


def build_body(
    document: Document,
    nodes: Sequence[SourceNode],
    kept: Sequence[UnchangedBlock],
    pieces: Sequence[BlockMarkdown],
    stream: StreamBlock,
    *,
    allow_invalid: bool = False,
) -> ParsedBody:
    references = SiteReferences(document)
    builder = EditedBodyBuilder(references, [piece.block for piece in pieces])
    builder.keeps_markdown = any(not one.hidden for one in kept)
    body = builder.build(nodes)
    stored = stream.to_python(body.raw)
    for block in differing_blocks(body, stored):
        builder.keep_verbatim(block)
    join_markdown(body.blocks)
    reuse_ids(body.blocks, [piece.block for piece in pieces])
    invalid = list(invalid_blocks(body.blocks, stream.to_python(body.raw)))
    if invalid and not allow_invalid:
        raise InvalidText(*invalid)
    problems = [problem for problem in (*document.problems, *references.problems) if problem.code != HIDES_EVERYTHING]
    notes = [(problem.line, problem.message) for problem in problems]
    notes += citation_notes(nodes)
    return ParsedBody(body.raw, list(dict.fromkeys(notes)), invalid)


def citation_notes(nodes: Sequence[SourceNode]) -> Iterator[tuple[int, str]]:
    """What to say of new citations that lead to no publication."""
    lines = {key: node.line for node in reversed(nodes) if "kept" not in node.data for key in cited_keys(node.html)}
    for key in unknown_keys(lines):
        yield lines[key], unknown_citation_message(key)


def join_markdown(blocks: list[BuiltBlock]) -> None:
    """Join new neighbouring Markdown blocks; an import keeps them apart."""
    for place in range(len(blocks) - 1, 0, -1):
        above, below = blocks[place - 1], blocks[place]
        if above.type == below.type == "markdown" and above.nodes and below.nodes:
            above.value["source"] += "\n\n" + below.value["source"]
            above.nodes += below.nodes
            del blocks[place]


def reuse_ids(blocks: Sequence[BuiltBlock], before: Sequence[RawBlock]) -> None:
    """Give a new block the id of the block of its type that it replaces, so that comments and history follow it."""
    taken = {block.id for block in blocks}
    behind = {None if place == 0 else before[place - 1]["id"]: old for place, old in enumerate(before)}
    previous: str | None = None
    for block in blocks:
        old = behind.get(previous)
        if block.nodes and old is not None and old["type"] == block.type and old["id"] not in taken:
            block.id = old["id"]
            taken.add(block.id)
            reading = block_type(block.type).reading_fields
            if kept := {name: old["value"][name] for name in reading if old["value"].get(name)}:
                block.value |= kept
        previous = block.id


def invalid_blocks(blocks: Sequence[BuiltBlock], stored: StreamValue) -> Iterator[tuple[int | None, str]]:
    """The new blocks that the form would refuse, with line and reason. A draft may lack alt texts."""
    try:
        stored.stream_block.clean(stored)
    except StreamBlockValidationError as error:
        for place, problem in sorted(error.block_errors.items()):
            reasons = [reason for reason in error_messages(problem) if reason != ALT_MISSING]
            if blocks[place].nodes and reasons:
                kind = blocks[place].type.replace("_", " ")
                yield blocks[place].nodes[0].line, f"{kind}: {' '.join(reasons)}"


def error_messages(error: Any) -> Iterator[str]:
    """All messages of a block's validation error, nested ones included."""
    parts = getattr(error, "block_errors", None)
    if parts:
        for part in parts.values() if isinstance(parts, dict) else parts:
            yield from error_messages(part)
    elif hasattr(error, "messages"):
        yield from error.messages
