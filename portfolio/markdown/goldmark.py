"""Hugo's reading of Markdown, on markdown-it-py: CommonMark with GitHub's extensions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from portfolio.markdown.kramdown.heading_ids import HeadingIds
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text

MAX_NESTING = 60


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
    md.enable(["table", "strikethrough"])
    if options.smart_quotes:
        md.enable(["replacements", "smartquotes"])
    return md.use(deflist_plugin).use(footnote_plugin)


def parse(text: str, options: Options, env: dict[str, Any] | None = None) -> list[Token]:
    """Return the tokens of ``text``, headings with their ids."""
    md = parser(options)
    tokens = md.parse(text, {} if env is None else env)
    if options.auto_ids:
        ids = HeadingIds()
        for opening, content in pairwise(tokens):
            if opening.type == "heading_open" and "id" not in opening.attrs:
                html = md.renderer.renderInline(content.children or [], md.options, {})
                opening.attrSet("id", ids.github(visible_text(html), options.auto_id_prefix))
    return tokens


def render(tokens: Sequence[Token], options: Options) -> str:
    md = parser(options)
    return md.renderer.render(tokens, md.options, {})


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
