"""Expand Liquid in a document and its excerpt. Loads python-liquid, so import it in worker processes only."""

from __future__ import annotations

from dataclasses import replace

from portfolio.documents.document import Problem, Severity
from portfolio.engines.excerpt import cut_excerpt
from portfolio.engines.expanded_text import ExpandedText, unexpanded
from portfolio.engines.jekyll.liquid.drops import site_values
from portfolio.engines.jekyll.liquid.plugin_tags import BLOCKS
from portfolio.engines.jekyll.liquid.render import liquid_of_another, render_liquid
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.listing_pages import lists_documents
from portfolio.engines.jekyll.site import JekyllSite
from portfolio.engines.resolved import UnrenderedDocument

BLOCK_TAGS = frozenset({"if", "unless", "for", "case", "capture", "highlight", "comment", "tablerow", "raw"}) | BLOCKS


def expand(unrendered: UnrenderedDocument, site: JekyllSite) -> ExpandedText:
    """Return the text with Liquid rendered, unless the front matter disables it."""
    if _has_liquid(unrendered):
        context, values = _context(unrendered, site), site_values(site, unrendered.options, liquid_of_another)
        reads_before = values.document_reads
        expanded = render_liquid(unrendered.text, context)
        expanded = replace(
            expanded,
            text=expanded.text.replace("\0", "\ufffd"),  # a filter may have added one
            reads_documents=context.includes_document or values.document_reads > reads_before,
        )
    else:
        expanded = unexpanded(unrendered.text)
    if unrendered.document.kind == "page" and lists_documents(unrendered.text, site.config["collections"]):
        message = "shows a list of documents as it is now; it will not follow later ones"
        frozen = Problem(Severity.WARNING, "frozen-list", message, 1)
        expanded = replace(expanded, problems=(*expanded.problems, frozen))
    return expanded


def excerpt(unrendered: UnrenderedDocument, separator: str, site: JekyllSite) -> str:
    """Return the Markdown before ``separator``; "" if its Liquid is invalid when cut there."""
    text = cut_excerpt(unrendered.text, separator, BLOCK_TAGS)
    if not _has_liquid(unrendered):
        return text
    expanded = render_liquid(text, _context(unrendered, site))
    return "" if any(problem.code == "liquid-syntax" for problem in expanded.problems) else expanded.text


def _has_liquid(unrendered: UnrenderedDocument) -> bool:
    return unrendered.resolved.data.get("render_with_liquid") is not False


def _context(unrendered: UnrenderedDocument, site: JekyllSite) -> LiquidContext:
    resolved = unrendered.resolved
    page = {**resolved.data, "title": resolved.title, "url": resolved.address}
    return LiquidContext(site, page, unrendered.document.path, unrendered.options)
