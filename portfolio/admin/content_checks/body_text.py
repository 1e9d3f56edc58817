"""Body text: links, template tags and pictures in stored blocks, for the content checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from portfolio.blocks.block_type import BlockType, TextFormat
from portfolio.blocks.pictures import stored_pictures
from portfolio.blocks.registry import block_types
from portfolio.blocks.rich_text.stored_rich_text import key_in

CODE = re.compile(r"(?ms)^(```|~~~).*?^\1|`[^`\n]*`|<(pre|code)\b.*?</\2>")
LIQUID = re.compile(r"\{%-?\s*(?!raw|endraw)\w+[^%]*%\}|\{\{[^{}]*\}\}")
HREF = re.compile(r"""<a\b[^>]*?\shref=["']([^"']+)["']""")
PAGE_LINK = re.compile(r"""<a\b(?=[^>]*\slinktype=["']page["'])[^>]*?\sid=["'](\d+)["']""")
MARKDOWN_LINK = re.compile(
    r"(?<!!)\[[^\[\]]*\]\(\s*<?([^\s)>]+)|^\[[^\]\n]+\]:\s*<?(\S+?)>?\s*$|<(https?://[^\s>]+)>", re.MULTILINE
)


def texts(value: Any, text_format: TextFormat = TextFormat.RICH_TEXT) -> Iterator[tuple[TextFormat, str]]:
    """Every text in stored blocks, with the format that the type of its block says."""
    if isinstance(value, str):
        yield text_format, value
    elif isinstance(value, Mapping):
        block = type_of(value)
        for name, part in value.items():
            if name not in ("type", "id"):
                yield from texts(part, block.text_format if block else text_format)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, text_format)


def type_of(value: Mapping[str, Any]) -> BlockType | None:
    """The type of a stored block; None for a part of one."""
    return block_types().get(value["type"]) if "value" in value and isinstance(value.get("type"), str) else None


def verbatim_blocks(blocks: Iterable[Mapping[str, Any]]) -> int:
    """How many blocks are Markdown or HTML kept as written."""
    types = map(type_of, blocks)
    return sum(block.text_format in (TextFormat.MARKDOWN, TextFormat.HTML) for block in types if block)


def undescribed_images(value: Any) -> int:
    """How many pictures are neither described nor decorative."""
    pictures = stored_pictures(value)
    return sum(not picture.get("decorative") and not (picture["alt_text"] or "").strip() for picture in pictures)


def liquid(value: Any) -> list[str]:
    """Template tags of the old engine that are shown as text."""
    return [
        match[0]
        for text_format, text in texts(value)
        if text_format is not TextFormat.LITERAL and ("{%" in text or "{{" in text)
        for match in LIQUID.finditer(CODE.sub("", text))
    ]


def links(value: Any) -> Iterator[str]:
    """The address of every link that is written out."""
    for text_format, text in texts(value):
        if text_format is TextFormat.LITERAL:
            continue
        yield from (unescape(match[1]) for match in HREF.finditer(text))
        if text_format is TextFormat.MARKDOWN:
            for match in MARKDOWN_LINK.finditer(CODE.sub("", text)):
                yield match[1] or match[2] or match[3]


def linked_pages(value: Any) -> set[int]:
    """The keys of the pages that rich text links to."""
    ids = (match[1] for _, text in texts(value) if "linktype" in text for match in PAGE_LINK.finditer(text))
    return {key for written in ids if (key := key_in(written))}
