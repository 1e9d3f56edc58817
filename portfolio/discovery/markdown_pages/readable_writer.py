"""Markdown writer for people and programs who read a page; the export writes for an import, which is stricter."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamValue
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from portfolio.blocks.markdown_writer import MarkdownWriter
from portfolio.blocks.registry import block_type
from portfolio.blocks.rich_text.stored_rich_text import harmless, key_in
from portfolio.blocks.stored_values import raw_blocks
from portfolio.discovery.feeds.content import MOST_TAGS, absolute
from portfolio.markdown.characters import without_controls
from portfolio.markdown.text import visible_text

# Signs that only a typographer would read as something else. Private characters stand for them until the text is
# escaped, so that they come out as they are.
SIGNS = "'\".-"
PLACEHOLDERS = {sign: chr(0xE000 + index) for index, sign in enumerate(SIGNS)}
RESTORED = str.maketrans({placeholder: sign for sign, placeholder in PLACEHOLDERS.items()})
TYPOGRAPHY = re.compile(r"['\"]|\.(?=\.)|(?<=\.)\.|-(?=-)|(?<=-)-")


class ReadableWriter(MarkdownWriter):
    """Writes what stands on the page at ``page_address``, with absolute addresses."""

    def __init__(self, page_address: str) -> None:
        super().__init__(self.shown_rich_text, self.absolute_image_address, lambda line: "")
        self.page_address = page_address

    def body(self, body: StreamValue) -> str:
        """The blocks, with blank lines between them; those that show nothing are left out."""
        written = (self.write(block["type"], block["value"]) for block in raw_blocks(body))
        return "\n\n".join(text for text in written if text.strip())

    def write(self, type_name: str, value: Any) -> str:
        text = block_type(type_name).to_readable_markdown(value, self)
        return without_controls(text).translate(RESTORED)

    def line(self, text: str) -> str:
        """Plain text outside a block, such as a title."""
        return self.text(text).translate(RESTORED)

    def paragraphs(self, html: str) -> str:
        """Stored rich text outside a block; "" for none."""
        return self.write("text", html) if html else ""

    def text(self, text: str) -> str:
        return super().text(with_placeholders(text))

    def shown_rich_text(self, html: str) -> str:
        """Stored rich text as a reader gets it, with its links, and placeholders for quotation marks.

        Of more tags than are parsed for a request the words stay.
        """
        if html.count("<") > MOST_TAGS:
            return f"<p>{escape(with_placeholders(visible_text(html)), quote=False)}</p>"
        soup = BeautifulSoup(absolute(harmless(expand_db_html(html)), self.page_address), "html.parser")
        for text in soup.find_all(string=True):
            text.replace_with(with_placeholders(str(text)))
        return soup.decode()

    def absolute_image_address(self, pk: int) -> str:
        image = get_image_model().objects.filter(pk=pk).first() if key_in(pk) else None
        return urljoin(self.page_address, image.file.url) if image else ""


def with_placeholders(text: str) -> str:
    return TYPOGRAPHY.sub(lambda match: PLACEHOLDERS[match[0]], text)
