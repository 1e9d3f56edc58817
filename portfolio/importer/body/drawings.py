"""Pictures in kept HTML that are no files of the source: ``<svg>``, ``data:`` addresses, pictures of other hosts."""

from __future__ import annotations

import re
from html import escape, unescape

from portfolio.blocks.body.references import tag
from portfolio.documents.document import Severity, SourceNode
from portfolio.images.svg import SvgError, sanitise_svg
from portfolio.importer.assets.data_addresses import picture_in
from portfolio.importer.references.document_references import DocumentReferences
from portfolio.markdown.html.scanner import Opening, scan
from portfolio.markdown.text import visible_text
from portfolio.models.ledger import outside_path

_DRAWING = re.compile(r"<svg\b[^<>]*>.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_USE = re.compile(r"""<use\b[^<>]*?href\s*=\s*["']#([^"'<>]+)["']""", re.IGNORECASE)
_PIXELS = re.compile(r"(\d{1,4})(?:\.\d+)?(?:px)?")


def with_stored_pictures(node: SourceNode, references: DocumentReferences) -> str:
    """Return the HTML of the node with these pictures stored and shown by the address that they have now.

    A drawing that cannot be read, or that shows a part of another one, stays as it is.
    """
    html = node.html
    if "<svg" in html or "<SVG" in html:
        html = _DRAWING.sub(lambda match: _drawing(match[0], node.line, references), html)
    if "data:image/" in html or ("<img" in html and "//" in html):
        for part in list(scan(html)):
            written = part.attributes.get("src", "") if isinstance(part, Opening) and part.name == "img" else ""
            address = unescape(written).strip()
            if picture_in(address) is None and not references.is_remote(address):
                continue
            if references.outside_image(address, unescape(part.attributes.get("alt", "")), node.line) is not None:
                html = html.replace(part.raw, part.raw.replace(written, f"/{outside_path(address)}"))
    return html


def _drawing(html: str, line: int, references: DocumentReferences) -> str:
    if any(f'id="{name}"' not in html for name in _USE.findall(html)):
        return html
    try:
        safe = sanitise_svg(html.encode("utf-8", "replace"))
    except SvgError:
        return html
    if safe.removed:
        message = f"a drawing is stored without what could run in it or call others: {', '.join(safe.removed)}"
        references.report(Severity.WARNING, "drawing-simplified", message, line)
    opening = next(part for part in scan(html) if isinstance(part, Opening))
    own = {name: unescape(value) for name, value in opening.attributes.items()}
    title = _TITLE.search(html)
    words = own.get("aria-label") or (visible_text(title[1]) if title else "")
    references.keep_drawing(html, safe.data, words)
    sizes = {name: size[1] for name in ("width", "height") if (size := _PIXELS.fullmatch(own.get(name, "")))}
    kept = {name: own[name] for name in ("id", "class") if own.get(name)}
    return tag("img", {"src": f"/{outside_path(html)}", "alt": escape(words, quote=False), **kept, **sizes})
