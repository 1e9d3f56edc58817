"""Body builder for edited Markdown: stored blocks stay, new pictures wait for an alt text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from portfolio.admin.markdown_editing.listing_fences import detailed
from portfolio.admin.markdown_editing.page_markdown import RawBlock
from portfolio.admin.markdown_editing.site_references import SiteReferences
from portfolio.blocks.pictures import stored_pictures
from portfolio.documents.document import Severity, SourceNode
from portfolio.importer.body.builder import BodyBuilder
from portfolio.importer.body.built_body import BuiltBlock
from portfolio.markdown.nodes import NodeKind

NO_ALT_TEXT = (
    "the picture has no alt text: write between its brackets, ![here], what somebody who cannot see it should know, or "
    "tick “Decorative” in its block"
)
COMMENT = re.compile(r"\s*<!--.*-->\s*", re.DOTALL)


class EditedBodyBuilder(BodyBuilder):
    """Builds a body in which some blocks are stored already.

    A new picture without an alt text waits for one, as in the form: it is decorative only if it was so before.
    """

    def __init__(self, references: SiteReferences, before: Sequence[RawBlock]) -> None:
        super().__init__(references)
        pictures = stored_pictures([block["value"] for block in before])
        self.decorative = {picture["image"] for picture in pictures if picture.get("decorative")}

    def add(self, node: SourceNode) -> None:
        block = node.data.get("kept")
        if block is not None:
            if all(known.id != block["id"] for known in self.body.blocks):
                self.body.blocks.append(BuiltBlock(block["type"], block["value"], [], block["id"]))
            return
        if node.kind is NodeKind.HIDDEN and COMMENT.fullmatch(node.source):
            message = "comments are not kept"
            self.references.report(Severity.WARNING, "comment", message, node.line)
        if node.kind is NodeKind.IMAGE and self.is_missing(node.data["src"]):
            message = f"no picture here has the address {node.data['src']}; it stays as it is written"
            self.references.report(Severity.WARNING, "missing-image", message, node.line)
            self.keep(node)
            return
        super().add(detailed(node))
        if node.kind is NodeKind.IMAGE and not node.data["alt"] and self.body.blocks[-1].type == "image":
            self.ask_for_alt_text(self.body.blocks[-1].value["image"], node.line)

    def ask_for_alt_text(self, picture: dict[str, Any], line: int) -> None:
        picture["decorative"] = picture["image"] in self.decorative
        if not picture["decorative"]:
            self.references.report(Severity.INFO, "alt-text", NO_ALT_TEXT, line)

    def is_missing(self, address: str) -> bool:
        return not self.references.is_remote(address) and not self.references.is_shown(address)
