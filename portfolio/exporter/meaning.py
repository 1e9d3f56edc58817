"""What a body says, so that two bodies that say the same compare equal however they are stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import heading_anchors
from portfolio.importer.merge import elements
from portfolio.importer.rich_text import NotRichText, events
from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options
from portfolio.markdown.render import render_fragments
from portfolio.markdown.sanitise import sanitise
from portfolio.markdown.text import visible_text

# What has no form of its own in Markdown, or only one that is kept as Markdown when it is read again.
LOOSE = frozenset({"gallery", "embed", "table", "markdown", "html", "math", "quote"})
DEFAULTS: Mapping[str, Any] = {"size": "column", "decorative": False, "flavour": "kramdown"}
LITERAL_PARTS = frozenset({"code", "tex", "source"})
EMPTY_PARAGRAPHS = re.compile(r'<p(?: data-block-key="[^"]*")?></p>')
NOT_SAID = frozenset({"base", "options", "settings"})

PlainLinks = Callable[[str], str]
Fact = tuple[Any, ...]


def raw_blocks(body: StreamValue) -> list[dict[str, Any]]:
    return [{"id": child["id"], "type": child["type"], "value": child["value"]} for child in body.get_prep_value()]


def meaning(body: StreamValue, plain: PlainLinks) -> list[Fact]:
    """One fact for each block, and for each paragraph or list of running text."""
    anchors = heading_anchors(body)
    facts: list[Fact] = []
    for place, block in enumerate(raw_blocks(body)):
        kind, value = block["type"], block["value"]
        if kind == "text":
            facts += [("text", rich(element, plain)) for element in elements(value) if visible_text(element)]
        elif kind == "heading":
            facts.append((kind, str(value["level"]), value["text"].strip(), anchors[place]))
        elif kind == "markdown" and facts and facts[-1][0] == "markdown":
            facts[-1] = (kind, f"{facts[-1][1]}\n\n{plain_text(value['source'])}")  # read as one, or as several
        elif kind == "markdown":
            facts.append((kind, plain_text(value["source"])))
        else:
            facts.append((kind, canonical(value, plain)))
    return facts


def rich(html: str, plain: PlainLinks) -> Any:
    try:
        return tuple(events(plain(html)))
    except NotRichText:
        return plain(html)


def canonical(value: Any, plain: PlainLinks) -> Any:
    """A stored value without what says nothing: ids, empty entries, defaults."""
    if isinstance(value, Mapping):
        found = {
            name: canonical(part, plain)
            for name, part in value.items()
            if name not in NOT_SAID and not (name == "id" and "value" in value)
        }
        return tuple(sorted((name, part) for name, part in found.items() if part and part != DEFAULTS.get(name)))
    if isinstance(value, list):
        return tuple(canonical(part, plain) for part in value)
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        if not EMPTY_PARAGRAPHS.sub("", text):
            return ""
        return rich(text, plain) if text.lstrip().startswith("<") else plain_text(text)
    return value


def says_the_same(old: Any, new: Any, plain: PlainLinks, name: str = "") -> bool:
    """Whether two stored values differ in nothing but what a save in the admin does by itself.

    Rich text may be marked up in another order; program text, TeX and what is kept as written must be the same.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        default = DEFAULTS.get
        return all(
            says_the_same(old.get(key) or default(key), new.get(key) or default(key), plain, key)
            for key in {*old, *new} - {"id"}
        )
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(says_the_same(*pair, plain, name) for pair in zip(old, new, strict=True))
    if not (isinstance(old, str) and isinstance(new, str)):
        return (old or None) == (new or None)
    if name not in LITERAL_PARTS:  # an empty cell comes out of the rich text editor as an empty paragraph
        old, new = (EMPTY_PARAGRAPHS.sub("", text) for text in (old, new))
    if name in LITERAL_PARTS or not old.lstrip().startswith("<"):
        return old.replace("\r\n", "\n") == new.replace("\r\n", "\n")
    return old == new or rich(old, plain) == rich(new, plain)


def plain_text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def words(body: StreamValue) -> list[str]:
    """Everything readers read, in order; pictures, formulas and frames have no words here."""
    blocks = raw_blocks(body)
    kept = [block["value"]["source"] for block in blocks if block["type"] == "markdown"]
    fragments = render_fragments(kept, Options(flavour=Flavour.KRAMDOWN))
    html = iter(fragments.html)
    found: list[str] = []
    for block in blocks:
        if block["type"] == "markdown":
            found += visible_text(sanitise(next(html))).split()
        elif block["type"] == "html":
            found += visible_text(sanitise(block["value"]["source"])).split()
        else:
            found += [word for text in texts(block["value"]) for word in visible_text(text).split()]
    return [*found, *visible_text(sanitise(fragments.footnotes)).split()]


SEEN = ("caption", "columns", "heading", "rows", "title", "text", "question", "answer", "images", "code", "source",
        "attribution", "value", "values")  # fmt: skip


def texts(value: Any) -> list[str]:
    """The texts of a stored value as HTML, in the order in which they are shown."""
    if isinstance(value, str):
        return [value if value.lstrip().startswith("<") else value.replace("&", "&amp;").replace("<", "&lt;")]
    if isinstance(value, Mapping):
        order = [name for name in SEEN if name in value and not (name == "title" and "url" in value)]
        return [text for name in order for text in texts(value[name])]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return []


def differences(page: list[Fact], read: list[Fact]) -> list[Fact]:
    """The page's facts that were not read back."""
    codes = {key: number for number, key in enumerate(dict.fromkeys([*map(repr, page), *map(repr, read)]))}
    one, other = [codes[repr(fact)] for fact in page], [codes[repr(fact)] for fact in read]
    found: list[Fact] = []
    for action, i1, i2, _, _ in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        found += page[i1:i2] if action != "equal" else []
    return found
