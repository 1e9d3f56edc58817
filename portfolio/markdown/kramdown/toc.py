"""Tables of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.markdown.kramdown.tree import Element


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the page and the spans it shows."""

    level: int
    id: str
    children: Sequence[Element]


def toc_tree(entries: Sequence[TocEntry], place: Element) -> Element:
    """Return the nested list that replaces ``place``, the list marked ``{:toc}``."""
    tree = Element(place.kind, attributes=dict(place.attributes))
    identity = tree.attributes.setdefault("id", "markdown-toc")
    # Open lists, each with the level of the entries it holds items for.
    stack: list[tuple[int, Element]] = []
    for entry in entries:
        link = Element("a", attributes={"href": f"#{entry.id}", "id": f"{identity}-{entry.id}"})
        link.children = _without_links_and_notes(entry.children)
        item = Element("li", children=[Element("p", children=[link], transparent=True)])
        while stack and stack[-1][0] >= entry.level:
            stack.pop()
        if not stack:
            tree.children.append(item)
        else:
            parent = stack[-1][1]
            if parent.children[-1].kind != place.kind:
                parent.children.append(Element(place.kind))
            parent.children[-1].children.append(item)
        stack.append((entry.level, item))
    return tree


def _without_links_and_notes(elements: Sequence[Element]) -> list[Element]:
    kept: list[Element] = []
    for element in elements:
        if element.kind == "footnote":
            continue
        children = _without_links_and_notes(element.children)
        if element.kind == "a":
            kept.extend(children)
        elif element.children:
            kept.append(
                Element(element.kind, element.text, element.attributes, children, element.listed, meta=element.meta)
            )
        else:
            kept.append(element)
    return kept
