"""Fences with details: lines such as ``python title="x.py" {1,3}``, which CommonMark reads as fences of listings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio.markdown.attribute_lists import listing_details

MAX_NESTING = 60

_CANDIDATE = re.compile(r"(?:`{3}|~{3})[^\s`~]*(?:[ \t]+[^\s`]|[{=])")
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n)*?\1[ \t]*(?:\n|\Z)")
# A language ends before "{1,3}", and "title=…" is none.
_INFO = re.compile(r"(?P<language>[^\s{=]*(?=[\s{]|\Z))?(?P<details>.*)", re.DOTALL)
_CLOSING = re.compile(r"[\s>]*(?P<run>`+|~+)\s*")


@dataclass(frozen=True, slots=True)
class ListingFence:
    """The fence of a listing from ``line`` to ``last_line``, from 1, whose first line says more than a language.

    ``plain`` is that line without the details, ``margin`` what stands before the fence in the last line.
    """

    line: int
    last_line: int
    plain: str
    written: str
    margin: str
    details: dict[str, str] = field(default_factory=dict)
    unread: str = ""
    nested: bool = False
    closed: bool = True


def may_have_details(text: str) -> bool:
    return _CANDIDATE.search(text) is not None


def read_fences(text: str) -> list[ListingFence]:
    """The fences with details that CommonMark sees in ``text``. For a worker process."""
    text = unix_lines(text)
    if front := _FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.core.ruler.enableOnly(["normalize", "block"])
    lines = text.split("\n")
    fences = [token for token in parser.parse(text) if token.type == "fence" and token.info.strip()]
    found = [listing_fence(token, token.map[0], token.map[1], lines) for token in fences if token.map]
    # A single word is a fence of kramdown too, and perhaps the name of a language: "{r}".
    return [one for one in found if len(one.written.split()) > 1 or (one.details and not one.unread and one.closed)]


def listing_fence(token: Token, start: int, end: int, lines: Sequence[str]) -> ListingFence:
    before, run, written = lines[start].partition(token.markup)
    details, unread = listing_details(language_and_details(token.info)[1])
    closing = _CLOSING.fullmatch(lines[end - 1]) if end - start > 1 else None
    closed = closing is not None and closing["run"].startswith(run)
    plain = f"{before}{run}{language_and_details(written)[0]}" if closed else lines[start]
    margin = lines[end - 1].partition(token.markup)[0]
    return ListingFence(start + 1, end, plain, written.strip(), margin, details, unread, token.level > 0, closed)


def language_and_details(info: str) -> tuple[str, str]:
    match = _INFO.fullmatch(info.strip())
    return (match["language"] or "", match["details"]) if match else ("", "")


def unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
