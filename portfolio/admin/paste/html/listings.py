"""Code listings: language, and text with line breaks and indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import NavigableString, Tag

from portfolio.admin.paste.html.constructs import PastedCode, PastedConstruct, PastedParagraph
from portfolio.admin.paste.html.runs import is_code, source_text
from portfolio.admin.paste.html.styles import classes, is_hidden, is_monospaced, keeps_space, style_of

MAX_LANGUAGE = 50  # characters, as in the code block
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|brush:|sourceCode)[-: ]+([\w+#.-]+)")
_SPHINX = re.compile(r"(?:^|\s)highlight-([\w+#.-]+)\s+notranslate\b")
_NO_LANGUAGE = frozenset("none plain plaintext text txt default nohighlight console-output".split())
# Language names of code editors and GitHub for which Pygments has another name.
_NAMES = {
    "typescriptreact": "tsx", "javascriptreact": "jsx", "shellscript": "bash", "jsonc": "json", "html-basic": "html",
    "batchfile": "bat", "dotenv": "bash", "objective-c": "objc", "viml": "vim", "github-actions-workflow": "yaml",
}  # fmt: skip
_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?numbers?(?:-rows)?|linenos?|lineno|lnt?|gutter|blob-num|hljs-ln-numbers)(?:$|[\s_-])"
)
_CODE_CELL = re.compile(r"(?:^|\s)(?:blob-code(?:-inner)?|js-file-line|rouge-code|hljs-ln-code|code)(?:$|\s)")
_LINES = frozenset("div p li tr blockquote".split())
_BLOCK_DISPLAY = ("block", "inline-block", "grid", "flex", "table")


def is_listing(element: Tag) -> bool:
    """A ``<pre>``, or a box in monospaced type that keeps white space, as code editors and terminals write it."""
    if element.name == "pre":
        return True
    if not keeps_space(element) or not is_monospaced(element):
        return False
    return element.name in ("div", "section", "figure") or style_of(element).get("display", "") in _BLOCK_DISPLAY


def is_listing_table(element: Tag) -> bool:
    """Whether a table is code, with a row for each line or with line numbers in a column."""
    cells = element.find_all("td", limit=4)
    return any(_CODE_CELL.search(classes(cell)) for cell in cells) and any(
        _NUMBERS.search(classes(cell)) or cell.find("pre") for cell in cells
    )


def language_of(element: Tag) -> str:
    """Return the language named by the element, its parents or its content, "" if there is none."""
    around = [parent for parent in (element.parent, element.parent.parent if element.parent else None) if parent]
    for tag in [element, *element.find_all("code", limit=1), *element.find_all("td", limit=2), *around]:
        for name in ("data-lang", "data-language", "lang"):
            if tag.get(name):
                return language_name(str(tag[name]))
        if match := _LANGUAGE.search(classes(tag)) or _SPHINX.search(classes(tag)):
            return language_name(match[1])
    return ""


def language_name(language: str) -> str:
    """Return the language name for the code block; "" for plain text or an invalid name."""
    language = language.strip().lower()
    language = _NAMES.get(language, language)
    return "" if language in _NO_LANGUAGE or len(language) > MAX_LANGUAGE else language


def listing_text(element: Tag) -> str:
    """Return the visible text: a line for each ``<br>`` and block, without line numbers and outer blank lines."""
    writer = ListingLines()
    writer.walk(element)
    text = "".join(writer.pieces).replace("\r\n", "\n").replace("\xa0", " ")
    return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", text)


def join_code(constructs: Sequence[PastedConstruct]) -> Iterator[PastedConstruct]:
    """Join adjacent paragraphs in a monospaced font to code, if they have several lines."""
    lines: list[PastedParagraph] = []
    for construct in [*constructs, None]:
        if isinstance(construct, PastedParagraph) and is_code(construct.runs):
            lines.append(construct)
            continue
        code = "\n".join(source_text(paragraph.runs) for paragraph in lines).strip("\n").rstrip()
        if "\n" in code:
            yield PastedCode("", code)
        else:
            yield from lines
        lines = []
        if construct is not None:
            yield construct


class ListingLines:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.ended = False  # a block has ended, so the next text starts a new line

    def text(self, text: str) -> None:
        if not text:
            return
        if self.ended:
            self.pieces.append("\n")
        self.ended = False
        self.pieces.append(text)

    def walk(self, element: Tag) -> None:
        for child in element.children:
            if isinstance(child, NavigableString):
                if child.strip() or element.name not in ("table", "tbody", "tr"):
                    self.text(str(child))
            elif isinstance(child, Tag):
                self.tag(child)

    def tag(self, element: Tag) -> None:
        if element.name == "br":
            self.text("\n")
            return
        style = style_of(element)
        if is_hidden(element) or _NUMBERS.search(classes(element)) or style.get("user-select") == "none":
            return
        if element.name not in _LINES and style.get("display") != "block":
            self.walk(element)
            return
        if not self.ended and self.pieces and not self.pieces[-1].endswith("\n"):
            self.ended = True
        before = len(self.pieces)
        self.walk(element)
        if len(self.pieces) > before:
            # A line break at the end of a block does not start another line.
            self.ended = not self.pieces[-1].endswith("\n")
