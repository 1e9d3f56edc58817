"""A document's constructs as StreamField blocks: each its own type where nothing is lost by it, verbatim otherwise."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from portfolio.blocks.elsewhere import frame_addresses, mark_elsewhere
from portfolio.importer import marked
from portfolio.importer.document import Severity, SourceNode, Span
from portfolio.importer.liquid.comments import holds_kept_tag
from portfolio.importer.resources import Resources
from portfolio.importer.rich_text import BLOCK_KEY, NotRichText, relink, to_rich_text
from portfolio.markdown.addresses import split_address
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.nodes import Flavour, NodeKind
from portfolio.markdown.notes import note_html
from portfolio.markdown.sanitise import sanitise_reporting
from portfolio.markdown.text import elements, visible_text

NATIVE, APPROXIMATED, KEPT, REFUSED = "native", "approximated", "kept", "refused"


AS_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
LONE_PARAGRAPH = re.compile(r"\A<p>(.*)</p>\Z", re.DOTALL)
# Comments, and paragraphs with nothing else in them: an excerpt separator, for instance.
SHOWS_NOTHING = re.compile(r"(?>(?:<!--.*?-->|</?p>|\s+)*)\Z", re.DOTALL)


@dataclass(slots=True)
class Segment:
    """A stretch of the source and the block that shows it; ``block_id`` is None for source that shows nothing."""

    span: Span
    block_id: str | None
    text_hash: str = ""


@dataclass(slots=True)
class Block:
    """One child of a StreamField as it is stored. ``shown`` is the HTML it should show, for the check afterwards."""

    type: str
    value: Any
    nodes: list[SourceNode] = field(default_factory=list)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def raw(self) -> dict[str, Any]:
        return {"type": self.type, "value": self.value, "id": self.id}

    @property
    def shown(self) -> str:
        return "".join(node.html for node in self.nodes)


@dataclass(slots=True)
class Body:
    """The blocks of one page, where each came from, and how its constructs fared."""

    blocks: list[Block] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    constructs: dict[str, int] = field(
        default_factory=lambda: {NATIVE: 0, APPROXIMATED: 0, KEPT: 0, REFUSED: 0},
    )

    @property
    def raw(self) -> list[dict[str, Any]]:
        return [block.raw for block in self.blocks]

    def replace(self, block: Block, others: list[Block]) -> None:
        """Put ``others``, one for each of the block's nodes, where ``block`` is."""
        place = self.blocks.index(block)
        self.blocks[place : place + 1] = others
        segments = [segment for segment in self.segments if segment.block_id == block.id]
        for segment, other in zip(segments, others, strict=True):
            segment.block_id, segment.text_hash = other.id, ""


def value_hash(value: Any) -> str:
    """A fingerprint of a block's stored value; Draftail's block keys, which change at every save, are left out."""
    text = AS_JSON(value).replace('\\"', '"')
    return hashlib.sha256((BLOCK_KEY.sub("", text) if "data-block-key" in text else text).encode()).hexdigest()


