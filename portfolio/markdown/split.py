"""A text as a row of nodes that cover it whole."""

from __future__ import annotations

from markdown_it import MarkdownIt

from portfolio.markdown.nodes import Node, NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.text import visible_text


def split(text: str, options: Options) -> tuple[Node, ...]:
    """Parse ``text`` once and return contiguous nodes: joined, their spans give ``text`` again."""
    md = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    lines = text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    tokens = md.parse(text)
    nodes = []
    i = 0
    while i < len(tokens):
        j = i
        depth = tokens[i].nesting
        while depth:
            j += 1
            depth += tokens[j].nesting
        group = tokens[i : j + 1]
        first, last = group[0].map or [0, 0]
        html = md.renderer.render(group, md.options, {})
        kind, data = NodeKind.PROSE, {}
        if group[0].type == "heading_open":
            kind = NodeKind.HEADING
            data = {"level": int(group[0].tag[1]), "text": visible_text(html), "id": "", "plain": True}
        elif group[0].type in ("fence", "code_block"):
            kind, data = NodeKind.CODE, {"language": group[0].info.strip(), "code": group[0].content.rstrip("\n")}
        elif group[0].type == "hr":
            kind = NodeKind.DIVIDER
        elif group[0].type == "html_block":
            kind = NodeKind.RAW_HTML
        nodes.append((kind, offsets[min(first, len(lines))], first + 1, html, data))
        i = j + 1
    out = []
    for index, (kind, start, line, html, data) in enumerate(nodes):
        end = nodes[index + 1][1] if index + 1 < len(nodes) else len(text)
        out.append(Node(kind, 0 if index == 0 else start, end, line, html, data))
    if not out and text:
        out.append(Node(NodeKind.HIDDEN, 0, len(text), 1, ""))
    return tuple(out)
