"""The Markdown settings that a site's configuration asks for."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from portfolio.markdown.options import Options


def kramdown_options(config: Mapping[str, Any]) -> Options:
    """The ``kramdown`` section of ``_config.yml``; a value that makes no sense leaves kramdown's default."""
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
    for key, name in (("auto_id_prefix", "auto_id_prefix"), ("footnote_backlink", "footnote_backlink")):
        if isinstance(said.get(key), str):
            options[name] = html.unescape(said[key])
    if type(said.get("header_offset")) is int:
        options["header_offset"] = said["header_offset"]
    if type(said.get("footnote_nr")) is int:
        options["footnote_start"] = said["footnote_nr"]
    levels = _levels(said.get("toc_levels"))
    if levels:
        options["toc_levels"] = levels
    quotes = _quotes(said.get("smart_quotes"))
    if quotes:
        options["quotes"] = quotes
    return Options(**options)


def _levels(value: object) -> tuple[int, ...]:
    if isinstance(value, list):
        return tuple(level for level in value if type(level) is int and 1 <= level <= 6)
    match = re.fullmatch(r"([1-6])\.\.([1-6])", str(value).strip())
    if match:
        return tuple(range(int(match[1]), int(match[2]) + 1))
    return tuple(int(level) for level in re.findall(r"[1-6]", str(value))) if isinstance(value, str) else ()


def _quotes(value: object) -> tuple[str, ...] | None:
    names = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else []
    quotes = tuple(html.unescape(f"&{str(name).strip()};") for name in names)
    return quotes if len(quotes) == 4 and all(len(quote) == 1 for quote in quotes) else None
