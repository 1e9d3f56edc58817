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
from portfolio.exporter.pictures import pictures_in
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
    """Writes blocks with the addresses that links and pictures have on this site, looked up all at once."""

    def __init__(self, blocks: list[dict[str, Any]]) -> None:
        self.targets = Targets(blocks)
        super().__init__(Site(self.targets.plain_links, self.targets.picture, own_id))

    def raw(self, markdown: str) -> str:
        return markdown

    def rich(self, html: str | None) -> str:
        return KEPT_FROM_LIQUID.sub(r"\1", super().rich(html))

    def cell(self, html: str) -> str:
        return KEPT_FROM_LIQUID.sub(r"\1", super().cell(html))


def pieces_of(body: StreamValue) -> list[Piece]:
    blocks = raw_blocks(body)
    writer = PageWriter(blocks)
    return [Piece(block, piece_text(writer, block)) for block in blocks]


def joined(pieces: list[Piece]) -> str:
    text = "\n\n".join(piece.text for piece in pieces)
    return f"{text}\n" if text else ""


def markdown_of(body: StreamValue) -> str:
    """The whole body as Markdown."""
    return joined(pieces_of(body))


def piece_text(writer: PageWriter, block: RawBlock) -> str:
    if not has_form(block, writer.targets):
        return stand_in(block)
    return normal(writer.write(block["type"], block["value"])).strip("\n") or stand_in(block)


def normal(text: str) -> str:
    """With the line ends of a form made plain."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_form(block: RawBlock, targets: Targets) -> bool:
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
        return picture is not None and bool(targets.picture(picture))
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


class Targets:
    """The pages, documents and pictures that blocks refer to."""

    def __init__(self, blocks: list[dict[str, Any]]) -> None:
        links = [attributes_of(match[1]) for text in strings(blocks) for match in OPENING_LINK.finditer(text)]
        wanted = {
            kind: {int(link["id"]) for link in links if link.get("linktype") == kind and link.get("id", "").isdigit()}
            for kind in ("page", "document")
        }
        self.found: dict[str, Mapping[int, Any]] = {
            "page": Page.objects.in_bulk(wanted["page"]) if wanted["page"] else {},
            "document": get_document_model().objects.in_bulk(wanted["document"]) if wanted["document"] else {},
        }
        pictures: set[int] = set()
        pictures_in(blocks, pictures.add)
        self.pictures = get_image_model().objects.in_bulk(pictures) if pictures else {}

    def picture(self, pk: int) -> str:
        """The address of an image's file; "" for an image that is gone."""
        image = self.pictures.get(pk)
        return image.file.url if image else ""

    def plain_links(self, html: str) -> str:
        """Stored rich text with every link carrying the address that its target has on this site."""
        return OPENING_LINK.sub(self.plain_link, BLOCK_KEY.sub("", html))

    def plain_link(self, match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        kind, number = attributes.get("linktype"), attributes.get("id", "")
        address: str | None = unescape(attributes.get("href", ""))
        if kind in self.found:
            target = self.found[kind].get(int(number)) if number.isdigit() else None
            address = target.url if target else None
        return f'<a href="{escape(address)}">{match[2]}</a>' if address else match[2]


def strings(value: Any) -> Iterator[str]:
    """Every text in a stored value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@cache
def own_id(heading: str) -> str:
    """The id that a heading gets when it names none."""
    match = OWN_ID.search(to_html(heading, Options()))
    return match[1] if match else ""
