"""Footnote numbers, and the list of footnotes at the end."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.markdown.kramdown.document import Definitions
from portfolio.markdown.kramdown.escaping import escaped_text
from portfolio.markdown.kramdown.tree import Element


class FootnoteList:
    """Footnotes in the order of their first mark; a footnote marked again keeps its number."""

    def __init__(self, start: int) -> None:
        self.start = start
        # Names in order, and how often each was marked again.
        self.names: list[str] = []
        self.repeats: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def mark(self, name: str) -> str:
        """Return the mark that stands in the text."""
        if name not in self._numbers:
            self._numbers[name] = self.start + len(self.names)
            self.names.append(name)
        again = self.repeats[name] = self.repeats.get(name, -1) + 1
        number = self._numbers[name]
        repeat = f":{again}" if again else ""
        return (
            f'<sup id="fnref:{name}{repeat}" role="doc-noteref">'
            f'<a href="#fn:{name}" class="footnote" rel="footnote">{number}</a></sup>'
        )

    def write(self, definitions: Definitions, write: Callable[[Element, int], str]) -> str:
        """Return the list, "" when nothing was marked. Footnotes marked only by footnotes come last."""
        items: list[str] = []
        while len(items) < len(self.names):
            items.append(self._item(self.names[len(items)], definitions, write))
        if not items:
            return ""
        start = f' start="{self.start}"' if self.start != 1 else ""
        return f'<div class="footnotes" role="doc-endnotes">\n  <ol{start}>\n{"".join(items)}  </ol>\n</div>\n'

    def _item(self, name: str, definitions: Definitions, write: Callable[[Element, int], str]) -> str:
        content = definitions.footnotes[name].content
        item = Element("li", attributes={"id": f"fn:{name}", "role": "doc-endnote"}, children=list(content.children))
        paragraph, space = Element("p"), ""
        if item.children and item.children[-1].kind == "p":
            last = item.children[-1]
            paragraph = Element("p", attributes=last.attributes, children=list(last.children), listed=last.listed)
            paragraph.transparent = last.transparent
            item.children[-1] = paragraph
            space = "\u00a0"
        else:
            item.children.append(paragraph)
        backlink = escaped_text(definitions.options.footnote_backlink)
        if backlink:
            paragraph.children.append(Element("raw", space + _way_back(name, backlink)))
            for again in range(1, self.repeats[name] + 1):
                link = _way_back(f"{name}:{again}", f"{backlink}<sup>{again + 1}</sup>")
                paragraph.children.append(Element("raw", f"\u00a0{link}"))
        return write(item, 4)


def _way_back(target: str, shown: str) -> str:
    return f'<a href="#fnref:{target}" class="reversefootnote" role="doc-backlink">{shown}</a>'
