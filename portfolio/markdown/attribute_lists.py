"""Attribute lists in CommonMark: ``{: .class #id key="value"}`` behind a block, a picture, a link or a heading.

kramdown, Python-Markdown (https://python-markdown.github.io/extensions/attr_list/) and our own export write them. So is
read what stands behind the language of a listing: ``title="x.py" {1,3-5} showLineNumbers``
(https://docusaurus.io/docs/markdown-features/code-blocks).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portfolio.markdown.kramdown.attributes import read_attribute_list
from portfolio.markdown.kramdown.tree import AttributeList

_LAST_LINE = re.compile(r"(?:\A|\n)[ \t]*\{:(?P<list>[^{}\n]{1,500})\}[ \t]*\Z")
_HEADING = re.compile(r"(?<![ \t])[ \t]+\{:?(?P<list>[ \t]*[#.][^{}\n]{1,500})\}[ \t]*\Z")
_SPAN = re.compile(r"\{:?(?P<list>[ \t]*[#.][^{}\n]{0,500}|[ \t]*[\w-]+=[^{}\n]{1,500})\}")
_UNQUOTED = re.compile(r"(?<!\S)([\w-]+)=([^\s\"']+)(?!\S)")
_OF_LINES = r"(?:hl_lines|mark_lines|showlinenumbers|line-?numbers|linenos)="
_VALUE = re.compile(
    rf"(?:^|[\s{{,])(?!{_OF_LINES})(?P<name>[\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s}}]+))", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?:^|[\s{,])(?:showLineNumbers|line-?numbers|linenos|\.numberLines)\b(?!\s*=\s*[\"']?(?:false|none)\b)"
    r"(?:=[\"']?\w+[\"']?)?",
    re.IGNORECASE,
)
_LINES = re.compile(r"\{([\d,\s-]+)\}|(?:^|[\s{,])(?:hl_lines|mark_lines)=(?:\[([\d,\s\"'-]+)\]|[\"']([\d,\s-]+)[\"'])")
_RANGES = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")


def attribute_list_plugin(md: MarkdownIt) -> None:
    md.core.ruler.before("inline", "attribute_lists", _read_block_lists)
    md.core.ruler.after("inline", "span_attribute_lists", _read_span_lists)
    rules: dict[str, Any] = md.renderer.rules  # type: ignore[attr-defined]  # a RendererHTML, whose protocol lacks it
    fence = rules["fence"]

    def render_fence(tokens: Sequence[Token], place: int, *others: Any) -> str:
        token = tokens[place]
        own, token.attrs = {**_details(token.info), **token.attrs}, {}
        html: str = fence(tokens, place, *others)
        token.attrs = own
        said = "".join(f' {name}="{escape(str(value))}"' for name, value in own.items())
        return html.replace("<pre", f"<pre{said}", 1)

    rules["fence"] = render_fence


def _details(info: str) -> dict[str, str | int | float]:
    return {**listing_details(info.strip().partition(" ")[2])[0]}


def listing_details(text: str) -> tuple[dict[str, str], str]:
    """Return what stands behind the language of a listing: its attributes in HTML, and the words that mean none."""
    values, others = _values(text)
    title, group = values.get("title"), values.get("group") or values.get("data-group")
    numbered, lines = _NUMBERED.search(others), _LINES.search(others)
    found: dict[str, str] = {}
    if title:
        found["title"] = next(filter(None, title.groups()[1:]), "")
    if group:
        found["data-group"] = next(filter(None, group.groups()[1:]), "")
    if numbered:
        found["class"] = "linenos"
    ranges = _ranges(next(filter(None, lines.groups()), "")) if lines else ""
    if ranges:
        found["data-highlight"] = ranges
    spans = sorted(match.span() for match in (title, group, numbered, lines if ranges else None) if match)
    ends = [0, *(end for _, end in spans)]
    left = " ".join(text[end:start] for end, (start, _) in zip(ends, [*spans, (len(text), 0)], strict=True))
    return found, " ".join(left.split()) if re.search(r"\w", left) else ""


def _values(text: str) -> tuple[dict[str, re.Match[str]], str]:
    """The first value of each name that is not about lines, and ``text`` with blanks for all of these values."""
    found: dict[str, re.Match[str]] = {}
    for match in _VALUE.finditer(text):
        found.setdefault(match["name"], match)
    return found, _VALUE.sub(lambda match: " " * len(match[0]), text)


def _ranges(text: str) -> str:
    """Line numbers and ranges with commas between them; "" for what is none."""
    text = ",".join(re.split(r"[\s,\"']+", re.sub(r"\s*-\s*", "-", text.strip(" \t,\"'"))))
    return text if _RANGES.fullmatch(text) else ""


def _attributes(text: str) -> dict[str, str]:
    listed = AttributeList()
    read_attribute_list(_UNQUOTED.sub(r'\1="\2"', text), listed)
    return listed.values


def _apply(token: Token, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        else:
            token.attrSet(name, value)


def _read_block_lists(state: StateCore) -> None:
    kept: list[Token] = []
    lines = state.src.split("\n") if "{" in state.src else []
    for token in state.tokens if lines else ():
        kept.append(token)
        opening = kept[-2] if len(kept) > 1 else token
        if token.type == "inline" and opening.type == "heading_open":
            if (match := _HEADING.search(token.content)) and (found := _attributes(match["list"])):
                _apply(opening, found)
                token.content = token.content[: match.start()]
        elif token.type == "paragraph_close" and kept[-2].type == "inline":
            _read_last_line(kept, lines)
    state.tokens = kept or state.tokens


def _read_last_line(kept: list[Token], lines: Sequence[str]) -> None:
    """The list in the last line of the paragraph that ``kept`` ends with: of the paragraph, or of the block above.

    A line at the margin below a quotation or a list is about the whole of it, though CommonMark reads on in its text.
    """
    opening, inline, _ = kept[-3:]
    match = _LAST_LINE.search(inline.content)
    found = _attributes(match["list"]) if match else {}
    if match is None or not found:
        return
    at_margin = opening.level and inline.map and lines[inline.map[1] - 1].startswith("{:")
    if match.start() > 0:
        _apply(next(token for token in reversed(kept) if token.level == 0) if at_margin else opening, found)
        inline.content = inline.content[: match.start()]
    elif (above := _block_above(kept[:-3], opening.level)) is not None:
        _apply(above, found)
        del kept[-3:]


def _block_above(tokens: Sequence[Token], level: int) -> Token | None:
    last = tokens[-1] if tokens else None
    if last is None or last.level != level or last.nesting > 0:
        return None
    if last.nesting == 0:
        return last if last.type in ("fence", "code_block", "hr") else None
    return next((token for token in reversed(tokens) if token.nesting == 1 and token.level == level), None)


def _read_span_lists(state: StateCore) -> None:
    for block in state.tokens:
        children = block.children if block.type == "inline" else None
        if not children or "{" not in block.content:
            continue
        for place, token in enumerate(children[1:], start=1):
            match = _SPAN.match(token.content) if token.type == "text" else None
            before = _span_before(children[:place]) if match else None
            if match and before is not None and (found := _attributes(match["list"])):
                _apply(before, found)
                token.content = token.content[match.end() :]


def _span_before(tokens: Sequence[Token]) -> Token | None:
    last = tokens[-1]
    if last.type in ("image", "code_inline"):
        return last
    if last.nesting != -1:
        return None
    return next((token for token in reversed(tokens) if token.nesting == 1 and token.level == last.level), None)
