"""Markdown to HTML, as the chosen engine shows it. Not sanitised: that is the caller's last step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt

from portfolio.markdown.options import Options


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page that stands outside the fragments: ``level`` 1-6, its ``id``, its plain ``text``."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Fragments:
    """``html`` of each fragment, and the list of footnotes of all of them ("" when there are none)."""

    html: tuple[str, ...]
    footnotes: str


def to_html(text: str, options: Options) -> str:
    return MarkdownIt("gfm-like", {"linkify": False}).render(text)


def render_fragments(sources: Sequence[str], options: Options, headings: Sequence[Heading] = ()) -> Fragments:
    return Fragments(tuple(to_html(source, options) for source in sources), "")
