"""Element tree: built by the rules, written as HTML by the writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class AttributeList:
    """The content of ``{: #id .class key="value" reference}``."""

    values: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)

    def merge(self, other: AttributeList) -> None:
        """Take over what ``other`` says; classes add up, everything else is replaced."""
        self.references.extend(other.references)
        merge_attributes(self.values, other.values)


@dataclass(slots=True, eq=False)
class Element:
    """A block or a span.

    ``kind`` is a plain name ("p", "em", "codeblock", "text", …). ``raw_text`` elements hold text whose spans are
    not read yet. ``transparent`` paragraphs show only their content (tight list items). ``meta`` holds what only
    one kind needs and is named where that kind is made. ``start`` is the offset in the text for children of the
    root, -1 elsewhere.
    """

    kind: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    listed: AttributeList | None = None
    transparent: bool = False
    start: int = -1
    meta: dict[str, Any] = field(default_factory=dict)

    def attribute_list(self) -> AttributeList:
        if self.listed is None:
            self.listed = AttributeList()
        return self.listed

    def add_text(self, text: str, kind: str = "text") -> None:
        """Append ``text``, joining it to a last child of the same kind."""
        if self.children and self.children[-1].kind == kind:
            self.children[-1].text += text
        elif text:
            self.children.append(Element(kind, text))


def merge_attributes(into: dict[str, str], values: dict[str, str]) -> None:
    for key, value in values.items():
        into[key] = f"{into.get(key, '')} {value}".lstrip() if key == "class" else value
