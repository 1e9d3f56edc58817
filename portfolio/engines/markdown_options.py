"""Markdown options from the configuration of a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.markdown.nodes import Flavour
from portfolio.markdown.options import Options, quote_characters, toc_levels

# Extensions for folders without an engine, in addition to those of cmark.
FOLDER_EXTENSIONS = ("definitions", "alerts", "attribute_lists", "maths")


def markdown_options(config: Mapping[str, Any]) -> Options:
    """Return the options in ``_config.yml``: the Markdown engine and its settings.

    An invalid value is ignored.
    """
    if str(config.get("markdown") or "").lower().startswith("commonmark"):
        return _commonmark(config)
    return _kramdown(config)


def _commonmark(config: Mapping[str, Any]) -> Options:
    """Return options and extensions of cmark, as in https://github.com/jekyll/jekyll-commonmark.

    A site without a list of extensions gets tables, strikethrough and footnotes nevertheless: GitHub Pages has them,
    and they rarely occur unintended.
    """
    settings = config.get("commonmark")
    settings = settings if isinstance(settings, dict) else {}
    options = _names(settings.get("options"))
    smart = "smart" in options
    extensions = Options().extensions
    if "options" in settings or "extensions" in settings:
        requested = _names(settings.get("extensions")) | ({"footnotes"} if "footnotes" in options else set())
        extensions = tuple(
            name
            for name in ("table", "strikethrough", "footnotes", "tasklist", "autolink", *FOLDER_EXTENSIONS)
            if name in requested
        )
    return Options(
        flavour=Flavour.GOLDMARK,
        smart_quotes=smart,
        typographic_symbols=smart,
        hard_wrap="hardbreaks" in options,
        extensions=(*extensions, "smart_punctuation") if smart else extensions,
    )


def _names(value: object) -> set[str]:
    items = value if isinstance(value, list) else [value]
    return {str(name).lower() for name in items if name}


def _kramdown(config: Mapping[str, Any]) -> Options:
    settings = config.get("kramdown")
    settings = {str(key): value for key, value in settings.items()} if isinstance(settings, dict) else {}
    options: dict[str, Any] = {}
    switches = {
        "hard_wrap": "hard_wrap",
        "auto_ids": "auto_ids",
        "parse_block_html": "parse_block_html",
        "parse_span_html": "parse_span_html",
    }
    for key, name in switches.items():
        if isinstance(settings.get(key), bool):
            options[name] = settings[key]
    if str(settings.get("input", "GFM")).lower() != "gfm":
        options["gfm"] = False
    for key in ("auto_id_prefix", "footnote_backlink"):
        if isinstance(settings.get(key), str):
            options[key] = settings[key]
    if "gfm_quirks" in settings:
        quirks = str(settings["gfm_quirks"])
        options["paragraph_end"] = "paragraph_end" in quirks
        options["typographic_symbols"] = "no_auto_typographic" not in quirks
    if type(settings.get("header_offset")) is int:
        options["header_offset"] = settings["header_offset"]
    if type(settings.get("footnote_nr")) is int:
        options["footnote_start"] = settings["footnote_nr"]
    if levels := toc_levels(settings.get("toc_levels")):
        options["toc_levels"] = levels
    if quotes := quote_characters(settings.get("smart_quotes")):
        options["quotes"] = quotes
    return Options(**options)
