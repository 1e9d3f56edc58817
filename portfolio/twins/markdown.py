"""Blocks as Markdown for people and programs who read it; the export writes for an import, which is stricter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from wagtail.blocks.stream_block import StreamValue
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from portfolio.exporter.block_markdown import BlockWriter, Site, quoted
from portfolio.exporter.meaning import raw_blocks
from portfolio.feeds.content import absolute, without_controls

# Signs that only a typographer would read as something else. They pass through the writer in disguise, and unescaped.
SIGNS = "'\".-"
DISGUISES = {sign: chr(0xE000 + place) for place, sign in enumerate(SIGNS)}
BACK = str.maketrans({disguise: sign for sign, disguise in DISGUISES.items()})
TYPOGRAPHY = re.compile(r"['\"]|\.(?=\.)|(?<=\.)\.|-(?=-)|(?<=-)-")
FENCES = re.compile(r"^ *(`{3,})", re.MULTILINE)


class TwinWriter(BlockWriter):
    """Writes what stands on the page at ``address``, with absolute addresses."""

    def __init__(self, address: str) -> None:
        super().__init__(Site(self.shown, self.picture, lambda line: ""))
        self.page = address

    def body(self, body: StreamValue) -> str:
        """The blocks, with blank lines between them; those that show nothing are left out."""
        written = (self.write(block["type"], block["value"]) for block in raw_blocks(body))
        return "\n\n".join(text for text in written if text.strip())

    def write(self, kind: str, value: Any) -> str:
        return without_controls(super().write(kind, value)).translate(BACK)

    def shown(self, html: str) -> str:
        """Stored rich text as a reader gets it, with its links, and quotation marks in disguise."""
        soup = BeautifulSoup(absolute(expand_db_html(html), self.page), "html.parser")
        for text in soup.find_all(string=True):
            text.replace_with(disguised(str(text)))
        return soup.decode()

    def picture(self, pk: int) -> str:
        image = get_image_model().objects.filter(pk=pk).first()
        return urljoin(self.page, image.file.url) if image else ""

    def words(self, text: str) -> str:
        return super().words(disguised(text))

    def heading(self, value: Mapping[str, Any]) -> str:
        return super().heading({**value, "anchor": ""})

    def pull_quote(self, value: Mapping[str, Any]) -> str:
        source = f" ({self.words(value['attribution'])})" if value.get("attribution") else ""
        return quoted(f"*{self.words(value['text'])}*{source}")

    def quote(self, value: Mapping[str, Any]) -> str:
        source, url = self.words(value.get("source") or ""), value.get("url")
        told = f"[{source or url}]({url})" if url else source
        return quoted("\n\n".join(filter(None, [self.rich(value["text"]), told and f"— {told}"])))

    def callout(self, value: Mapping[str, Any]) -> str:
        title = self.words(value.get("title") or (value.get("kind") or "note").capitalize())
        return quoted(f"**{title}**\n\n{self.rich(value['text'])}")

    def question_answer(self, value: Mapping[str, Any]) -> str:
        return f"### {self.words(value['question'])}\n\n{self.rich(value['answer'])}"

    def image(self, value: Mapping[str, Any]) -> str:
        picture = value["image"]
        address = self.picture(picture["image"])
        if not address:
            return ""
        shown = f"![{self.words(picture.get('alt_text') or '')}]({address})"
        below = [self.rich(value.get("caption")), self.words(value.get("credit") or "")]
        return "\n\n".join(filter(None, [shown, *below]))

    def embed(self, value: Mapping[str, Any]) -> str:
        link = f"[{self.words(value.get('title') or value['url'])}]({value['url']})"
        return "\n\n".join(filter(None, [link, self.rich(value.get("caption"))]))

    def code(self, value: Mapping[str, Any]) -> str:
        code = str(value["code"]).replace("\r\n", "\n")
        fence = "`" * max(3, 1 + max(map(len, FENCES.findall(code)), default=0))
        title = f"{self.words(value['title'])}:\n\n" if value.get("title") else ""
        return f"{title}{fence}{value.get('language') or ''}\n{code}\n{fence}"

    def math(self, value: Mapping[str, Any]) -> str:
        return f"$$\n{value['tex'].strip()}\n$$"

    def markdown(self, value: Mapping[str, Any]) -> str:
        return value["source"].replace("\r\n", "\n").strip("\n")

    html = markdown


def disguised(text: str) -> str:
    return TYPOGRAPHY.sub(lambda match: DISGUISES[match[0]], text)
