"""The top-level constructs of a goldmark text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from portfolio.markdown.commonmark import goldmark
from portfolio.markdown.html.nodes import html_kind, lone_image
from portfolio.markdown.nodes import NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text


def constructs(text: str, options: Options) -> Iterator[tuple[NodeKind, int, str, dict[str, Any]]]:
    """Yield kind, start offset, HTML and data of each construct, in order."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for group in _groups(goldmark.parse(text, options)):
        if group[0].map is None:
            continue
        html = goldmark.render(group, options).strip("\n")
        kind, data = _kind(group, html, options)
        yield kind, min(starts[group[0].map[0]], len(text)), html, data


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _kind(group: list[Token], html: str, options: Options) -> tuple[NodeKind, dict[str, Any]]:
    first = group[0]
    if first.type == "heading_open":
        children = group[1].children or []
        data = {
            "level": int(first.tag[1]),
            "text": visible_text(html),
            "id": str(first.attrs.get("id", "")),
            "plain": all(child.type == "text" for child in children),
        }
        return NodeKind.HEADING, data
    if first.type in ("fence", "code_block"):
        words = first.info.split()
        return NodeKind.CODE, {"language": words[0] if words else "", "code": first.content.rstrip("\n")}
    if first.type == "hr":
        return NodeKind.DIVIDER, {}
    if first.type == "blockquote_open":
        return NodeKind.QUOTE, {"inner": goldmark.render(group[1:-1], options).strip("\n")}
    if first.type == "math_block":
        return NodeKind.MATH, {"tex": first.content}
    if first.type == "html_block":
        return html_kind(html)
    if first.type == "paragraph_open":
        if image := lone_image(html):
            return NodeKind.IMAGE, image
        noted = any(child.type == "footnote_ref" for child in group[1].children or [])
        return (NodeKind.OTHER if noted else NodeKind.PROSE), {}
    if first.type in ("bullet_list_open", "ordered_list_open"):
        return NodeKind.PROSE, {}
    return NodeKind.OTHER, {}
