"""Goldmark, Hugo's Markdown, on markdown-it-py: CommonMark with GitHub's extensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from portfolio.markdown.attribute_lists import attribute_list_plugin
from portfolio.markdown.commonmark.alerts import alert_plugin
from portfolio.markdown.commonmark.autolinks import autolink_plugin
from portfolio.markdown.commonmark.dollar_maths import dollar_maths_plugin
from portfolio.markdown.html.media_base import move_media
from portfolio.markdown.kramdown.heading_ids import HeadingIds
from portfolio.markdown.options import Options
from portfolio.markdown.smart_punctuation import smart_punctuation_plugin
from portfolio.markdown.text import visible_text

MAX_NESTING = 60
_PLUGINS: Mapping[str, Callable[..., None]] = {
    "definitions": deflist_plugin,
    "footnotes": footnote_plugin,
    "tasklist": tasklists_plugin,
    "smart_punctuation": smart_punctuation_plugin,
    "autolink": autolink_plugin,
    "alerts": alert_plugin,
    "attribute_lists": attribute_list_plugin,
    "maths": dollar_maths_plugin,
}


@lru_cache(maxsize=8)
def parser(options: Options) -> MarkdownIt:
    """Return the parser for ``options``."""
    md = MarkdownIt(
        "commonmark",
        {
            "typographer": options.smart_quotes,
            "quotes": "".join(options.quotes[2:] + options.quotes[:2]),
            "maxNesting": MAX_NESTING,
            "breaks": options.hard_wrap,
        },
    )
    md.enable([name for name in ("table", "strikethrough") if name in options.extensions])
    if options.smart_quotes:
        md.enable("smartquotes")
    if options.smart_quotes and "smart_punctuation" not in options.extensions:
        md.enable("replacements")
    for name, plugin in _PLUGINS.items():
        if name in options.extensions:
            md.use(plugin)
    return md


def parse(text: str, options: Options, env: dict[str, Any] | None = None) -> list[Token]:
    """Return the tokens of ``text``, headings with their ids."""
    md = parser(options)
    tokens = md.parse(text, {} if env is None else env)
    if options.auto_ids:
        ids = HeadingIds()
        for opening, content in pairwise(tokens):
            if opening.type == "heading_open" and "id" not in opening.attrs:
                inline = md.renderer.renderInline  # type: ignore[attr-defined]  # a RendererHTML, whose protocol lacks it
                html = inline(content.children or [], md.options, {})
                opening.attrSet("id", ids.github(visible_text(html), options.auto_id_prefix))
    return tokens


def render(tokens: Sequence[Token], options: Options) -> str:
    md = parser(options)
    return move_media(md.renderer.render(tokens, md.options, {}), options.media_subpath)


def whole(text: str, options: Options) -> str:
    return render(parse(text, options), options)


def fragments(texts: Sequence[str], options: Options) -> tuple[tuple[str, ...], str]:
    """Return the HTML of each text and of the footnotes of all; link definitions are shared."""
    env: dict[str, Any] = {}
    for text in texts:
        # Definitions in a later text serve an earlier one, so all are collected first.
        parser(options).parse(text, env)
    shared = {"references": env.get("references", {})}
    html, notes = [], []
    for text in texts:
        tokens = parse(text, options, dict(shared))
        cut = next((place for place, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        html.append(render(tokens[:cut], options))
        notes.append(render(tokens[cut:], options))
    return tuple(html), "".join(notes)
