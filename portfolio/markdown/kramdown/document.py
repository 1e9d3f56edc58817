"""Definitions of a document: link, footnote, abbreviation and attribute definitions, and options."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio.markdown.kramdown.tree import AttributeList, Element
from portfolio.markdown.options import Options, quote_characters, toc_levels


@dataclass(slots=True)
class LinkDefinition:
    address: str
    title: str
    definition: Element


@dataclass(slots=True)
class FootnoteDefinition:
    content: Element
    definition: Element


@dataclass(slots=True)
class AbbreviationDefinition:
    title: str
    definition: Element


@dataclass(slots=True)
class Definitions:
    """What one place of a document defines and every other may use."""

    options: Options
    links: dict[str, LinkDefinition] = field(default_factory=dict)
    footnotes: dict[str, FootnoteDefinition] = field(default_factory=dict)
    abbreviations: dict[str, AbbreviationDefinition] = field(default_factory=dict)
    attribute_lists: dict[str, AttributeList] = field(default_factory=dict)

    def set_option(self, name: str, value: str) -> None:
        """Follow ``{::options name="value" /}``; options that cannot matter here are passed over."""
        switches = {
            "parse_block_html": "parse_block_html",
            "parse_span_html": "parse_span_html",
            "auto_ids": "auto_ids",
        }
        word = value.strip().lower()
        if name in switches and word in ("true", "false"):
            change: dict[str, Any] = {switches[name]: word == "true"}
            self.options = replace(self.options, **change)
        elif name == "auto_id_prefix":
            self.options = replace(self.options, auto_id_prefix=value)
        elif name == "header_offset" and word.lstrip("-").isdecimal():
            self.options = replace(self.options, header_offset=int(word))
        elif name == "footnote_nr" and word.isdecimal():
            self.options = replace(self.options, footnote_start=int(word))
        elif name == "toc_levels":
            self.options = replace(self.options, toc_levels=toc_levels(word))
        elif name == "smart_quotes":
            self.options = replace(self.options, quotes=quote_characters(value) or self.options.quotes)


def normal_link_id(name: str) -> str:
    """Return the form under which a link's name is looked up: white space folded, case ignored."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", name).lower()
