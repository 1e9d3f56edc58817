"""A page's body as one Markdown text, made of a piece for each block, so that what was not edited is known again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import Any

from django.utils.text import Truncator
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portfolio.blocks.references import attributes_of
from portfolio.exporter.addresses import OPENING_LINK
from portfolio.exporter.block_markdown import BlockWriter, Site
from portfolio.exporter.meaning import raw_blocks
from portfolio.importer.rich_text import BLOCK_KEY
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.text import visible_text

OWN_ID = re.compile(r"\sid=\"([^\"]*)\"")
# The export keeps code from Liquid, which nobody reads here.
KEPT_FROM_LIQUID = re.compile(r"\{% raw %\}(`[^`]*`)\{% endraw %\}")
# A block that Markdown has no form for: a line that can be moved or removed, and stands for the block.
STAND_IN = re.compile(r"<!-- block ([0-9a-z-]{4,36}) .*-->")

RawBlock = Mapping[str, Any]  # {"type", "value", "id"}, as a StreamField stores it


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and its Markdown, without blank lines around it."""

    block: RawBlock
    text: str


class PageWriter(BlockWriter):
    """Writes blocks with the addresses that links and pictures have on this site."""

    def __init__(self) -> None:
        super().__init__(Site(plain_links, picture_address, own_id))

    def raw(self, markdown: str) -> str:
        return markdown

    def rich(self, html: str | None) -> str:
        return KEPT_FROM_LIQUID.sub(r"\1", super().rich(html))

    def cell(self, html: str) -> str:
        return KEPT_FROM_LIQUID.sub(r"\1", super().cell(html))


def pieces_of(body: StreamValue) -> list[Piece]:
    writer = PageWriter()
    return [Piece(block, piece_text(writer, block)) for block in raw_blocks(body)]


def joined(pieces: list[Piece]) -> str:
    text = "\n\n".join(piece.text for piece in pieces)
    return f"{text}\n" if text else ""


def markdown_of(body: StreamValue) -> str:
    """The whole body as Markdown."""
    return joined(pieces_of(body))


def piece_text(writer: BlockWriter, block: RawBlock) -> str:
    if not has_form(block):
        return stand_in(block)
    return normal(writer.write(block["type"], block["value"])).strip("\n") or stand_in(block)


def normal(text: str) -> str:
    """With the line ends of a form made plain."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_form(block: RawBlock) -> bool:
    """Whether Markdown can say all of the block."""
    kind, value = block["type"], block["value"]
    if kind == "gallery":
        return False
    if kind == "table":
        return not value.get("caption") and all(column["heading"] for column in value["columns"])
    if kind == "embed":
        return not visible_text(value.get("caption") or "") and embed_target(value.get("url") or "") is not None
    if kind == "image":
        picture = value["image"].get("image")
        return picture is not None and bool(picture_address(picture))
    return True


def stand_in(block: RawBlock) -> str:
    """A line in the place of a block that is edited in the form."""
    words = Truncator(" ".join(text_in(block["value"]))).chars(50).replace("--", "–").replace(">", "›")
    name = block["type"].replace("_", " ")
    told = f"{name}, “{words}”" if words else name
    return f"<!-- block {block['id']} ({told}): edit it in the form -->"


def text_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and (text := visible_text(value)):
        yield text
    elif isinstance(value, Mapping):
        for name in ("caption", "title", "url"):
            yield from text_in(value.get(name))


def plain_links(html: str) -> str:
    """Stored rich text with every link carrying the address that its target has on this site."""
    return OPENING_LINK.sub(_plain_link, BLOCK_KEY.sub("", html))


def _plain_link(match: re.Match[str]) -> str:
    attributes = attributes_of(match[1])
    kind, number = attributes.get("linktype"), attributes.get("id", "")
    address: str | None = unescape(attributes.get("href", ""))
    if kind == "page":
        page = Page.objects.filter(pk=number).first() if number.isdigit() else None
        address = page.url if page else None
    elif kind == "document":
        document = get_document_model().objects.filter(pk=number).first() if number.isdigit() else None
        address = document.url if document else None
    return f'<a href="{escape(address)}">{match[2]}</a>' if address else match[2]


def picture_address(pk: int) -> str:
    image = get_image_model().objects.filter(pk=pk).first()
    return image.file.url if image else ""


@cache
def own_id(heading: str) -> str:
    """The id that a heading gets when it names none."""
    match = OWN_ID.search(to_html(heading, Options()))
    return match[1] if match else ""
