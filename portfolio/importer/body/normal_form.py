"""Normal form of a body: two bodies with the same meaning are equal in it, however they are stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.block_type import BlockType
from portfolio.blocks.headings import heading_anchors
from portfolio.blocks.registry import block_type
from portfolio.blocks.rich_text.stored_rich_text import BLOCK_KEY
from portfolio.blocks.stored_values import raw_blocks
from portfolio.importer.body.rich_text import NotRichText, events
from portfolio.importer.merge.three_way import elements
from portfolio.markdown.html.sanitise import sanitise
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text

EMPTY_PARAGRAPHS = re.compile(r'<p(?: data-block-key="[^"]*")?></p>')

LinkResolver = Callable[[str], str]
Fact = tuple[Any, ...]


def normal_form(body: StreamValue, resolve_links: LinkResolver) -> list[Fact]:
    """Return one fact (block type and content) for each block, and for each paragraph or list of running text."""
    anchors = heading_anchors(body)
    facts: list[Fact] = []
    for index, block in enumerate(raw_blocks(body)):
        kind, value = block["type"], block["value"]
        if kind == "text":
            facts += [
                ("text", rich_text_events(element, resolve_links))
                for element in elements(value)
                if visible_text(element)
            ]
        elif kind == "heading":
            facts.append((kind, str(value["level"]), value["text"].strip(), anchors[index]))
        elif kind == "markdown" and facts and facts[-1][0] == "markdown":
            facts[-1] = (kind, f"{facts[-1][1]}\n\n{plain_text(value['source'])}")  # read as one, or as several
        elif kind == "markdown":
            facts.append((kind, plain_text(value["source"])))
        else:
            facts.append((kind, canonical(value, resolve_links, block_type(kind))))
    return facts


def rich_text_events(html: str, resolve_links: LinkResolver) -> Any:
    try:
        return tuple(events(resolve_links(html)))
    except NotRichText:
        return resolve_links(html)


def canonical(value: Any, resolve_links: LinkResolver, of: BlockType) -> Any:
    """Return a stored block value without ids, empty entries and defaults."""
    if isinstance(value, Mapping):
        parts = {
            name: canonical(part, resolve_links, of)
            for name, part in value.items()
            if name not in of.reading_fields and not (name == "id" and "value" in value)
        }
        return tuple(
            sorted((name, part) for name, part in parts.items() if part and part != of.default_values.get(name))
        )
    if isinstance(value, list):
        return tuple(canonical(part, resolve_links, of) for part in value)
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        if not EMPTY_PARAGRAPHS.sub("", text):
            return ""
        return rich_text_events(text, resolve_links) if text.lstrip().startswith("<") else plain_text(text)
    return value


def is_equivalent(old: Any, new: Any, resolve_links: LinkResolver, of: BlockType, name: str = "") -> bool:
    """Whether two stored values differ only in what saving in the admin changes.

    Rich text may be marked up in another order; program text, TeX and what is kept as written must be the same.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        default = of.default_values.get
        return all(
            is_equivalent(old.get(key) or default(key), new.get(key) or default(key), resolve_links, of, key)
            for key in {*old, *new} - {"id"}
        )
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(
            is_equivalent(*pair, resolve_links, of, name) for pair in zip(old, new, strict=True)
        )
    if not (isinstance(old, str) and isinstance(new, str)):
        return (old or None) == (new or None)
    if name != of.literal_field:  # an empty cell comes out of the rich text editor as an empty paragraph
        old, new = (EMPTY_PARAGRAPHS.sub("", text) for text in (old, new))
    if name == of.literal_field or not old.lstrip().startswith("<"):
        return old.replace("\r\n", "\n") == new.replace("\r\n", "\n")
    return old == new or rich_text_events(old, resolve_links) == rich_text_events(new, resolve_links)


def without_form_changes(value: Any) -> Any:
    """Return a stored value without what every save in the admin adds: line ends of browsers, keys of paragraphs."""
    if isinstance(value, Mapping):
        return {name: without_form_changes(part) for name, part in value.items()}
    if isinstance(value, list):
        return [without_form_changes(part) for part in value]
    return BLOCK_KEY.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else value


def plain_text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def words(body: StreamValue) -> list[str]:
    """Everything readers read, in order; pictures, formulas and frames have no words here."""
    from portfolio.markdown.render import render_fragments  # the Markdown readers, which few imports need here

    blocks = raw_blocks(body)
    sources = [block["value"]["source"] for block in blocks if block["type"] == "markdown"]
    fragments = render_fragments(sources, Options(flavour=Flavour.KRAMDOWN))
    html = iter(fragments.html)
    result: list[str] = []
    for block in blocks:
        if block["type"] == "markdown":
            result += visible_text(sanitise(next(html))).split()
        else:
            texts = block_type(block["type"]).shown_texts(block["value"])
            result += [word for text in texts for word in visible_text(text).split()]
    return [*result, *visible_text(sanitise(fragments.footnotes)).split()]


def lost_facts(page: list[Fact], read: list[Fact]) -> list[Fact]:
    """The page's facts that were not read back."""
    codes = {key: number for number, key in enumerate(dict.fromkeys([*map(repr, page), *map(repr, read)]))}
    one, other = [codes[repr(fact)] for fact in page], [codes[repr(fact)] for fact in read]
    lost: list[Fact] = []
    for action, i1, i2, _, _ in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        lost += page[i1:i2] if action != "equal" else []
    return lost
