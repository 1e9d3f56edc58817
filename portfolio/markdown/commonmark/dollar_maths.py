"""Formulas between dollar signs in CommonMark, as GitHub reads them.

https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
A sign beside a digit or a blank is money: ``$5 and $6``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from portfolio.markdown.maths import marked_tex


def dollar_maths_plugin(md: MarkdownIt) -> None:
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    md.add_render_rule("math_inline", _inline)
    md.add_render_rule("math_inline_double", _display)
    md.add_render_rule("math_block", _block)


def _inline(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return marked_tex(tokens[place].content, display=False, dollar=True)


def _display(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return marked_tex(tokens[place].content, display=True)


def _block(_: Any, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return marked_tex(tokens[place].content, display=True) + "\n"
