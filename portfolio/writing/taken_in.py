"""A body from Markdown: blocks that were not edited stay as they are stored, everything else is converted.

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

from portfolio.importer import marked
from portfolio.importer.blocks import Block, BodyBuilder
from portfolio.importer.document import Document, Severity, SourceNode
from portfolio.importer.verify import differing
from portfolio.markdown.nodes import NodeKind
from portfolio.writing.conversion import Unreadable, document_of
from portfolio.writing.known_here import KnownHere
from portfolio.writing.page_markdown import STAND_IN, Piece, RawBlock, normal

# Of a block kept as Markdown or HTML: how its source is read, which the source itself does not say.
HOW_TO_READ = ("flavour", "base", "settings")
COMMENT = re.compile(r"\s*<!--.*-->\s*", re.DOTALL)


@dataclass(slots=True)
class TakenIn:
    """``blocks`` as a StreamField stores them, and what their writer should know of, with lines."""

    blocks: list[RawBlock]
    notes: list[tuple[int | None, str]] = field(default_factory=list)


@dataclass(slots=True)
class Kept:
    """A piece found again: its first line and the line behind its last, counted from 0."""

    start: int
    end: int
    block: RawBlock

    @property
    def hidden(self) -> bool:
        """Markdown may define what other parts use, so the converter must see it."""
        return self.block["type"] != "markdown"


def take_in(text: str, pieces: Sequence[Piece], stream: StreamBlock) -> TakenIn:
    """The body that ``text`` says, knowing the ``pieces`` of the body that it was made from. Raises `Unreadable`."""
    lines = normal(text).split("\n")
    kept = list(found_again(lines, pieces))
    while True:
        token = secrets.token_hex(8)
        document = document_of(with_placeholders(lines, kept, token))
        if document.front_matter_span.end:
            raise Unreadable((1, "Front matter, the part between two lines ---, belongs to a whole document: use "
                                 "“Write”, “Post from Markdown” for that, or delete it here."))  # fmt: skip
        nodes, swallowed = placed(document, lines, kept, token)
        if not swallowed:
            break
        kept = [one for one in kept if one not in swallowed]  # stands inside something else now: read it with that
    return built(document, nodes, kept, pieces, stream)


def found_again(lines: Sequence[str], pieces: Sequence[Piece]) -> Iterator[Kept]:
    """The pieces that stand in the text, in its order; of like ones the first that is left."""
    waiting: dict[str, list[Piece]] = {}
    for piece in pieces:
        waiting.setdefault(piece.text.partition("\n")[0], []).append(piece)
    ids = {str(piece.block["id"]): piece.block for piece in pieces}
    used: set[str] = set()
    place = 0
    while place < len(lines):
        if not lines[place].strip() or (place and lines[place - 1].strip()):
            place += 1
            continue
        if stands := STAND_IN.fullmatch(lines[place].strip()):
            block = ids.get(stands[1])
            if block is None:
                raise Unreadable((place + 1, "This line stood for a block that is not on this page any more."))
            fresh = block if stands[1] not in used else {**block, "id": str(uuid.uuid4())}
            used.add(stands[1])
            yield Kept(place, place + 1, fresh)
            place += 1
            continue
        found = longest(lines, place, waiting.get(lines[place], []))
        if found is None:
            place += 1
            continue
        waiting[lines[place]].remove(found)
        end = place + found.text.count("\n") + 1
        yield Kept(place, end, found.block)
        place = end


def longest(lines: Sequence[str], place: int, candidates: Sequence[Piece]) -> Piece | None:
    best: Piece | None = None
    for piece in candidates:
        own = piece.text.split("\n")
        end = place + len(own)
        whole = end >= len(lines) or not lines[end].strip()
        if whole and list(lines[place:end]) == own and (best is None or len(piece.text) > len(best.text)):
            best = piece
    return best


def with_placeholders(lines: Sequence[str], kept: Iterable[Kept], token: str) -> str:
    """The text with a comment in the place of each hidden piece; every line keeps its number."""
    shown = list(lines)
    for number, one in enumerate(kept):
        if one.hidden:
            shown[one.start : one.end] = [f"<!--{token}:{number}-->", *[""] * (one.end - one.start - 1)]
    return "\n".join(shown)


def placed(
    document: Document, lines: Sequence[str], kept: Sequence[Kept], token: str
) -> tuple[list[SourceNode], list[Kept]]:
    """The nodes with those of kept pieces replaced by ones that say so, and the pieces that stand inside others."""
    placeholder = re.compile(rf"<!--{token}:(\d+)-->")
    seen = [one for one in kept if not one.hidden]
    nodes: list[SourceNode] = []
    swallowed: list[Kept] = []
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
    return nodes, swallowed + asked_above(nodes, kept)


def asked_above(nodes: Sequence[SourceNode], kept: Sequence[Kept]) -> list[Kept]:
    """Paragraphs that have become the answer to a question that was written above them."""
    found = []
    for question, answer in pairwise(nodes):
        block = answer.data.get("kept")
        if (
            block
            and block["type"] == "text"
            and question.kind is NodeKind.HEADING
            and marked.is_question(question.html)
        ):
            found += [one for one in kept if one.block is block]
    return found


class EditedBody(BodyBuilder):
    """Builds a body in which some blocks are stored already."""

    def add(self, node: SourceNode) -> None:
        block = node.data.get("kept")
        if block is not None:
            if all(known.id != block["id"] for known in self.body.blocks):
                self.body.blocks.append(Block(block["type"], block["value"], [], block["id"]))
            return
        if node.kind is NodeKind.HIDDEN and COMMENT.fullmatch(node.source):
            message = "a comment is shown to nobody and is not kept"
            self.resources.report(Severity.WARNING, "comment", message, node.line)
        if node.kind is NodeKind.IMAGE and self.is_missing(node.data["src"]):
            message = f"no picture here has the address {node.data['src']}; it stays as it is written"
            self.resources.report(Severity.WARNING, "missing-image", message, node.line)
            self.keep(node)
            return
        super().add(node)

    def is_missing(self, address: str) -> bool:
        return not self.resources.is_remote(address) and not self.resources.is_shown(address)


def built(
    document: Document, nodes: Sequence[SourceNode], kept: Sequence[Kept], pieces: Sequence[Piece], stream: StreamBlock
) -> TakenIn:
    resources = KnownHere(document)
    builder = EditedBody(resources)
    builder.keeps_markdown = any(not one.hidden for one in kept)
    body = builder.build(nodes)
    stored = stream.to_python(body.raw)
    for block, own in list(differing(body, stored)):
        body.replace(block, [builder.markdown_block(node) for node in own])
    join_markdown(body.blocks)
    give_ids(body.blocks, [piece.block for piece in pieces])
    refuse_invalid(body.blocks, stream.to_python(body.raw))
    notes = [(problem.line, problem.message) for problem in (*document.problems, *resources.problems)]
    return TakenIn(body.raw, list(dict.fromkeys(notes)))


def join_markdown(blocks: list[Block]) -> None:
    """Let new neighbours that are kept as Markdown be one block, as people write it; an import keeps them apart."""
    for place in range(len(blocks) - 1, 0, -1):
        above, below = blocks[place - 1], blocks[place]
        if above.type == below.type == "markdown" and above.nodes and below.nodes:
            above.value["source"] += "\n\n" + below.value["source"]
            above.nodes += below.nodes
            del blocks[place]


def give_ids(blocks: Sequence[Block], before: Sequence[RawBlock]) -> None:
    """Let a new block that stands where one of its kind stood be that one, edited: comments and history follow it."""
    taken = {block.id for block in blocks}
    behind = {None if place == 0 else before[place - 1]["id"]: old for place, old in enumerate(before)}
    previous: str | None = None
    for block in blocks:
        old = behind.get(previous)
        if block.nodes and old is not None and old["type"] == block.type and old["id"] not in taken:
            block.id = old["id"]
            taken.add(block.id)
            if block.type in ("markdown", "html"):
                block.value |= {name: old["value"][name] for name in HOW_TO_READ if old["value"].get(name)}
        previous = block.id


def refuse_invalid(blocks: Sequence[Block], stored: StreamValue) -> None:
    """Raise `Unreadable` for a new block that the form would not take either."""
    try:
        stored.stream_block.clean(stored)
    except StreamBlockValidationError as error:
        wrong: list[tuple[int | None, str]] = []
        for place, problem in sorted(error.block_errors.items()):
            if blocks[place].nodes:
                kind = blocks[place].type.replace("_", " ")
                wrong.append((blocks[place].nodes[0].line, f"{kind}: {' '.join(messages_of(problem))}"))
        if wrong:
            raise Unreadable(*wrong) from error


def messages_of(error: Any) -> Iterator[str]:
    """Every message in an error of a block, those of its parts too."""
    parts = getattr(error, "block_errors", None)
    if parts:
        for part in parts.values() if isinstance(parts, dict) else parts:
            yield from messages_of(part)
    elif hasattr(error, "messages"):
        yield from error.messages
