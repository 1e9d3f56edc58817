"""Clipboard reader: walks the tree of clipboard HTML and gives its constructs, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bs4 import NavigableString, Tag

from portfolio.admin.paste.html.construct_builder import ConstructBuilder, OpenListItem
from portfolio.admin.paste.html.constructs import (
    PastedCode,
    PastedConstruct,
    PastedDivider,
    PastedFormula,
    PastedFrame,
    PastedImage,
    PastedParagraph,
    line_of,
    lines,
)
from portfolio.admin.paste.html.formulas import is_display, is_katex, tex_of
from portfolio.admin.paste.html.headings import heading_level
from portfolio.admin.paste.html.images import is_emoji, read_image
from portfolio.admin.paste.html.links import is_page_mark, link_target
from portfolio.admin.paste.html.listings import is_listing, is_listing_table, language_of, listing_text
from portfolio.admin.paste.html.quotes import is_indent, is_word_quote, quoted
from portfolio.admin.paste.html.runs import BREAK, PastedRun, is_blank
from portfolio.admin.paste.html.styles import Marks, classes, is_hidden, is_monospaced, keeps_space, marks
from portfolio.admin.paste.html.tables import is_layout, read_table
from portfolio.admin.paste.html.word_lists import is_marker, word_level
from portfolio.markdown.addresses import scheme_of
from portfolio.markdown.embeds import embed_target
from portfolio.markdown.html.policy import LINK_SCHEMES

BLOCKS = frozenset(
    "address article aside body center dd details div dl dt fieldset figcaption figure footer form header hgroup main "
    "menu nav p section summary td th tr tbody thead table caption".split()
)
LONGEST_SHOWN = 120  # characters of an address in a note
_DRAFT_DEPTH = re.compile(r"\bpublic-DraftStyleDefault-depth(\d)\b")


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What text takes over from the elements around it."""

    marks: Marks = frozenset()
    href: str = ""
    kept: bool = False


PLAIN = InlineContext()


