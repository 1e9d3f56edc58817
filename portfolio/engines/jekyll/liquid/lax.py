"""Lax parser: expressions with invalid Liquid, parsed as by Ruby's Liquid in lax mode, which Jekyll uses.

Texts about other template languages and wikis contain many of them. The rules are those of
``Liquid::Variable#lax_parse``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liquid import Node, Token, TokenStream
from liquid.builtin.expressions import FilteredExpression, LoopExpression, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.assign_tag import AssignNode, AssignTag
from liquid.builtin.tags.for_tag import ENDFORBLOCK, ENDFORELSEBLOCK, TAG_ELSE, TAG_ENDFOR, ForTag
from liquid.exceptions import LiquidSyntaxError
from liquid.parser import get_parser
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from portfolio.documents.document import Severity

if TYPE_CHECKING:
    from liquid import Environment
    from liquid.builtin.expressions import TernaryFilteredExpression

    from portfolio.engines.jekyll.liquid.state import LiquidContext

_QUOTED = r""""[^"]*"|'[^']*'"""
_FRAGMENT = rf"""(?:{_QUOTED}|(?:[^\s,|'"]|{_QUOTED})+)"""
_FIRST = re.compile(rf"({_FRAGMENT})(.*)", re.DOTALL)
_FILTERS = re.compile(r"\|\s*(.*)", re.DOTALL)
_FILTER = re.compile(rf"(?:\s+|{_FRAGMENT}|,)+")
_ARGUMENT = re.compile(rf"[:,]\s*(?:(\w+)\s*:\s*)?({_FRAGMENT})")
_VALUE = re.compile(rf"{_QUOTED}|-?\d+(?:\.\d+)?|[A-Za-z_][\w-]*\??(?:\.[A-Za-z_][\w-]*\??|\[(?:\d+|{_QUOTED})\])*")
_LOOP = re.compile(rf"\s*([\w-]+)\s+in\s+({_FRAGMENT})\s*(reversed\b)?", re.DOTALL)
_RANGE = re.compile(r"\((?:\d+|[A-Za-z_][\w.-]*)\.\.(?:\d+|[A-Za-z_][\w.-]*)\)")
_LOOP_ARGUMENT = re.compile(rf"\b(limit|offset)\s*:\s*({_FRAGMENT})")
_ASSIGNMENT = re.compile(r"\s*([\w.-]+)\s*=\s*(.*?)\s*\Z", re.DOTALL)


def proper(markup: str) -> str:
    """Return ``markup`` as valid Liquid as the lax parser reads it: a value, then filters with arguments."""
    match = _FIRST.search(markup)
    if match is None:
        return "nil"
    written = [_value(match[1])]
    rest = _FILTERS.search(match[2])
    for text in _FILTER.findall(rest[1]) if rest else ():
        if name := re.search(r"\w+", text):
            arguments = [f"{key}: {_value(value)}" if key else _value(value) for key, value in _ARGUMENT.findall(text)]
            written.append(f"{name[0]}: {', '.join(arguments)}" if arguments else name[0])
    return " | ".join(written)


def _value(fragment: str) -> str:
    return fragment if _VALUE.fullmatch(fragment) else "nil"


class LaxOutput(Output):
    """``{{ … }}`` with a fallback to the lax parser."""

    def parse(self, stream: TokenStream) -> OutputNode:
        token = stream.current
        try:
            return super().parse(stream)
        except LiquidSyntaxError:
            return self.node_class(token, _expression(self.env, stream.current.value, token))


class LaxAssign(AssignTag):
    """``{% assign … %}`` with a fallback to the lax parser."""

    def parse(self, stream: TokenStream) -> AssignNode:
        token = stream.current
        try:
            return super().parse(stream)
        except LiquidSyntaxError:
            while stream.current.kind == TOKEN_TAG and stream.peek.kind == TOKEN_EXPRESSION:
                next(stream)
            match = _ASSIGNMENT.match(stream.current.value)
            if match is None:
                raise
            name: Any = match[1]  # an Identifier is text with a position
            return self.node_class(token, name=name, expression=_expression(self.env, match[2], token))


class LaxFor(ForTag):
    """``{% for … %}`` with a fallback to the lax parser, which passes over filters and what else it does not know."""

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        markup = stream.current.value
        inner = stream.into_inner(tag=token)
        try:
            loop = LoopExpression.parse(self.env, inner)
        except LiquidSyntaxError:
            match = _LOOP.match(markup)
            if match is None:
                raise
            _report(self.env, markup, token)
            values = match[2] if _RANGE.fullmatch(match[2]) else _value(match[2])
            text = f"{match[1]} in {values}{' reversed' if match[3] else ''} "
            text += " ".join(f"{name}: {_value(value)}" for name, value in _LOOP_ARGUMENT.findall(markup))
            parent = Token(TOKEN_EXPRESSION, text, 0, text)
            loop = LoopExpression.parse(self.env, TokenStream(tokenize(text, parent)))
        parse_block = get_parser(self.env).parse_block
        block, default = parse_block(stream, ENDFORBLOCK), None
        if stream.current.is_tag(TAG_ELSE):
            next(stream)
            default = parse_block(stream, ENDFORELSEBLOCK)
        stream.expect(TOKEN_TAG, value=TAG_ENDFOR)
        return self.node_class(token, expression=loop, block=block, default=default)


def _report(env: Environment, markup: str, token: Token) -> None:
    message = f"{markup.strip()!r} is not valid Liquid; it is read as Jekyll reads it, which may show nothing"
    context: LiquidContext = env.context  # type: ignore[attr-defined]  # of a JekyllEnvironment
    context.report(Severity.WARNING, "lax-liquid", message, token)


def _expression(env: Environment, markup: str, token: Token) -> FilteredExpression | TernaryFilteredExpression:
    _report(env, markup, token)
    text = proper(markup)
    return FilteredExpression.parse(env, TokenStream(tokenize(text, Token(TOKEN_EXPRESSION, text, 0, text))))
