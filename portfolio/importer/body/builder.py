"""Body builder: a document's nodes as blocks, each of its own type where nothing is lost by it, verbatim otherwise."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portfolio.blocks.block_type import BlockType
from portfolio.blocks.node_conversion import NoBlock, NodeValue
from portfolio.blocks.registry import block_type, types_of_node
from portfolio.blocks.third_party import frame_addresses, mark_third_party
from portfolio.blocks.verbatim import html_of_node, markdown_of_node
from portfolio.documents.document import Severity, SourceNode, Span
from portfolio.documents.html_attributes import called, lost_classes, must_be_kept
from portfolio.documents.template_comments import holds_tag_comment
from portfolio.importer.body.built_body import APPROXIMATED, KEPT, NATIVE, REFUSED, BuiltBlock, BuiltBody, Segment
from portfolio.importer.body.drawings import with_stored_pictures
from portfolio.importer.body.rich_text import NotRichText, relink, to_rich_text
from portfolio.importer.plan import ReadyBlock
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.html.media_base import move_media
from portfolio.markdown.html.sanitise import sanitise_reporting
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.options import Options

# Comments, and paragraphs with nothing else in them: an excerpt separator, for instance.
LONGEST_CLASSES = 80  # characters of the names in a message
SHOWS_NOTHING = re.compile(r"(?>(?:<!--.*?-->|</?p>|\s+)*)\Z", re.DOTALL)


class BodyBuilder:
    """Builds the body of one page from its nodes, in order.

    It is the context in which a block type converts a node: ``following`` is the node after it. ``keeps_markdown`` says
    that a block of Markdown is in the body, ``after_definition`` that nothing is shown since the last definition.
    """

    def __init__(self, references: DocumentReferences) -> None:
        self.references = references
        self.body = BuiltBody()
        self.keeps_markdown = False
        self.following: SourceNode | None = None
        self.after_definition = False

    def add_ready(self, blocks: Iterable[ReadyBlock], unshown: Iterable[Span]) -> None:
        """Add the blocks that a mapping made itself, and the spans that the page shows elsewhere."""
        for ready in blocks:
            block = BuiltBlock(ready.type, ready.value)
            self.body.blocks.append(block)
            self.count(NATIVE)
            if ready.span is not None:
                self.body.segments.append(Segment(ready.span, block.id))
        for span in unshown:
            self.body.segments.append(Segment(span, None))
            self.count(NATIVE)

    def build(self, nodes: Sequence[SourceNode]) -> BuiltBody:
        """Every node becomes part of a block or a segment that shows nothing, and is counted once."""
        definitions: list[tuple[int, SourceNode]] = []
        for index, node in enumerate(nodes):
            self.following = nodes[index + 1] if index + 1 < len(nodes) else None
            if node.kind is NodeKind.DEFINITION:
                definitions.append((len(self.body.segments), node))
                self.hide(node, KEPT)
                self.after_definition = True
            else:
                self.add(node)
                # A block that is stored already has no segment: nothing of it was read from the text.
                self.after_definition &= bool(self.body.segments) and self.body.segments[-1].block_id is None
        # A definition is for other nodes: it stays on the page only where some Markdown stayed that may use it.
        if self.keeps_markdown:
            from portfolio.markdown.render import note_html  # the Markdown readers, which few imports need here

            for position, node in definitions:
                block = self.markdown_block(node)
                self.references.import_files(move_media(note_html(node.source), self.media_subpath()), node.line)
                following = (segment.block_id for segment in self.body.segments[position + 1 :] if segment.block_id)
                self.body.segments[position].block_id = block.id
                self.body.insert(block, before=next(following, None))
        return self.body

    def add(self, node: SourceNode) -> None:
        if holds_tag_comment(node.source):
            self.keep(node)
            return
        if node.kind is NodeKind.HIDDEN or SHOWS_NOTHING.match(node.html):
            self.hide(node, KEPT)
            return
        converted = None if must_be_kept(node) or "<svg" in node.html else self.convert(node)
        if (converted is None or converted[1] is NoBlock.VERBATIM) and self.keep_pictures(node):
            return
        if converted is None:
            self.keep(node)
        else:
            self.add_conversion(*converted, node)
            self.report_lost_classes(node)

    def convert(self, node: SourceNode) -> tuple[BlockType, NodeValue | NoBlock] | None:
        """The conversion of the node by the first block type that takes it."""
        for candidate in types_of_node(node.kind):
            if (conversion := candidate.from_node(node, self)) is not None:
                return candidate, conversion
        return None

    def add_conversion(self, converter: BlockType, conversion: NodeValue | NoBlock, node: SourceNode) -> None:
        if conversion is NoBlock.VERBATIM:
            self.keep(node)
        elif not isinstance(conversion, NodeValue):
            self.hide(node, REFUSED if conversion is NoBlock.REFUSED else KEPT)
        elif converter.name == "text":
            self.add_prose(conversion.value, node)
        else:
            self.append(BuiltBlock(converter.name, conversion.value, [node]), node)
            self.count(KEPT if converter.is_verbatim else NATIVE)

    def add_prose(self, html: str, node: SourceNode) -> None:
        """Add rich text to the block before it, where that is prose too, or as a block of its own."""
        last = self.body.blocks[-1] if self.body.blocks else None
        # A definition may get a block of its own, which would stand in the middle of a text that went on behind it.
        is_open = last is not None and bool(last.nodes) and not (last.type == "text" and self.after_definition)
        joined = block_type(last.type).with_prose(last.value, html) if last is not None and is_open else None
        if last is None or joined is None:
            last = BuiltBlock("text", html, [node])
            self.body.blocks.append(last)
        else:
            last.value = joined
            last.nodes.append(node)
        self.body.segments.append(Segment(node.span, last.id, hashlib.sha256(html.encode()).hexdigest()))
        self.count(NATIVE)

    def append(self, block: BuiltBlock, node: SourceNode) -> None:
        self.body.blocks.append(block)
        self.body.segments.append(Segment(node.span, block.id))

    def hide(self, node: SourceNode, outcome: str) -> None:
        self.body.segments.append(Segment(node.span, None))
        self.count(outcome)

    def count(self, outcome: str) -> None:
        self.body.constructs[outcome] += 1

    # Verbatim blocks ----------------------------------------------------------------------------------------------

    def keep(self, node: SourceNode) -> None:
        """Keep the node's own Markdown, in a block that shows the same."""
        self.report_removals(node)
        self.references.import_files(node.html, node.line)
        self.append(self.markdown_block(node), node)
        self.keeps_markdown = True
        self.count(KEPT)

    def keep_pictures(self, node: SourceNode) -> bool:
        """Keep the HTML of a node with its embedded pictures stored; whether there are any."""
        html = with_stored_pictures(node, self.references)
        if html == node.html:
            return False
        stored = replace(node, html=html)
        self.report_removals(stored)
        self.references.import_files(html, node.line)
        self.append(self.html_block(stored), node)
        self.count(KEPT)
        return True

    def keep_verbatim(self, block: BuiltBlock) -> None:
        """Replace a native block by its nodes' Markdown."""
        self.body.replace(block, [self.markdown_block(node) for node in block.nodes])
        self.body.constructs[NATIVE] -= len(block.nodes)
        self.body.constructs[KEPT] += len(block.nodes)

    def markdown_block(self, node: SourceNode) -> BuiltBlock:
        return BuiltBlock("markdown", markdown_of_node(node, self.references), [node])

    def html_block(self, node: SourceNode) -> BuiltBlock:
        """A block of the engine's HTML, for a node that cannot be read without its neighbours."""
        return BuiltBlock("html", html_of_node(node, self.references), [node])

    def media_subpath(self) -> str:
        return Options().with_settings(self.references.document.settings).media_subpath

    # Context of a block type's conversion ---------------------------------------------------------------------------

    def rich_text(self, html: str, line: int, known: str | None = None) -> str | None:
        try:
            stored = to_rich_text(html.strip(), known)
        except NotRichText:
            return None
        return relink(stored, lambda address: self.references.link_tag(address, line))

    def absolute(self, address: str, line: int) -> str:
        """``address`` as a link of its own, for fields that hold a plain address."""
        if not address:
            return ""
        target = self.references.target(address)
        self.references.linked_file(address, line)
        return address if target is None else target.path + (f"#{target.fragment}" if target.fragment else "")

    def report_removals(self, node: SourceNode) -> None:
        for address in frame_addresses(node.html):
            if embed_target(address) is None:
                message = f"the frame at {address} is not loaded; a link stands in its place"
                self.references.report(Severity.WARNING, "refused-embed", message, node.line)
        for removed in sanitise_reporting(mark_third_party(node.html, self.references.home)).removed:
            self.references.report(Severity.WARNING, "unsafe-html", f"{removed} is not shown", node.line)

    def report_lost_classes(self, node: SourceNode) -> None:
        """Count a construct as approximated whose block does not look as its classes made it look."""
        lost = lost_classes(node)
        block = self.body.blocks[-1] if self.body.blocks else None
        if not lost or block is None or block.nodes[-1:] != [node] or block_type(block.type).is_verbatim:
            return
        shown = block_type(block.type).shown_classes(frozenset(lost))
        lost = tuple(name for name in lost if name not in shown)
        if lost:
            names = "the class" if len(lost) == 1 else "the classes"
            effect = "has no effect here" if len(lost) == 1 else "have no effect here"
            message = f"{names} {', '.join(lost)[:LONGEST_CLASSES]} of the {called(node)} {effect}"
            self.references.report(Severity.INFO, "lost-class", message, node.line)
            self.body.constructs[NATIVE] -= 1
            self.count(APPROXIMATED)
