"""Convert the body of a page's form to Markdown and back, for switching in place. Nothing is stored."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from wagtail.blocks.stream_block import StreamValue

from portfolio.admin.editor.editor_post import editor_post, posted_text, with_line
from portfolio.admin.markdown_editing.markdown_to_blocks import parse_body
from portfolio.admin.markdown_editing.page_markdown import (
    BlockMarkdown,
    RawBlock,
    blocks_as_markdown,
    join_block_texts,
)
from portfolio.blocks import BodyBlocks
from portfolio.markdown.text import visible_text

# Raised by Wagtail and by the blocks for fields that no form of ours sends.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError)


@editor_post
def body_as_markdown(request: HttpRequest) -> JsonResponse:
    """The Markdown of the posted body, as its fields are in the form."""
    return JsonResponse({"text": join_block_texts(posted_pieces(request))})


@editor_post
def body_as_blocks(request: HttpRequest) -> JsonResponse:
    """The blocks of the posted file ``text``, edited Markdown of the posted body.

    A block that was not edited is ``{"kept": index}``, its place in that body, so that the form keeps what it has.
    ``invalid`` are notes on blocks that the form will refuse.
    """
    text = posted_text(request.FILES.get("text"))
    pieces = posted_pieces(request)
    stream = BodyBlocks()
    parsed = parse_body(text, pieces, stream, allow_invalid=True)
    states = stream.get_form_state(stream.to_python(parsed.blocks))
    before = {piece.block["id"]: (index, piece.block) for index, piece in enumerate(pieces)}
    blocks = [
        {"kept": index} if (index := kept_index(raw, before)) is not None else state
        for raw, state in zip(parsed.blocks, states, strict=True)
    ]
    notes = [with_line(line, message) for line, message in parsed.notes]
    return JsonResponse({"blocks": blocks, "notes": notes, "invalid": [with_line(*one) for one in parsed.invalid]})


def kept_index(raw: RawBlock, before: dict[str, tuple[int, RawBlock]]) -> int | None:
    """The place of the block with the same id, type and value before the text was edited."""
    index, block = before.get(raw["id"], (None, None))
    return index if block is not None and (raw["type"], raw["value"]) == (block["type"], block["value"]) else None


def posted_pieces(request: HttpRequest) -> list[BlockMarkdown]:
    """The blocks of the posted body with their Markdown; an empty text, in which nothing is written yet, has none."""
    try:
        body: StreamValue = BodyBlocks().value_from_datadict(
            request.POST, request.FILES, request.POST.get("prefix", "body")
        )
        pieces = blocks_as_markdown(body)
    except UNREADABLE as error:
        raise BadRequest("These are not the fields of a body") from error
    return [BlockMarkdown(piece.block, "") if is_empty_text(piece.block) else piece for piece in pieces]


def is_empty_text(block: RawBlock) -> bool:
    return block["type"] == "text" and not visible_text(block["value"]).strip()
