"""Lexer: python-liquid's lexer with fixes for two differences from Ruby's Liquid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from liquid import Token
from liquid.lex import get_lexer
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG

_LEXER: Any = get_lexer()  # a functools.partial, although annotated otherwise
# It uses ``$`` for the end of the template, which in Python also matches before a last line break. That line break then
# becomes a token of its own and is lost if the tag before it trims white space.
_RULES = re.compile(_LEXER.keywords["rules"].pattern.replace("|$)", r"|\Z)"), re.DOTALL)

# Keywords cannot be attribute names: ``page.limit`` is an error, ``page["limit"]`` is not.
_WORDS = (
    "continue|for|with|as|in|limit|offset|reversed|cols|if|else|and|or|not|contains|required|true|false|nil|null|empty|"
    "blank"
)
_NAMED_LIKE_A_WORD = re.compile(rf"""("[^"]*"|'[^']*')|(?<!\.)\.({_WORDS})(?![\w-])""")
_TAGS_WITH_EXPRESSIONS = frozenset(
    {"if", "elsif", "unless", "for", "assign", "case", "when", "cycle", "tablerow", "echo"}
)


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a template."""
    expects_values = False
    for token in _LEXER.func(source, rules=_RULES):
        if token.kind == TOKEN_EXPRESSION and expects_values and "." in token.value:
            token = token._replace(value=_NAMED_LIKE_A_WORD.sub(_in_brackets, token.value))
        expects_values = token.kind == TOKEN_OUTPUT or (
            token.kind == TOKEN_TAG and token.value in _TAGS_WITH_EXPRESSIONS
        )
        yield token


def _in_brackets(match: re.Match[str]) -> str:
    return match[1] if match[1] is not None else f'["{match[2]}"]'
