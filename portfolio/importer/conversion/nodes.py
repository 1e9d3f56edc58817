"""From a body in Markdown to nodes that know their bytes in the file."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from portfolio.documents.document import SourceNode, Span
from portfolio.documents.plain_prose import stored_form
from portfolio.documents.title_text import repeats_title
from portfolio.documents.visible_words import words
from portfolio.engines.expanded_text import ExpandedText, SourceMap
from portfolio.markdown.nodes import Node, NodeKind
from portfolio.markdown.options import Options
from portfolio.markdown.render import to_html
from portfolio.markdown.split import split

# What Jekyll's own highlight tag leaves in the Markdown.
_HIGHLIGHTED = re.compile(
    r'\s*<figure class="highlight(?: linenos)?"(?: title="[^"]*")?(?: data-highlight="[\d,]*")?>'
    r'<pre><code class="language-[^"]*" data-lang="([^"]*)">'
    r"([^<]*)</code></pre></figure>\s*"
)
_TITLE = re.compile(
    r"""\s*(?P<mark><)h(?P<level>[12])(?:\s+id=["'](?P<id>[^"'<>]*)["'])?>(?P<text>[^<]*)</h(?P=level)>\s*""", re.I
)


class BodyText:
    """A document's text after the front matter; ``start`` is its first byte and ``line`` its first line in the file."""

    def __init__(self, text: str, start: int, line: int) -> None:
        self.text = text
        self.start = start
        self._first_line = line
        self._ascii = text.isascii()
        self._breaks = [match.end() for match in re.finditer("\n", text)]
        self._seen = (0, 0)

    def byte(self, offset: int) -> int:
        """The file's byte for a character offset; cheap as long as offsets do not go back."""
        if self._ascii:
            return self.start + offset
        characters, size = self._seen if self._seen[0] <= offset else (0, 0)
        size += len(self.text[characters:offset].encode("utf-8"))
        self._seen = (offset, size)
        return self.start + size

    def line(self, offset: int) -> int:
        return self._first_line + bisect_left(self._breaks, offset + 1)


class LineEnds:
    """A text with every line end made ``\\n``, as kramdown does first, and the way back to the offsets before."""

    def __init__(self, text: str) -> None:
        self._dropped = [match.start() - index for index, match in enumerate(re.finditer(r"\r(?=\n)", text))]
        self.text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def before(self, offset: int) -> int:
        """The offset in the original text; a boundary after a line end stays after the whole of it."""
        return offset + bisect_left(self._dropped, offset)


def markdown_nodes(body: BodyText, rendered: ExpandedText, options: Options) -> tuple[SourceNode, ...]:
    """Split the text that Liquid gave and place every node in the file.

    Spans are contiguous and cover the body. Where Liquid produced several nodes from one tag, the first has the
    tag's bytes and the others an empty span behind it; all of them are not ``verbatim``.
    """
    ends = LineEnds(rendered.text)
    nodes = split(ends.text, options)
    return tuple(_placed(nodes, ends, body, SourceMap(rendered.fragments), options))


def _placed(
    nodes: tuple[Node, ...], ends: LineEnds, body: BodyText, source: SourceMap, options: Options
) -> Iterator[SourceNode]:
    start = 0
    for index, node in enumerate(nodes):
        last = index == len(nodes) - 1
        end = len(body.text) if last else max(start, source.boundary(ends.before(node.end)))
        text = ends.text[node.start : node.end]
        lead = len(text) - len(text.lstrip("\n"))
        place = source.place(ends.before(node.start + lead)) if text.strip() else start
        placed = SourceNode(
            kind=node.kind,
            span=Span(body.byte(start), body.byte(end)),
            line=body.line(min(place, len(body.text))),
            source=text,
            html=node.html,
            data={"stored": _stored(node.html)} if node.kind is NodeKind.PROSE else node.data,
            verbatim=end > start and source.is_verbatim(ends.before(node.start), ends.before(node.end), start, end),
        )
        yield _highlighted(placed, options)
        start = end


def _stored(html: str) -> str | None:
    """The rich text that prose is, where that is plain to see and says what the prose does."""
    stored = stored_form(html.strip())
    return stored if stored and words(stored) == words(html) else None


def _highlighted(node: SourceNode, options: Options) -> SourceNode:
    """The highlight tag's figure is code like any other."""
    match = _HIGHLIGHTED.fullmatch(node.source) if node.kind is NodeKind.RAW_HTML else None
    if match is None:
        return node
    data = {"language": html.unescape(match[1]), "code": html.unescape(match[2])}
    return replace(node, kind=NodeKind.CODE, data=data)


def html_nodes(body: BodyText, rendered: ExpandedText, title: str) -> tuple[SourceNode, ...]:
    """A body in HTML is one node, after a heading that is the title; there is no Markdown in it."""
    if not body.text:
        return ()
    heading = _TITLE.match(body.text)
    if heading is None or not rendered.text.startswith(heading[0]) or heading.end() == len(body.text):
        return (_html_node(body, rendered, 0),)
    text = " ".join(html.unescape(heading["text"]).split())
    if not text or not repeats_title(text, title or text):
        return (_html_node(body, rendered, 0),)
    data = {"level": int(heading["level"]), "text": text, "id": heading["id"] or "", "plain": True}
    span, line = Span(body.start, body.byte(heading.end())), body.line(heading.start("mark"))
    node = SourceNode(NodeKind.HEADING, span, line, heading[0], heading[0].strip(), data)
    return node, _html_node(body, rendered, heading.end())


def _html_node(body: BodyText, rendered: ExpandedText, start: int) -> SourceNode:
    """The HTML from ``start`` to the end, before which Liquid changed nothing."""
    source = rendered.text[start:]
    text = body.text[start:]
    lead = len(text) - len(text.lstrip())
    return SourceNode(
        kind=NodeKind.RAW_HTML if source.strip() else NodeKind.HIDDEN,
        span=Span(body.byte(start), body.byte(len(body.text))),
        line=body.line(start + min(lead, max(len(text) - 1, 0))),
        source=source,
        html=source if source.strip() else "",
        verbatim=all(fragment.literal for fragment in rendered.fragments),
    )


def rendered_excerpt(markdown: str, options: Options) -> str:
    return to_html(markdown, options).strip() if markdown.strip() else ""