class ClipboardReader:
    """Reads one tree. ``fonts_are_code`` says that text in monospaced type is code."""

    def __init__(self, tell: Callable[[str], None], *, language: str = "", fonts_are_code: bool = True) -> None:
        self.tell = tell
        self.language = language
        self.fonts_are_code = fonts_are_code
        self.builder = ConstructBuilder()
        self.lists: list[tuple[str, str]] = []

    def read(self, tree: Tag, context: InlineContext = PLAIN) -> list[PastedConstruct]:
        self.walk(tree, context)
        self.builder.flush()
        return self.builder.constructs

    def nested(self, element: Tag, context: InlineContext) -> list[PastedConstruct]:
        """The constructs within ``element`` by themselves."""
        reader = ClipboardReader(self.tell, language=self.language, fonts_are_code=self.fonts_are_code)
        return reader.read(element, context)

    # The tree ----------------------------------------------------------------------------------------------------

    def walk(self, element: Tag, context: InlineContext) -> None:
        for child in element.children:
            if isinstance(child, NavigableString):
                if child:
                    self.builder.add_run(PastedRun(str(child), context.marks, context.href, context.kept))
            elif isinstance(child, Tag) and not is_hidden(child) and not is_marker(child):
                self.element(child, context)

    def element(self, element: Tag, context: InlineContext) -> None:
        read = READERS.get(element.name)
        if is_listing(element):
            self.listing(element)
        elif read is not None:
            read(self, element, context)
        elif element.name in BLOCKS:
            self.block(element, context)
        else:
            self.inline(element, context)

    def within(self, element: Tag, context: InlineContext) -> InlineContext:
        own = marks(element, context.marks)
        if not self.fonts_are_code and is_monospaced(element) and "code" not in context.marks:
            own -= {"code"}
        return replace(context, marks=own, kept=keeps_space(element) or context.kept)

    def inline(self, element: Tag, context: InlineContext) -> None:
        self.walk(element, self.within(element, context))

    def whole_lines(self, element: Tag, context: InlineContext) -> None:
        """Read an element that begins and ends a line."""
        self.builder.flush()
        self.walk(element, context)
        self.builder.flush()

    def block(self, element: Tag, context: InlineContext) -> None:
        if is_word_quote(element):
            self.quote(element, context)
        elif not self.builder.level and (level := heading_level(element)):
            self.heading(element, context, level)
        elif word := word_level(element):
            with self.builder.list_item(OpenListItem(word.depth, word.kind, word.source)):
                self.inline(element, context)
        else:
            bold = {"b"} if element.name == "dt" else set()
            self.whole_lines(element, self.within(element, replace(context, marks=context.marks | bold)))

    # Blocks ------------------------------------------------------------------------------------------------------

    def heading_element(self, element: Tag, context: InlineContext) -> None:
        self.heading(element, context, int(element.name[1]))

    def heading(self, element: Tag, context: InlineContext, level: int) -> None:
        with self.builder.heading(level):
            self.walk(element, context)

    def list_element(self, element: Tag, context: InlineContext) -> None:
        source = self.lists[0][1] if self.lists else f"list {id(element)}"
        self.lists.append((element.name if element.name == "ol" else "ul", source))
        self.whole_lines(element, self.within(element, context))
        self.lists.pop()

    def list_item(self, element: Tag, context: InlineContext) -> None:
        kind, source = self.lists[-1] if self.lists else ("ul", "")
        depth = max(len(self.lists) - 1, named_depth(element), 0)
        with self.builder.list_item(OpenListItem(depth, kind, source)):
            self.inline(element, context)

    def listing(self, element: Tag) -> None:
        self.builder.flush()
        if code := listing_text(element):
            self.builder.add(PastedCode(language_of(element) or self.language, code))

    def quote(self, element: Tag, context: InlineContext) -> None:
        if is_indent(element):
            self.whole_lines(element, context)
        else:
            self.builder.add(*quoted(self.nested(element, self.within(element, context))))

    def table(self, element: Tag, context: InlineContext) -> None:
        if is_listing_table(element):
            self.listing(element)
            return
        if is_layout(element):
            self.whole_lines(element, context)
            return
        images: list[PastedConstruct] = []

        def read_cell(cell: Tag) -> list[PastedRun]:
            constructs = self.nested(cell, self.within(cell, PLAIN))
            images.extend(part for part in constructs if isinstance(part, PastedImage | PastedFrame))
            return lines([runs for part in constructs if (runs := line_of(part))])

        table = read_table(element, read_cell, self.tell)
        if table is not None:
            self.builder.add(table)
        if images:
            self.tell("Pictures of a table stand below it.")
        self.builder.add(*images)

    def divider(self, element: Tag, context: InlineContext) -> None:
        self.builder.add(PastedDivider())

    def figure(self, element: Tag, context: InlineContext) -> None:
        """The words below a single picture are its caption."""
        caption = element.find("figcaption")
        if caption is None or len(element.find_all("img", limit=2)) != 1:
            self.block(element, context)
            return
        runs = lines([line for part in self.nested(caption, PLAIN) if (line := line_of(part))])
        caption.extract()
        self.builder.flush()
        before = len(self.builder.constructs)
        self.block(element, context)
        images = [part for part in self.builder.constructs[before:] if isinstance(part, PastedImage)]
        if images:
            images[0].caption = runs
        elif not is_blank(runs):
            self.builder.add(PastedParagraph(runs))

    def frame(self, element: Tag, context: InlineContext) -> None:
        src = str(element.get("src") or "").strip()
        if not src or src.startswith("about:"):
            return
        self.builder.flush()
        if embed_target(src) is None:
            self.tell(f"Not pasted: a frame of another site: {src[:LONGEST_SHOWN]}")
            return
        title, width, height = (str(element.get(name) or "") for name in ("title", "width", "height"))
        self.builder.add(PastedFrame(src, title, width, height))

    def media(self, element: Tag, context: InlineContext) -> None:
        self.tell(f"Not pasted: video or audio: {str(element.get('src') or 'without an address')[:LONGEST_SHOWN]}")

    # Inline ------------------------------------------------------------------------------------------------------

    def line_break(self, element: Tag, context: InlineContext) -> None:
        self.builder.add_run(BREAK)

    def link(self, element: Tag, context: InlineContext) -> None:
        address = link_target(element)
        if is_page_mark(element, address):
            return
        if address and scheme_of(address) not in LINK_SCHEMES | {""}:
            self.tell(f"Not pasted: a link that is not a web address: {address[:LONGEST_SHOWN]}")
            address = ""
        href = "" if address.startswith("#") else address
        self.inline(element, replace(context, href=href or context.href))

    def image(self, element: Tag, context: InlineContext) -> None:
        image = read_image(element, context.href)
        if image is None:
            return
        if is_emoji(element, image.alt):
            self.builder.add_run(PastedRun(image.alt, context.marks, context.href))
        else:
            self.builder.add(image)

    def checkbox(self, element: Tag, context: InlineContext) -> None:
        if element.get("type") == "checkbox":
            self.builder.add_run(PastedRun("☑ " if element.has_attr("checked") else "☐ ", kept=True))

    def formula(self, element: Tag, context: InlineContext) -> None:
        """Set formulas carry what they were written as; without that their signs stay as text."""
        tex = tex_of(element)
        if tex is None:
            self.walk(element, context if element.name == "math" else self.within(element, context))
        elif is_display(element):
            self.builder.add(PastedFormula(tex))
        else:
            self.builder.add_run(PastedRun(tex, context.marks | {"code"}))
            self.tell("A formula within a line stays as TeX code.")

    def span(self, element: Tag, context: InlineContext) -> None:
        if is_katex(element):
            self.formula(element, context)
        else:
            self.inline(element, context)

    def quotation(self, element: Tag, context: InlineContext) -> None:
        self.builder.add_run(PastedRun("“", context.marks))
        self.inline(element, context)
        self.builder.add_run(PastedRun("”", context.marks))


READERS: Mapping[str, Callable[[ClipboardReader, Tag, InlineContext], None]] = {
    **{f"h{level}": ClipboardReader.heading_element for level in range(1, 7)},
    "ul": ClipboardReader.list_element,
    "menu": ClipboardReader.list_element,
    "ol": ClipboardReader.list_element,
    "li": ClipboardReader.list_item,
    "blockquote": ClipboardReader.quote,
    "table": ClipboardReader.table,
    "hr": ClipboardReader.divider,
    "br": ClipboardReader.line_break,
    "a": ClipboardReader.link,
    "img": ClipboardReader.image,
    "figure": ClipboardReader.figure,
    "iframe": ClipboardReader.frame,
    "video": ClipboardReader.media,
    "audio": ClipboardReader.media,
    "input": ClipboardReader.checkbox,
    "math": ClipboardReader.formula,
    "span": ClipboardReader.span,
    "q": ClipboardReader.quotation,
}


def named_depth(element: Tag) -> int:
    """The depth that a list item names where lists are not nested: Word online, and editors built on Draft.js."""
    level = str(element.get("aria-level") or element.get("data-aria-level") or "")
    if level.isascii() and level.isdigit() and len(level) < 3:
        return int(level) - 1
    depth = _DRAFT_DEPTH.search(classes(element))
    return int(depth[1]) if depth else 0
