"""Listings between fences."""

from __future__ import annotations

import re
from functools import lru_cache

from portfolio.markdown.kramdown.block_state import BlockState
from portfolio.markdown.kramdown.syntax import NOT_S, S

FENCE_START = re.compile(r" {0,3}[~`]{3,}")
_GFM_OPENING = re.compile(r" {0,3}([~`]{3,})")
_KRAMDOWN_OPENING = re.compile(r"(~{3,})")
# One word at most may follow the fence: with two it is no fence.
_INFO = re.compile(rf"{S}*?(?:(?P<info>(?P<language>{NOT_S}+?)(?:\?{NOT_S}*)?))?{S}*?\n")

MAX_LENGTH = 200
MAX_SHORTENING = 8
"""Characters of a fence; every length is looked for by itself."""


def fenced_code(state: BlockState) -> bool:
    scanner = state.scanner
    gfm = state.definitions.options.gfm
    opening = scanner.check(_GFM_OPENING if gfm else _KRAMDOWN_OPENING)
    if opening is None or len(opening[1]) > MAX_LENGTH:
        return False
    run = opening[1]
    # A fence that finds no end of its length may be a shorter one followed by its own character.
    for length in range(len(run), max(2, len(run) - MAX_SHORTENING), -1):
        fence = run[:length]
        info = _INFO.match(scanner.text, opening.start(1) + length)
        if info is None:
            continue
        closing = scanner.search(_closing(fence, gfm), info.end())
        if closing is None:
            continue
        block = state.element("codeblock", scanner.text[info.end() : closing.start()])
        if info["info"]:
            block.meta["language"] = info["info"]
            block.attributes["class"] = f"language-{info['language']}"
        scanner.position = closing.end()
        state.push(block)
        return True
    return False


@lru_cache(maxsize=64)
def _closing(fence: str, gfm: bool) -> re.Pattern[str]:
    margin = " {0,3}" if gfm else ""
    return re.compile(rf"^{margin}{re.escape(fence)}{re.escape(fence[-1])}*{S}*?\n", re.MULTILINE)
