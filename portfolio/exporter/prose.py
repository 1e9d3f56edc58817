"""Rich text as kramdown."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.exporter.inline import line
from portfolio.exporter.rich_text import Element, Item, Listing, Paragraph, read

END_OF_LIST = "^"  # kramdown's sign that a block ends here


def prose(html: str, *, verbose: bool = False) -> str:
    """The paragraphs and lists of rich text whose links are plain addresses."""
    written = ""
    before: Element | None = None
    for element in read(html):
        text = element_markdown(element, verbose=verbose)
        if not text:
            continue
        lists = isinstance(element, Listing) and isinstance(before, Listing)
        written += (f"\n{END_OF_LIST}\n" if lists else "\n\n") + text if written else text
        before = element
    return written


def element_markdown(element: Element, *, verbose: bool = False) -> str:
    if isinstance(element, Paragraph):
        return line(element.runs, verbose=verbose)
    return "\n".join(listing(element, "", verbose))


def listing(element: Listing, indent: str, verbose: bool) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(element.items, start=1):
        marker = f"{number}. " if element.ordered else "- "
        lines += item_lines(item, marker, indent, verbose)
    return lines


def item_lines(item: Item, marker: str, indent: str, verbose: bool) -> list[str]:
    inner = indent + " " * len(marker)
    lines = [indent + marker + line(item.runs, indent=inner, verbose=verbose)]
    for below in item.lists:
        lines += listing(below, inner, verbose)
    return lines


def inline(html: str, *, verbose: bool = False) -> str:
    """Rich text of one line, such as a caption, without its paragraph."""
    return "<br />".join(line(runs, verbose=verbose) for runs in _lines(read(html)))


def _lines(elements: Sequence[Element]) -> list[list]:
    return [element.runs for element in elements if isinstance(element, Paragraph)]
