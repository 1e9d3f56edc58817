"""Build blocks from pasted content with the import's body builder; images are uploaded, links resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.text import Truncator
from wagtail.blocks import StreamBlock

from portfolio.admin.markdown_editing.site_references import MAX_FOLDER_DEPTH, SiteReferences
from portfolio.admin.paste.image_upload import ImageUploadRefused, store_image
from portfolio.blocks.block_type import BlockType
from portfolio.blocks.body.citations import unknown_citation_message, unknown_keys
from portfolio.blocks.node_conversion import NoBlock, NodeValue
from portfolio.blocks.registry import block_type
from portfolio.documents.document import Document, Severity, SourceNode
from portfolio.importer.body.builder import BodyBuilder
from portfolio.importer.body.built_body import BuiltBlock
from portfolio.importer.body.comparison import differing_blocks
from portfolio.markdown.citations import cited_keys
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.text import visible_text
from portfolio.models import CustomRendition

LONGEST_ALT = 300  # characters of an alt text
LONGEST_WORDS = 60  # characters of a quoted text in a note
LONGEST_SHOWN = 120  # characters of an address in a note
UNREACHABLE = (
    "An image was not pasted: only the program it comes from has it. Save it as a file, then drop the file here."
)


class PasteReferences(SiteReferences):
    """References of a pasted document. ``uploads`` are the images that came with it, by their address in it."""

    def __init__(self, document: Document, request: HttpRequest, uploads: Mapping[str, UploadedFile]) -> None:
        super().__init__(document)
        self.user = request.user
        self.uploads = uploads
        self.hosts = {request.get_host(), urlsplit(settings.SITE_URL).netloc} - {""}

    def path_here(self, address: str) -> str:
        """The path of an address of this site; any other address unchanged."""
        parts = urlsplit(address) if "[" not in address else urlsplit("")
        return parts._replace(scheme="", netloc="").geturl() if parts.netloc in self.hosts else address

    def link_attributes(self, address: str, line: int | None) -> dict[str, str]:
        found = super().link_attributes(self.path_here(address), line)
        return found if "linktype" in found else {"href": address}

    def image(self, address: str, title: str, line: int | None) -> Any | None:
        """The image in the library, uploaded now if need be; None with a note when there is none."""
        if address in self.pictures:
            return self.pictures[address]
        here = self.path_here(address)
        image = None
        if address in self.uploads:
            image = self.uploaded(address, title)
        elif here.startswith("/"):
            image = super().image(here, title, line) or image_of_rendition(here)
        self.pictures[address] = image
        if image is None and address not in self.uploads:
            self.report(Severity.WARNING, "remote-image", not_taken_note(address), None)
        return image

    def uploaded(self, address: str, title: str) -> Any | None:
        try:
            return store_image(self.user, self.uploads[address], title)
        except ImageUploadRefused as error:
            self.report(Severity.WARNING, "unusable-image", f"An image was not pasted: {error}", None)
            return None


class PasteBodyBuilder(BodyBuilder):
    """Builds blocks for the editor: an empty alt text is still to be written, and not a decorative image."""

    references: PasteReferences

    def add(self, node: SourceNode) -> None:
        own = {NodeKind.IMAGE: self.image, NodeKind.TABLE: self.table}.get(node.kind)
        if own is None:
            super().add(node)
        else:
            self.add_conversion(*own(node), node)

    def image(self, node: SourceNode) -> tuple[BlockType, NodeValue | NoBlock]:
        alt = node.data["alt"][:LONGEST_ALT]
        image = self.references.image(node.data["src"], alt, node.line)
        if image is None:
            return block_type("image"), NoBlock.REFUSED
        caption = self.rich_text(f"<p>{node.data['caption']}</p>", node.line) if node.data["caption"] else ""
        value = image_value(image, alt, caption or "", node.data["link"], node.data["title"])
        return block_type("image"), NodeValue(value)

    def table(self, node: SourceNode) -> tuple[BlockType, NodeValue | NoBlock]:
        """A table without column names becomes a table block too: the form has fields for the names."""
        data = {**node.data, "header": node.data["header"] or [""] * len(node.data["align"])}
        table = block_type("table")
        conversion = table.from_node(replace(node, data=data), self)
        if not isinstance(conversion, NodeValue):
            return table, NoBlock.VERBATIM
        if node.data["header"]:
            note = "The first row of a table became the names of its columns."
            self.references.report(Severity.INFO, "table-heading", note, None)
        return table, NodeValue({**conversion.value, "caption": node.data["caption"]})

    def markdown_block(self, node: SourceNode) -> BuiltBlock:
        """Pasted content has no Markdown source, so it is kept as HTML."""
        words = Truncator(visible_text(node.html)).chars(LONGEST_WORDS)
        note = f"Kept as HTML, because no other block has room for all of it: “{words}”"
        self.references.report(Severity.INFO, "kept", note, None)
        return self.html_block(node)


def image_value(image: Any, alt: str, caption: str = "", link: str = "", title: str = "") -> dict[str, Any]:
    """The stored value of an image block."""
    return {
        "image": {"image": image.pk, "decorative": False, "alt_text": alt},
        "caption": caption,
        "credit": "",
        "size": "column",
        "align": "",
        "link": link,
        "title": title,
    }


def build(document: Document, references: PasteReferences, stream: StreamBlock) -> tuple[list[BuiltBlock], list[str]]:
    """The blocks of ``document``, and what their writer should know."""
    builder = PasteBodyBuilder(references)
    body = builder.build(document.nodes)
    for block in differing_blocks(body, stream.to_python(body.raw)):
        builder.keep_verbatim(block)
    notes = [problem.message for problem in (*document.problems, *references.problems)]
    notes += map(
        unknown_citation_message, unknown_keys(key for node in document.nodes for key in cited_keys(node.html))
    )
    return body.blocks, list(dict.fromkeys(notes))


def not_taken_note(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return UNREACHABLE
    return f"An image of another site was not pasted: {address[:LONGEST_SHOWN]}"


def image_of_rendition(path: str) -> Any | None:
    """The image whose rendition is at ``path``."""
    parts = path.partition("?")[0].lstrip("/").split("/")
    names = ["/".join(parts[place:]) for place in range(len(parts))][:MAX_FOLDER_DEPTH]
    rendition = CustomRendition.objects.filter(file__in=names).select_related("image").first()
    return rendition.image if rendition else None
