"""What the résumé says of a role without a summary, whose text is long: its first words and points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experience.resume.points import items_in
from portfolio.blocks.body.rendering import render_body
from portfolio.markdown.paragraphs import paragraphs
from portfolio.markdown.text import visible_text

if TYPE_CHECKING:
    from experience.models import ExperiencePage

SHORT = 100  # words; such a text is shown whole
MOST_POINTS = 4
MOST_KEPT = 0.8  # of the words; else all of them may as well be shown


@dataclass(frozen=True, slots=True)
class RoleBrief:
    """The first paragraph, unless the text begins with a list, and the first items of lists."""

    paragraph: str
    points: list[str]


def brief_of(role: ExperiencePage) -> RoleBrief | None:
    """None where the summary or the whole text is short enough, or where little would be left out.

    The references of the body must have been looked up.
    """
    if role.summary:
        return None
    html = render_body(role.body, {})
    points = items_in(html)
    first = next(paragraphs(html), "")
    whole = words_in(visible_text(html))
    if not first or (whole <= SHORT and len(points) <= MOST_POINTS):
        return None
    brief = RoleBrief("" if points and first.startswith(points[0]) else first, points[:MOST_POINTS])
    kept = words_in(" ".join([brief.paragraph, *brief.points]))
    return brief if kept < MOST_KEPT * whole else None


def words_in(text: str) -> int:
    return len(text.split())
