"""Writer of rich text as kramdown."""

from __future__ import annotations

from portfolio.markdown.writing.inline import BREAK, line_markdown
from portfolio.markdown.writing.rich_text_parser import (
    RichTextElement,
    RichTextItem,
    RichTextList,
    RichTextParagraph,
    parse_rich_text,
)

END_OF_LIST = "^"  # kramdown's sign that a block ends here


def rich_text_markdown(html: str, *, verbose: bool = False) -> str:
    """The paragraphs and lists of rich text whose links are plain addresses."""
    written = ""
    before: RichTextElement | None = None
    for element in parse_rich_text(html):
        text = element_markdown(element, verbose=verbose)
        if not text:
            continue
        lists = isinstance(element, RichTextList) and isinstance(before, RichTextList)
        written += (f"\n{END_OF_LIST}\n" if lists else "\n\n") + text if written else text
        before = element
    return written


def inline_markdown(html: str, *, verbose: bool = False) -> str:
    """Rich text of one line, such as a caption, without its paragraph."""
    paragraphs = [element for element in parse_rich_text(html) if isinstance(element, RichTextParagraph)]
    lines = (line_markdown(paragraph.runs, verbose=verbose) for paragraph in paragraphs)
    return "<br />".join(line.replace(BREAK, "<br />") for line in lines)


def element_markdown(element: RichTextElement, *, verbose: bool = False) -> str:
    if isinstance(element, RichTextParagraph):
        return line_markdown(element.runs, verbose=verbose)
    return "\n".join(list_lines(element, "", verbose))


def list_lines(element: RichTextList, indent: str, verbose: bool) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(element.items, start=1):
        marker = f"{number}. " if element.ordered else "- "
        lines += item_lines(item, marker, indent, verbose)
    return lines


def item_lines(item: RichTextItem, marker: str, indent: str, verbose: bool) -> list[str]:
    inner = indent + " " * len(marker)
    lines = [indent + marker + line_markdown(item.runs, indent=inner, verbose=verbose)]
    for below in item.lists:
        lines += list_lines(below, inner, verbose)
    return lines


def block_quote(markdown: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in markdown.split("\n"))
