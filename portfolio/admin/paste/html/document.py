"""Clipboard document: convert clipboard HTML to a document with the same node kinds as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from portfolio.admin.paste.html.constructs import (
    PastedCode,
    PastedConstruct,
    PastedDivider,
    PastedFormula,
    PastedFrame,
    PastedHeading,
    PastedImage,
    PastedListItem,
    PastedParagraph,
    PastedQuote,
    PastedTable,
)
from portfolio.admin.paste.html.flatten import flattened
from portfolio.admin.paste.html.listings import join_code
from portfolio.admin.paste.html.parse import parse
from portfolio.admin.paste.html.reader import ClipboardReader
from portfolio.admin.paste.html.runs import inline_html, is_code, plain_text
from portfolio.documents.document import Document, Problem, Severity, SourceNode, Span
from portfolio.markdown.nodes import NodeKind

MAX_CELLS = 1000
"""Cells of one table, each of which is a form field; a larger table is kept as HTML."""
MAX_TITLE = 500  # characters of the title of an image
MAX_NOTES = 50


def read_html(html: str, language: str = "", flat: bool = False) -> Document:
    """Convert ``html`` to a document. ``problems`` lists what could not be kept; ``flat`` allows only prose.

    ``language`` is the default language of code. Raises `NestedTooDeeply`. The input is untrusted, so call it in a
    worker process.
    """
    notes: dict[str, None] = {}
    constructs = read_constructs(html, language, lambda note: notes.setdefault(note))
    if flat:
        constructs = list(flattened(constructs, lambda note: notes.setdefault(note)))
    return document_of(constructs, notes)


def document_of(constructs: Sequence[PastedConstruct], notes: dict[str, None]) -> Document:
    """Return the document of the constructs; ``notes`` are the messages for the editor, each once."""
    nodes = tuple(nodes_of(constructs, lambda note: notes.setdefault(note)))
    problems = tuple(Problem(Severity.WARNING, "pasted", note) for note in list(notes)[:MAX_NOTES])
    return Document(path="pasted.html", kind="page", sha256="", nodes=nodes, problems=problems)


def read_constructs(html: str, language: str, tell: Callable[[str], None]) -> list[PastedConstruct]:
    tree = parse(html)
    constructs = ClipboardReader(tell, language=language).read(tree)
    texts = [part.runs for part in constructs if isinstance(part, PastedParagraph | PastedListItem)]
    if (
        texts
        and all(is_code(runs) for runs in texts)
        and any(isinstance(part, PastedHeading | PastedListItem) for part in constructs)
    ):
        # The page uses a monospaced font for everything, so the font does not indicate code.
        constructs = ClipboardReader(tell, language=language, fonts_are_code=False).read(parse(html))
    return list(join_code(constructs))


def nodes_of(constructs: Sequence[PastedConstruct], tell: Callable[[str], None]) -> Iterator[SourceNode]:
    """Yield a node for each construct; adjacent list items are one node."""
    shift = any(isinstance(part, PastedHeading) and part.level == 1 for part in constructs)
    seen_lists: set[str] = set()
    number = 0
    for is_list, group in groupby(constructs, key=lambda part: isinstance(part, PastedListItem)):
        parts = list(group)
        if is_list:
            numbered = {item.source for item in parts if item.kind == "ol" and item.source}
            if numbered & seen_lists:
                tell("A numbered list begins again at 1 after what stood between its items.")
            seen_lists |= numbered
        converted = [(NodeKind.PROSE, list_html(parts), {})] if is_list else [node_of(part, shift) for part in parts]
        for kind, html, data in converted:
            if html:
                yield SourceNode(kind, Span(number, number), number + 1, "", html, data)
                number += 1


def node_of(construct: PastedConstruct, shift: bool) -> tuple[NodeKind, str, dict]:
    """Return kind, HTML and data of a node; the HTML is "" if it has no content."""
    match construct:
        case PastedParagraph(runs):
            inner = inline_html(runs)
            return NodeKind.PROSE, f"<p>{inner}</p>" if inner else "", {}
        case PastedHeading(level, runs):
            level, text = min(level + shift, 6), plain_text(runs)
            data = {"level": level, "text": text, "id": None, "plain": True}
            return NodeKind.HEADING, f"<h{level}>{escape(text, quote=False)}</h{level}>", data
        case PastedCode(language, code):
            html = f"<pre><code>{escape(code, quote=False)}</code></pre>"
            return NodeKind.CODE, html, {"language": language, "code": code}
        case PastedQuote(parts):
            inner = prose_html(parts)
            return NodeKind.QUOTE, f"<blockquote>{inner}</blockquote>" if inner else "", {"inner": inner}
        case PastedTable():
            return table_node(construct)
        case PastedDivider():
            return NodeKind.DIVIDER, "<hr>", {}
        case PastedImage():
            return picture_node(construct)
        case PastedFrame(src, title, width, height):
            html = f'<iframe src="{escape(src)}"></iframe>'
            return NodeKind.EMBED, html, {"src": src, "title": title[:300], "width": width, "height": height}
        case PastedFormula(tex):
            return NodeKind.MATH, f"<p>{escape(tex)}</p>", {"tex": tex}
        case PastedListItem():
            return NodeKind.PROSE, list_html([construct]), {}


def table_node(table: PastedTable) -> tuple[NodeKind, str, dict]:
    header = [escape(plain_text(runs), quote=False) for runs in table.header]
    rows = [[inline_html(runs) for runs in row] for row in table.rows]
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    html = f"<table>{caption}{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"
    kind = NodeKind.TABLE if len(table.align) * (len(rows) + 1) <= MAX_CELLS else NodeKind.OTHER
    return kind, html, {"header": header, "rows": rows, "align": table.align, "caption": table.caption}


def picture_node(picture: PastedImage) -> tuple[NodeKind, str, dict]:
    caption = inline_html(picture.caption)
    link = picture.link if picture.link.startswith(("http://", "https://", "/")) else ""
    data = {
        "src": picture.src,
        "alt": picture.alt,
        "title": picture.title[:MAX_TITLE],
        "caption": caption,
        "link": link,
        "attributes": {},
    }
    return NodeKind.IMAGE, f'<img src="{escape(picture.src)}" alt="{escape(picture.alt)}">', data


def prose_html(parts: Sequence[PastedParagraph | PastedListItem]) -> str:
    pieces: list[str] = []
    for is_list, group in groupby(parts, key=lambda part: isinstance(part, PastedListItem)):
        some = list(group)
        pieces.append(list_html(some) if is_list else "".join(node_of(part, False)[1] for part in some))
    return "".join(pieces)


def list_html(items: Sequence[PastedListItem]) -> str:
    """Return the items as nested lists, without skipped levels, which would have no items.

    If an item follows a nested list of another kind, the editor starts a second list. For bullets that makes no
    difference, so it is done here, too; a numbered list would start again at 1.
    """
    pieces: list[str] = []
    open_lists: list[str] = []
    for item in items:
        inner = inline_html(item.runs)
        if not inner:
            continue
        depth = min(item.depth, len(open_lists))
        deepest = open_lists[-1] if open_lists else item.kind
        while len(open_lists) > depth + 1:
            pieces.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth + 1:
            pieces.append("</li>")
            if open_lists[-1] != item.kind or (item.kind == "ul" and deepest != "ul"):
                pieces.append(f"</{open_lists.pop()}>")
        if len(open_lists) == depth:
            open_lists.append(item.kind)
            pieces.append(f"<{item.kind}>")
        pieces.append(f"<li>{inner}")
    while open_lists:
        pieces.append(f"</li></{open_lists.pop()}>")
    return "".join(pieces)
