"""Each block of a body as kramdown, in the form that the import reads as the same block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from portfolio.exporter.escaping import attribute, entities, escape_text, raw
from portfolio.exporter.prose import inline, prose

PLAIN_PATH = re.compile(r"[\w\-.~:/?#@!$&+,;=%]+")
SIDES = {"text": "---", "centred": ":---:", "number": "---:"}
FENCE = re.compile(r"^[ ]*(`{3,}|~{3,})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Site:
    """What a block's Markdown needs to know of the site it is written for.

    ``plain_links`` turns stored rich text into rich text whose links carry addresses; ``picture`` gives an image's
    address by its id; ``own_id`` gives the id that the engine makes for a heading's text. ``parses_html`` says that the
    engine looks for Markdown in every element.
    """

    plain_links: Callable[[str], str]
    picture: Callable[[int], str]
    own_id: Callable[[str], str]
    parses_html: bool = False


class BlockWriter:
    """Writes stored values (as StreamField's raw data) as Markdown without blank lines around it."""

    def __init__(self, site: Site, *, verbose: bool = False) -> None:
        self.site = site
        self.verbose = verbose

    def write(self, kind: str, value: Any) -> str:
        return getattr(self, kind)(value)

    def rich(self, html: str | None) -> str:
        return prose(self.site.plain_links(html or ""), verbose=self.verbose)

    def raw(self, markdown: str) -> str:
        """``markdown`` as whoever reads the file must find it; Liquid reads it first."""
        return raw(markdown)

    def words(self, text: str) -> str:
        text = " ".join(text.split())
        return entities(text) if self.verbose else escape_text(text)

    # Text ----------------------------------------------------------------------------------------------------------

    def text(self, value: str) -> str:
        return self.rich(value)

    def heading(self, value: Mapping[str, Any]) -> str:
        text, anchor = str(value["text"]), value.get("anchor")
        written = self.words(text)
        written = written[:-1] + "\\#" if written.endswith("#") and not self.verbose else written
        line = "#" * int(value.get("level") or 2) + " " + written
        if not anchor or anchor == self.site.own_id(line):
            return line
        # kramdown takes only an id that begins with a letter behind a heading; any other stands in a list below it.
        return f"{line} {{#{anchor}}}" if anchor[0].isalpha() else f'{line}\n{{: id="{anchor}"}}'

    def quote(self, value: Mapping[str, Any]) -> str:
        parts = [self.rich(value["text"])]
        source, url = value.get("source"), value.get("url")
        if source or url:
            words = escape(source or url, quote=False).replace("{", "&#123;")
            parts.append(f'<cite><a href="{attribute(url)}">{words}</a></cite>' if url else f"<cite>{words}</cite>")
        return quoted("\n\n".join(part for part in parts if part))

    def pull_quote(self, value: Mapping[str, Any]) -> str:
        parts = [self.words(value["text"])]
        if value.get("attribution"):
            parts.append(f"<cite>{escape(value['attribution'], quote=False).replace('{', '&#123;')}</cite>")
        return quoted("\n\n".join(parts)) + "\n{: .pull-quote}"

    def callout(self, value: Mapping[str, Any]) -> str:
        title = f"**{self.words(value['title'])}**\n\n" if value.get("title") else ""
        return quoted(title + self.rich(value["text"])) + f"\n{{: .callout .callout-{value.get('kind') or 'note'}}}"

    def question_answer(self, value: Mapping[str, Any]) -> str:
        return f"### {self.words(value['question'])}\n{{: .question}}\n\n{self.rich(value['answer'])}"

    def divider(self, value: None) -> str:
        return "* * *"

    # Media ---------------------------------------------------------------------------------------------------------

    def image(self, value: Mapping[str, Any]) -> str:
        picture = value["image"]
        address, alt = self.site.picture(picture["image"]), "" if picture.get("decorative") else picture["alt_text"]
        title, link = value.get("title") or "", value.get("link") or ""
        caption = figure_caption(self.site.plain_links(value.get("caption") or ""))
        size = value.get("size") or "column"
        classes = " ".join(filter(None, ["" if size == "column" else size, value.get("align") or ""]))
        simple = all(PLAIN_PATH.fullmatch(part) for part in (address, link or "/")) and not set('"\\{') & {*title}
        if simple and not (caption or classes or value.get("credit") or self.verbose):
            shown = f"![{self.words(alt)}]({address}{f' {chr(34)}{title}{chr(34)}' if title else ''})"
            return f"[{shown}]({link})" if link else shown
        named = {"src": address, "alt": alt, "title": title, "class": classes, "data-credit": value.get("credit") or ""}
        tag = "<img" + "".join(
            f' {name}="{attribute(text)}"' for name, text in named.items() if text or name == "alt"
        ) + ">"  # fmt: skip
        tag = f'<a href="{attribute(link)}">{tag}</a>' if link else tag
        below = f"\n  <figcaption>{caption}</figcaption>" if caption else ""
        off = ' markdown="0"' if self.site.parses_html else ""
        return f"<figure{off}>\n  {tag}{below}\n</figure>"

    def gallery(self, value: Mapping[str, Any]) -> str:
        images = [item.get("value", item) for item in value["images"]]
        parts = [self.image({"image": image["image"], "caption": image.get("caption")}) for image in images]
        return "\n\n".join([*parts, *filter(None, [self.rich(value.get("caption"))])])

    def embed(self, value: Mapping[str, Any]) -> str:
        named = {name: value.get(name) for name in ("width", "height", "title")}
        rest = "".join(f' {name}="{attribute(str(text))}"' for name, text in named.items() if text)
        frame = f'<iframe src="{attribute(value["url"])}"{rest} allowfullscreen></iframe>'
        caption = self.rich(value.get("caption"))
        return f"{frame}\n\n{caption}" if caption else frame

    # Technical -----------------------------------------------------------------------------------------------------

    def code(self, value: Mapping[str, Any]) -> str:
        code = str(value["code"]).replace("\r\n", "\n")
        longest = max((len(fence) for fence in FENCE.findall(code) if fence[0] == "`"), default=2)
        fence = "`" * max(3, longest + 1)
        named = {"title": value.get("title"), "data-highlight": value.get("highlight")}
        rest = " ".join(f'{name}="{attribute(text)}"' for name, text in named.items() if text)
        below = f"\n{{: {rest}}}" if rest else ""
        return self.raw(f"{fence}{value.get('language') or ''}\n{code}\n{fence}") + below

    def table(self, value: Mapping[str, Any]) -> str:
        columns = value["columns"]
        rows = [[self.cell(cell) for cell in row["values"]] for row in value["rows"]]
        head = [self.words(column["heading"] or "") for column in columns]
        sides = [SIDES[column["type"]] for column in columns]
        lines = [*([head, sides] if any(head) else []), *rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        caption = self.words(value.get("caption") or "")
        return f"{caption}\n\n{table}" if caption else table

    def cell(self, html: str) -> str:
        return inline(self.site.plain_links(html or ""), verbose=self.verbose)

    def math(self, value: Mapping[str, Any]) -> str:
        return self.raw(f"$$\n{value['tex'].strip()}\n$$")

    def markdown(self, value: Mapping[str, Any]) -> str:
        return self.raw(value["source"].replace("\r\n", "\n").strip("\n"))

    html = markdown


def quoted(markdown: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in markdown.split("\n"))


def figure_caption(html: str) -> str:
    """A caption's rich text inside ``<figcaption>``, where the engine reads HTML only."""
    lone = re.fullmatch(r"\s*<p[^>]*>(.*?)</p>\s*", html, re.DOTALL)
    return (lone[1] if lone else html).strip().replace("{", "&#123;")
