"""Markdown options: the engine, and those of its settings that change what a reader sees."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from html.entities import name2codepoint
from typing import Any

from portfolio.markdown.nodes import Flavour


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of one site's Markdown; the defaults are those of Jekyll 4 (kramdown with its GFM parser).

    ``gfm`` chooses between kramdown's two parsers ("input: GFM" or "input: kramdown"): fences of backticks, task
    lists, strikethrough, lists that interrupt paragraphs and GitHub's heading ids belong to the first one only.
    ``toc_levels`` are the heading levels that a table of contents lists. ``quotes`` are the four characters used
    by smart quotes: single left, single right, double left, double right. ``smart_quotes=False`` leaves straight
    quotes straight. ``marked_maths=False`` writes formulas as TeX between ``\\(…\\)`` and ``\\[…\\]``, as the engine
    does for a script in the browser; else they are marked for `maths.show_formulas`. ``paragraph_end=False`` is
    kramdown's ``gfm_quirks: []``. ``tex_delimiters`` are those that a script of the site looked for (`delimiters`), and
    ``tex_macros`` the definitions that it had.
    ``extensions`` are what a CommonMark engine reads beside CommonMark; ``media_subpath`` is the folder of one
    document's pictures (`media_base`).
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
    marked_maths: bool = True
    parse_block_html: bool = False
    parse_span_html: bool = True
    paragraph_end: bool = True
    tex_delimiters: tuple[str, ...] = ()
    tex_macros: str = ""
    extensions: tuple[str, ...] = ("table", "strikethrough", "footnotes", "definitions")
    media_subpath: str = ""

    def settings(self) -> str:
        """The settings that differ from the defaults, as JSON, "" when none does; the flavour is not among them.

        Nor are the macros of the site, which are a setting of the site here.
        """
        changed = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("flavour", "tex_macros") and getattr(self, field.name) != field.default
        }
        return json.dumps(changed, ensure_ascii=False) if changed else ""

    def with_settings(self, text: str) -> Options:
        """What `settings` gave, applied to these options. Unknown names and values of another kind are passed over."""
        try:
            said = json.loads(text) if text else {}
        except (ValueError, RecursionError):
            return self
        changes: dict[str, Any] = {}
        for field in fields(self) if isinstance(said, dict) else ():
            value: Any = said.get(field.name)
            default: Any = field.default
            if isinstance(value, list):
                value = tuple(value)
            if field.name in ("flavour", "tex_macros") or type(value) is not type(default):
                continue
            if field.name == "quotes" and not (len(value) == 4 and all(isinstance(part, str) for part in value)):
                continue
            if field.name == "toc_levels" and not all(type(level) is int for level in value):
                continue
            if field.name in ("tex_delimiters", "extensions") and not all(isinstance(mark, str) for mark in value):
                continue
            changes[field.name] = value
        return replace(self, **changes)


def toc_levels(value: Any) -> tuple[int, ...]:
    """Read "1..3", "2,3" or a list of numbers; () when it is none of them."""
    if isinstance(value, list | tuple):
        return tuple(level for level in value if isinstance(level, int) and 1 <= level <= 6)
    first, dots, last = str(value).partition("..")
    if dots and first.strip().isdecimal() and last.strip(" .").isdecimal():
        return tuple(range(int(first), min(int(last.strip(" .")), 6) + 1))
    return tuple(int(part) for part in str(value).replace(",", " ").split() if part.isdecimal())


def quote_characters(value: Any) -> tuple[str, str, str, str] | None:
    """Read four names or numbers of characters ("lsquo,rsquo,ldquo,rdquo", or a list); None when they are not four."""
    names = [str(part).strip() for part in (value if isinstance(value, list) else str(value).split(","))]
    if len(names) != 4:
        return None
    single_left, single_right, double_left, double_right = (_character(name) for name in names)
    return (single_left, single_right, double_left, double_right)


def _character(name: str) -> str:
    if name.isdecimal():
        return chr(int(name)) if int(name) < 0xD800 else "'"
    return chr(name2codepoint.get(name, ord("'")))
