"""How a text is to be read: the engine and those of its settings that change what a reader sees."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.markdown.nodes import Flavour


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of one site's Markdown; the defaults are those of Jekyll 4 (kramdown with its GFM parser).

    ``gfm`` chooses between kramdown's two parsers ("input: GFM" or "input: kramdown"): fences of backticks, task
    lists, strikethrough, lists that interrupt paragraphs and GitHub's heading ids belong to the first one only.
    ``toc_levels`` are the heading levels that a table of contents lists. ``quotes`` are the four characters used
    by smart quotes: single left, single right, double left, double right. ``smart_quotes=False`` leaves straight
    quotes straight. ``mathml=False`` writes formulas as TeX between ``\\(…\\)`` and ``\\[…\\]``, as the engine does for
    a script in the browser. ``paragraph_end=False`` is kramdown's ``gfm_quirks: []``.
    """

    flavour: Flavour = Flavour.KRAMDOWN
    gfm: bool = True
    hard_wrap: bool = False
    smart_quotes: bool = True
    quotes: tuple[str, str, str, str] = ("\u2018", "\u2019", "\u201c", "\u201d")
    typographic_symbols: bool = True
    auto_ids: bool = True
    auto_id_prefix: str = ""
    header_offset: int = 0
    toc_levels: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    footnote_start: int = 1
    footnote_backlink: str = "&#8617;"
    syntax_highlight: bool = True
    mathml: bool = True
    parse_block_html: bool = False
    parse_span_html: bool = True
    paragraph_end: bool = True
