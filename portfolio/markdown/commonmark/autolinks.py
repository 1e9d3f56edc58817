"""GitHub's extended autolinks: addresses that stand in the text as such become links.

https://github.github.com/gfm/#autolinks-extension-
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_DOMAIN = r"(?:[\w-]+\.)*[a-zA-Z0-9-]+\.[a-zA-Z0-9-]+"
_ADDRESS = re.compile(
    rf"(?<![\w/.@])(?:(?:https?|ftp)://{_DOMAIN}|www\.{_DOMAIN})[^\s<]*|(?<![\w/.+-])[\w.+-]+@{_DOMAIN}(?![\w-])", re.I
)
_ENTITY_END = re.compile(r"&[a-zA-Z0-9]+;\Z")


def autolink_plugin(md: MarkdownIt) -> None:
    md.core.ruler.after("inline", "autolink", _link_addresses)


def _link_addresses(state: StateCore) -> None:
    for block in state.tokens:
        if block.type != "inline" or not block.children or not re.search(r"://|www\.|@", block.content, re.I):
            continue
        children: list[Token] = []
        depth = 0
        for token in _joined(block.children):
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            children += _linked(token) if token.type == "text" and not depth else [token]
        block.children = children


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with neighbouring texts as one: a character that might have been a mark ends a text."""
    for kind, group in groupby(tokens, key=lambda token: token.type):
        if kind == "text":
            texts = list(group)
            yield _text("".join(token.content for token in texts), texts[0].level)
        else:
            yield from group


def _linked(token: Token) -> Iterator[Token]:
    position, text = 0, token.content
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match[0])
        if match.start() > position:
            yield _text(text[position : match.start()], token.level)
        target = address if "://" in address else f"http://{address}" if "@" not in address else f"mailto:{address}"
        yield Token("link_open", "a", 1, attrs={"href": target}, markup="autolink", info="auto", level=token.level)
        yield _text(address, token.level + 1)
        yield Token("link_close", "a", -1, markup="autolink", info="auto", level=token.level)
        position = match.start() + len(address)
    if position < len(text):
        yield _text(text[position:], token.level)


def _without_punctuation(address: str) -> str:
    """What belongs to the sentence and not to the address at its end."""
    while address:
        if address[-1] in "?!.,:*_~'\"" or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        elif match := _ENTITY_END.search(address):
            address = address[: match.start()]
        else:
            break
    return address


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
