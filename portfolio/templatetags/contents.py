"""``{% contents page.body as sections %}``: table of contents of a long text."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from wagtail.blocks.stream_block import StreamValue

from portfolio.blocks.headings import heading_anchors

register = template.Library()

MIN_SECTIONS = 4


@dataclass(frozen=True, slots=True)
class ContentsSection:
    """A heading and the id it has in the page."""

    anchor: str
    text: str


@register.simple_tag
def contents(body: StreamValue | None) -> list[ContentsSection]:
    """The headings of the highest level in the body; none when a reader can see without a list that they are few."""
    children = list(body or ())
    headings = [(children[place].value, anchor) for place, anchor in sorted(heading_anchors(children).items())]
    highest = min((value["level"] for value, _ in headings), default="")
    sections = [ContentsSection(anchor, value["text"]) for value, anchor in headings if value["level"] == highest]
    return sections if len(sections) >= MIN_SECTIONS else []
