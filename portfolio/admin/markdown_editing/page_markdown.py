"""The body of a page as Markdown, block by block, so that unchanged blocks can be recognised after editing."""

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

from portfolio.admin.markdown_editing.conversion import AS_TYPED
from portfolio.blocks.body.references import attributes_of
from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.pictures import stored_pictures
from portfolio.blocks.registry import block_type
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY, key_in
from portfolio.blocks.stored_values import raw_blocks
from portfolio.exporter.addresses import OPENING_LINK
from portfolio.markdown.render import to_html
from portfolio.markdown.text import visible_text
from portfolio.markdown.writing.escaping import code_without_liquid_escapes

OWN_ID = re.compile(r"\sid=\"([^\"]*)\"")
# The placeholder of a block that has no Markdown form: a line that can be moved or deleted.
PLACEHOLDER = re.compile(r"<!-- block ([0-9a-z-]{4,36}) .*-->")

# A code span, a link as HTML, an escape of another sign, or an escape of one that only typography needs.
PUNCTUATION = re.compile(r"`[^`]*`|<a [^>]*>|\\([\"'.-])|\\.")
# At the start of a line, or of the text of an item: an escape without which a list would begin.
NO_LIST_ITEM = re.compile(r"\s*(?:(?:-|\d+\.)\s+)?(?:\d+\\\.|\\-)(?=\s|$)")
ONLY_DASHES = re.compile(r"\s*(?:\d+\.\s)?[-\s:=>*+]*")

RawBlock = Mapping[str, Any]  # {"type", "value", "id"}, as a StreamField stores it


@dataclass(frozen=True, slots=True)
class BlockMarkdown:
    """A block and its Markdown, without blank lines around it."""

    block: RawBlock
    text: str


class EditorMarkdownWriter(MarkdownWriter):
    """Writes blocks with the current addresses of links and images, which are looked up together.

    Quotation marks, dashes and dots stand as they are: `AS_TYPED` reads them so.
    """

    names_every_column = True

    def __init__(self, blocks: list[dict[str, Any]]) -> None:
        self.targets = ReferenceTargets(blocks)
        super().__init__(self.targets.plain_links, self.targets.picture, automatic_id)

    def literal(self, markdown: str) -> str:
        return markdown

    def rich_text(self, html: str | None) -> str:
        lines = code_without_liquid_escapes(super().rich_text(html)).split("\n")
        starts = [match.end() if (match := NO_LIST_ITEM.match(line)) else 0 for line in lines]
        return "\n".join(
            line[:start] + plain_punctuation(line[start:]) for start, line in zip(starts, lines, strict=True)
        )

    def inline_rich_text(self, html: str | None) -> str:
        return plain_punctuation(code_without_liquid_escapes(super().inline_rich_text(html)))

    def text(self, text: str) -> str:
        return plain_punctuation(super().text(text))


def plain_punctuation(line: str) -> str:
    """A line of Markdown without the escapes of what is not read as punctuation of typographers here.

    Dashes that stand alone in a line or a cell would be a rule, or the line below the head of a table.
    """
    plain = PUNCTUATION.sub(lambda match: match[1] or match[0], line)
    return line if ONLY_DASHES.fullmatch(plain) else plain


def blocks_as_markdown(body: StreamValue) -> list[BlockMarkdown]:
    blocks = raw_blocks(body)
    writer = EditorMarkdownWriter(blocks)
    return [BlockMarkdown(block, block_markdown(writer, block)) for block in blocks]


def join_block_texts(pieces: list[BlockMarkdown]) -> str:
    text = "\n\n".join(piece.text for piece in pieces if piece.text)
    return f"{text}\n" if text else ""


def block_markdown(writer: EditorMarkdownWriter, block: RawBlock) -> str:
    if not block_type(block["type"]).has_markdown_form(block["value"], writer):
        return placeholder(block)
    return normalise_line_ends(writer.write(block["type"], block["value"])).strip("\n") or placeholder(block)


def normalise_line_ends(text: str) -> str:
    """``text`` with Unix line ends; forms send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def placeholder(block: RawBlock) -> str:
    """The placeholder line of a block that can only be edited in the form."""
    words = Truncator(" ".join(text_in(block["value"]))).chars(50).replace("--", "–").replace(">", "›")
    name = block["type"].replace("_", " ")
    label = f"{name}, “{words}”" if words else name
    return f"<!-- block {block['id']} ({label}): edit it in the form -->"


def text_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and (text := visible_text(value)):
        yield text
    elif isinstance(value, Mapping):
        for name in ("caption", "title", "url"):
            yield from text_in(value.get(name))


class ReferenceTargets:
    """The pages, documents and images that blocks refer to."""

    def __init__(self, blocks: list[dict[str, Any]]) -> None:
        links = [attributes_of(match[1]) for text in strings(blocks) for match in OPENING_LINK.finditer(text)]
        wanted = {
            kind: {key for link in links if link.get("linktype") == kind and (key := key_in(link.get("id", "")))}
            for kind in ("page", "document")
        }
        self.found: dict[str, Mapping[int, Any]] = {
            "page": Page.objects.in_bulk(wanted["page"]) if wanted["page"] else {},
            "document": get_document_model().objects.in_bulk(wanted["document"]) if wanted["document"] else {},
        }
        pictures = {key for picture in stored_pictures(blocks) if (key := key_in(picture["image"]))}
        self.pictures = get_image_model().objects.in_bulk(pictures) if pictures else {}

    def picture(self, pk: int) -> str:
        """The address of an image's file; "" for a deleted image."""
        image = self.pictures.get(pk)
        return image.file.url if image else ""

    def plain_links(self, html: str) -> str:
        """Stored rich text with the addresses of linked pages and documents."""
        return OPENING_LINK.sub(self.plain_link, BLOCK_KEY.sub("", html))

    def plain_link(self, match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        kind, number = attributes.get("linktype"), attributes.get("id", "")
        address: str | None = unescape(attributes.get("href", ""))
        if kind in self.found:
            target = self.found[kind].get(key) if (key := key_in(number)) else None
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
def automatic_id(heading: str) -> str:
    """The id that a heading gets from its text."""
    match = OWN_ID.search(to_html(heading, AS_TYPED))
    return match[1] if match else ""
