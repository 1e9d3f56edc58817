"""The texts of a stored body, whatever blocks hold them. Plain data in, plain data out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

VERBATIM = ("markdown", "html")
# Fields that hold program text or formulas, in which any sign may stand.
AS_WRITTEN = frozenset({"code", "math"})
CODE = re.compile(r"(?ms)^(```|~~~).*?^\1|`[^`\n]*`|<(pre|code)\b.*?</\2>")
LIQUID = re.compile(r"\{%-?\s*(?!raw|endraw)\w+[^%]*%\}|\{\{[^{}]*\}\}")
HREF = re.compile(r"""<a\b[^>]*?\shref=["']([^"']+)["']""")
PAGE_LINK = re.compile(r"""<a\b(?=[^>]*\slinktype=["']page["'])[^>]*?\sid=["'](\d+)["']""")
MARKDOWN_LINK = re.compile(
    r"(?<!!)\[[^\[\]]*\]\(\s*<?([^\s)>]+)|^\[[^\]\n]+\]:\s*<?(\S+?)>?\s*$|<(https?://[^\s>]+)>", re.MULTILINE
)


def texts(value: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a raw body, with the kind of the block that it stands in."""
    if isinstance(value, str):
        yield kind, value
    elif isinstance(value, Mapping):
        inner = value.get("type", kind) if "value" in value and "type" in value else kind
        for name, part in value.items():
            if name not in ("type", "id"):
                yield from texts(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, kind)


def kinds(value: Any) -> Iterator[str]:
    """The kind of every block, those inside others too."""
    if isinstance(value, Mapping):
        if "value" in value and isinstance(value.get("type"), str):
            yield value["type"]
        for part in value.values():
            yield from kinds(part)
    elif isinstance(value, list):
        for part in value:
            yield from kinds(part)


def undescribed_images(value: Any) -> int:
    """How many pictures are neither described nor decorative."""
    if isinstance(value, Mapping):
        if isinstance(value.get("image"), int) and "alt_text" in value:
            return int(not value.get("decorative") and not (value["alt_text"] or "").strip())
        return sum(undescribed_images(part) for part in value.values())
    return sum(undescribed_images(part) for part in value) if isinstance(value, list) else 0


def liquid(value: Any) -> list[str]:
    """Template tags of the old engine that are shown as text."""
    return [
        match[0]
        for kind, text in texts(value)
        if kind not in AS_WRITTEN and ("{%" in text or "{{" in text)
        for match in LIQUID.finditer(CODE.sub("", text))
    ]


def links(value: Any) -> Iterator[str]:
    """The address of every link that is written out."""
    for kind, text in texts(value):
        if kind in AS_WRITTEN:
            continue
        yield from (unescape(match[1]) for match in HREF.finditer(text))
        if kind == "markdown":
            for match in MARKDOWN_LINK.finditer(CODE.sub("", text)):
                yield match[1] or match[2] or match[3]


def linked_pages(value: Any) -> set[int]:
    """The keys of the pages that rich text links to."""
    return {int(match[1]) for _, text in texts(value) if "linktype" in text for match in PAGE_LINK.finditer(text)}