class BodyBuilder:
    """Builds the body of one page from its nodes, in order."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.body = Body()
        self.keeps_markdown = False
        self.following: SourceNode | None = None
        self.after_definition = False

    def build(self, nodes: Iterable[SourceNode]) -> Body:
        """Every node becomes part of a block or a segment that shows nothing, and is counted once."""
        nodes = list(nodes)
        definitions: list[tuple[int, SourceNode]] = []
        for place, node in enumerate(nodes):
            self.following = nodes[place + 1] if place + 1 < len(nodes) else None
            if node.kind is NodeKind.DEFINITION:
                definitions.append((len(self.body.segments), node))
                self.body.segments.append(Segment(node.span, None))
                self.count(KEPT)
                self.after_definition = True
            else:
                self.add(node)
                # A block that is stored already has no segment: nothing of it was read from the text.
                self.after_definition &= bool(self.body.segments) and self.body.segments[-1].block_id is None
        # A definition is for others to use: it stays on the page only where some Markdown stayed that may use it.
        if self.keeps_markdown:
            for position, node in definitions:
                block = self.markdown_block(node)
                self.resources.take_in(note_html(node.source), node.line)
                self.body.segments[position].block_id = block.id
                self.place(block, before=self.next_block(position))
        return self.body

    def add(self, node: SourceNode) -> None:
        if holds_kept_tag(node.source):
            self.keep(node)
            return
        if node.kind is NodeKind.HIDDEN or SHOWS_NOTHING.match(node.html):
            self.body.segments.append(Segment(node.span, None))
            self.count(KEPT)
            return
        mapped = MAPPINGS[node.kind](self, node)
        if mapped is None:
            self.keep(node)

    # Each construct ----------------------------------------------------------------------------------------------

    def heading(self, node: SourceNode) -> bool | None:
        if marked.is_question(node.html) and self.answer_follows():
            return self.append("question_answer", {"question": node.data["text"], "answer": ""}, node)
        if not node.data["plain"]:
            return None
        value = {"text": node.data["text"], "level": str(node.data["level"]), "anchor": node.data["id"] or ""}
        return self.append("heading", value, node)

    def answer_follows(self) -> bool:
        node = self.following
        return node is not None and node.kind is NodeKind.PROSE and bool(self.rich_text(node.html, node.line))

    def prose(self, node: SourceNode) -> bool | None:
        html = self.rich_text(node.html, node.line, node.data.get("stored"))
        if html is None:
            return None
        if not html:
            return self.hide(node, KEPT)
        last = self.body.blocks[-1] if self.body.blocks else None
        # A definition may get a block of its own, which would stand in the middle of a text that went on behind it.
        if last is not None and last.type == "text" and last.nodes and not self.after_definition:
            last.value += html
            last.nodes.append(node)
        elif last is not None and last.type == "question_answer" and last.nodes:
            last.value["answer"] += html
            last.nodes.append(node)
        else:
            last = Block("text", html, [node])
            self.body.blocks.append(last)
        self.body.segments.append(Segment(node.span, last.id, hashlib.sha256(html.encode()).hexdigest()))
        return self.count(NATIVE)

    def image(self, node: SourceNode) -> bool | None:
        address = node.data["src"]
        if self.resources.is_remote(address) or not self.resources.is_address(address):
            return None  # kept as written; of another site's there is a link to see
        if self.resources.is_shown_as_it_is(address):
            return None if self.resources.file(address, node.line, shown=True) else self.hide(node, REFUSED)
        image = self.resources.image(address, node.data["alt"], node.line)
        if image is None:
            return self.hide(node, REFUSED)
        caption = ""
        if node.data.get("caption"):
            found = self.rich_text(f"<p>{node.data['caption']}</p>", node.line)
            if found is None:
                return None
            caption = found
        alt = node.data["alt"]
        if marked.loses_style(node.data.get("attributes", {})):
            self.resources.report(Severity.WARNING, "unsafe-html", "style on <img> is not shown", node.line)
        value = {
            "image": {"image": image.pk, "decorative": not alt, "alt_text": alt},
            "caption": caption,
            **marked.picture_details(node.data.get("attributes", {})),
            "link": self.absolute(node.data.get("link", ""), node.line),
            "title": node.data.get("title", ""),
        }
        return self.append("image", value, node)

    def code(self, node: SourceNode) -> bool:
        title, lines = marked.listing_details(node.html)
        value = {"language": node.data["language"], "code": node.data["code"], "title": title, "highlight": lines}
        return self.append("code", value, node)

    def quote(self, node: SourceNode) -> bool | None:
        if found := marked.callout(node.html, node.data["inner"]):
            kind, title, inner = found
            html = self.rich_text(inner, node.line)
            return self.append("callout", {"kind": kind, "title": title, "text": html}, node) if html else None
        inner, source, url = marked.cited(node.data["inner"])
        if marked.is_pull_quote(node.html) and "<" not in LONE_PARAGRAPH.sub(r"\1", inner.strip()):
            return self.append("pull_quote", {"text": visible_text(inner), "attribution": source}, node)
        if url and split_address(url).scheme not in ("http", "https"):
            return None
        html = self.rich_text(inner, node.line)
        return self.append("quote", {"text": html, "source": source, "url": url}, node) if html else None

    def table(self, node: SourceNode) -> bool | None:
        header, rows, align = node.data["header"], node.data["rows"], node.data["align"]
        width = len(align)
        if not header or any(len(row) != width for row in [header, *rows]):
            return None  # the block's columns have names and its rows are full
        if any("<" in cell for cell in header):
            return None
        columns = {"": "text", "left": "text", "center": "centred", "right": "number"}
        cells = [[self.rich_text(f"<p>{cell}</p>", node.line) for cell in row] for row in rows]
        if any(cell is None for row in cells for cell in row):
            return None
        value = {
            "columns": [
                {"type": columns[side], "heading": visible_text(cell)} for side, cell in zip(align, header, strict=True)
            ],
            "rows": [{"values": row} for row in cells],
            "caption": "",
        }
        return self.append("table", value, node)

    def math(self, node: SourceNode) -> bool:
        return self.append("math", {"tex": node.data["tex"]}, node)

    def embed(self, node: SourceNode) -> bool | None:
        address = node.data["src"]
        if embed_target(address) is None:
            return None  # kept as written, it is shown as a frame with a link
        value = {
            "url": address,
            "title": node.data.get("title") or "",
            "caption": "",
            "width": pixels(node.data.get("width", "")),
            "height": pixels(node.data.get("height", "")),
        }
        return self.append("embed", value, node)

    def divider(self, node: SourceNode) -> bool:
        return self.append("divider", None, node)

    def raw_html(self, node: SourceNode) -> bool | None:
        # Raw HTML in which the engine found Markdown is not what the source says: keep the Markdown then.
        if "markdown=" in node.source or elements(node.html) != elements(node.source):
            return None
        if visible_text(node.html) != visible_text(node.source):
            return None
        self.tell_removals(node)
        if not sanitise_reporting(mark_elsewhere(node.html, self.resources.home)).html.strip():
            return self.hide(node, REFUSED)
        self.resources.take_in(node.html, node.line)
        block = Block("html", {"source": node.source.strip("\n"), "base": self.resources.home}, [node])
        self.body.blocks.append(block)
        self.body.segments.append(Segment(node.span, block.id))
        return self.count(KEPT)

    def verbatim(self, node: SourceNode) -> None:
        return None

    # What they share ---------------------------------------------------------------------------------------------

    def rich_text(self, html: str, line: int, known: str | None = None) -> str | None:
        try:
            stored = to_rich_text(html.strip(), known)
        except NotRichText:
            return None
        return relink(stored, lambda address: self.resources.link_tag(address, line))

    def append(self, kind: str, value: Any, node: SourceNode) -> bool:
        block = Block(kind, value, [node])
        self.body.blocks.append(block)
        self.body.segments.append(Segment(node.span, block.id))
        return self.count(NATIVE)

    def keep(self, node: SourceNode) -> None:
        """The node's own Markdown in a block that shows the same."""
        self.tell_removals(node)
        self.resources.take_in(node.html, node.line)
        block = self.markdown_block(node)
        self.body.blocks.append(block)
        self.body.segments.append(Segment(node.span, block.id))
        self.keeps_markdown = True
        self.count(KEPT)

    def markdown_block(self, node: SourceNode) -> Block:
        value = {
            "source": node.source.strip("\n"),
            "flavour": str(self.resources.document.flavour or Flavour.KRAMDOWN),
            "base": self.resources.home,
            "settings": self.resources.document.settings,
        }
        return Block("markdown", value, [node])

    def html_block(self, node: SourceNode) -> Block:
        """What the engine made of the node, for one that cannot be read without its neighbours."""
        return Block("html", {"source": node.html.strip("\n"), "base": self.resources.home}, [node])

    def hide(self, node: SourceNode, outcome: str) -> bool:
        self.body.segments.append(Segment(node.span, None))
        return self.count(outcome)

    def absolute(self, address: str, line: int) -> str:
        """``address`` as a link of its own, for fields that hold a plain address."""
        if not address:
            return ""
        target = self.resources.old_site.target(address, self.resources.document.url)
        self.resources.linked(address, line)
        return address if target is None else target.path + (f"#{target.fragment}" if target.fragment else "")

    def tell_removals(self, node: SourceNode) -> None:
        for address in frame_addresses(node.html):
            if embed_target(address) is None:
                message = f"the frame at {address} is not loaded; a link stands in its place"
                self.resources.report(Severity.WARNING, "refused-embed", message, node.line)
        for what in sanitise_reporting(mark_elsewhere(node.html, self.resources.home)).removed:
            self.resources.report(Severity.WARNING, "unsafe-html", f"{what} is not shown", node.line)

    def count(self, outcome: str) -> bool:
        self.body.constructs[outcome] += 1
        return True

    def next_block(self, position: int) -> str | None:
        return next((s.block_id for s in self.body.segments[position + 1 :] if s.block_id), None)

    def place(self, block: Block, before: str | None) -> None:
        ids = [existing.id for existing in self.body.blocks]
        self.body.blocks.insert(ids.index(before) if before in ids else len(ids), block)


def pixels(text: str) -> int | None:
    digits = text.strip().removesuffix("px")
    return int(digits) if digits.isdigit() and 0 < int(digits) <= 4000 else None


MAPPINGS: dict[NodeKind, Callable[[BodyBuilder, SourceNode], bool | None]] = {
    NodeKind.HEADING: BodyBuilder.heading,
    NodeKind.PROSE: BodyBuilder.prose,
    NodeKind.IMAGE: BodyBuilder.image,
    NodeKind.CODE: BodyBuilder.code,
    NodeKind.QUOTE: BodyBuilder.quote,
    NodeKind.TABLE: BodyBuilder.table,
    NodeKind.MATH: BodyBuilder.math,
    NodeKind.EMBED: BodyBuilder.embed,
    NodeKind.DIVIDER: BodyBuilder.divider,
    NodeKind.RAW_HTML: BodyBuilder.raw_html,
    NodeKind.OTHER: BodyBuilder.verbatim,
}
