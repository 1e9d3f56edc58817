"""A short table of contents for long texts."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.rendering import heading_anchors

register = template.Library()

FEWEST = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the id it has in the page."""

    anchor: str
    text: str


@register.simple_tag
def contents(body: StreamValue | None) -> list[Section]:
    """The headings of the highest level in the body; none when a reader can see without a list that they are few."""
    children = list(body or ())
    headings = [(children[place].value, anchor) for place, anchor in sorted(heading_anchors(children).items())]
    highest = min((value["level"] for value, _ in headings), default="")
    sections = [Section(anchor, value["text"]) for value, anchor in headings if value["level"] == highest]
    return sections if len(sections) >= FEWEST else []
