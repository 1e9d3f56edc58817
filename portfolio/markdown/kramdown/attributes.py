"""Attribute lists: ``{: .class #id key="value" reference}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio.markdown.kramdown.syntax import IDENTIFIER
from portfolio.markdown.kramdown.tree import AttributeList, merge_attributes

_CLASS = r"\.[^ \t\r\n\f\v.#]+"
_ID = r"\#[A-Za-z][A-Za-z0-9_:-]*"
_ITEM = re.compile(
    rf"""(?:\A|[ \t\r\n\f\v])(?:
        (?P<key>{IDENTIFIER})=(?P<quote>["'])(?P<value>(?:\\\}}|\\(?P=quote)|[^}}])*?)(?P=quote)
      | (?P<reference>{IDENTIFIER})
      | (?P<names>(?:{_ID}|{_CLASS})+)
    )(?=[ \t\r\n\f\v]|\Z)""",
    re.VERBOSE,
)
_NAME = re.compile(rf"(?P<id>{_ID})|(?P<class>{_CLASS})")
MAX_REFERENCE_DEPTH = 8


def read_attribute_list(text: str, into: AttributeList) -> None:
    """Add to ``into`` what ``text``, the part between ``{:`` and ``}``, says; what it cannot read it leaves out."""
    if text.strip() in ("", ":"):
        return
    for item in _ITEM.finditer(text):
        if item["reference"]:
            into.references.append(item["reference"])
        elif item["names"]:
            for name in _NAME.finditer(item["names"]):
                if name["class"]:
                    merge_attributes(into.values, {"class": name["class"][1:]})
                else:
                    into.values["id"] = name["id"][1:]
        else:
            into.values[item["key"]] = re.sub(rf"\\(\}}|{item['quote']})", r"\1", item["value"])


def apply_attribute_list(
    attributes: dict[str, str], listed: AttributeList, named: Mapping[str, AttributeList], depth: int = 0
) -> None:
    """Set on ``attributes`` what ``listed`` says, the lists it refers to first."""
    if depth < MAX_REFERENCE_DEPTH:
        for reference in listed.references:
            if reference in named:
                apply_attribute_list(attributes, named[reference], named, depth + 1)
    merge_attributes(attributes, listed.values)
