"""The Markdown settings that a site's configuration asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options, quote_characters, toc_levels


def markdown_options(config: Mapping[str, Any]) -> Options:
    """What ``_config.yml`` says of Markdown: the engine, and kramdown's settings.

    A value that makes no sense leaves the default. Sites on CommonMark get no smart quotes, as there.
    """
    if str(config.get("markdown") or "").lower().startswith("commonmark"):
        return Options(flavour=Flavour.GOLDMARK, smart_quotes=False, typographic_symbols=False)
    return _kramdown(config)


def _kramdown(config: Mapping[str, Any]) -> Options:
    said = config.get("kramdown")
    said = {str(key): value for key, value in said.items()} if isinstance(said, dict) else {}
    options: dict[str, Any] = {}
    switches = {
        "hard_wrap": "hard_wrap",
        "auto_ids": "auto_ids",
        "parse_block_html": "parse_block_html",
        "parse_span_html": "parse_span_html",
    }
    for key, name in switches.items():
        if isinstance(said.get(key), bool):
            options[name] = said[key]
    if str(said.get("input", "GFM")).lower() != "gfm":
        options["gfm"] = False
    for key in ("auto_id_prefix", "footnote_backlink"):
        if isinstance(said.get(key), str):
            options[key] = said[key]
    if "gfm_quirks" in said:
        quirks = str(said["gfm_quirks"])
        options["paragraph_end"] = "paragraph_end" in quirks
        options["typographic_symbols"] = "no_auto_typographic" not in quirks
    if type(said.get("header_offset")) is int:
        options["header_offset"] = said["header_offset"]
    if type(said.get("footnote_nr")) is int:
        options["footnote_start"] = said["footnote_nr"]
    if levels := toc_levels(said.get("toc_levels")):
        options["toc_levels"] = levels
    if quotes := quote_characters(said.get("smart_quotes")):
        options["quotes"] = quotes
    return Options(**options)
