"""Liquid filters that Jekyll adds or changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from liquid import RenderContext
from liquid.builtin.filters.misc import default as liquid_default
from liquid.filter import with_context
from liquid.undefined import is_undefined

from portfolio.documents.dates import ruby_time
from portfolio.engines.jekyll.liquid.lists import LIST_FILTERS
from portfolio.engines.jekyll.liquid.state import LiquidContext
from portfolio.engines.jekyll.liquid.values import RubyTime, strftime
from portfolio.engines.jekyll.permalinks import slugify as slug
from portfolio.markdown.render import to_html

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_ADDRESS_SAFE = "%/:@!$&'()*+,;=-._~?#[]"


def _state(context: RenderContext) -> LiquidContext:
    state: LiquidContext = context.env.context  # type: ignore[attr-defined]  # of a JekyllEnvironment
    return state


def _text(value: object) -> str:
    return "" if value is None or is_undefined(value) else str(value)


# Addresses -------------------------------------------------------------------------------------------------------


def _address_of(value: object) -> str:
    """Return the URL of a document, or the value as text."""
    return _text(value.get("url")) if isinstance(value, Mapping) and not is_undefined(value) else _text(value)


@with_context
def relative_url(value: object, *, context: RenderContext) -> Any:
    """Prepend the base path of the site, unless the URL has a scheme."""
    if value is None or is_undefined(value):
        return None
    address = _address_of(value)
    if urlsplit(address).scheme:
        return address
    base = _text(_state(context).site.config.get("baseurl")).removesuffix("/")
    joined = "".join(part if part.startswith("/") else f"/{part}" for part in (base, address) if part)
    return quote(joined, safe=_ADDRESS_SAFE)


@with_context
def absolute_url(value: object, *, context: RenderContext) -> Any:
    """Prepend URL and base path of the site, unless the URL has a scheme."""
    if value is None or is_undefined(value):
        return None
    address = _address_of(value)
    if urlsplit(address).scheme:
        return address
    site = _text(_state(context).site.config.get("url"))
    whole = site + (relative_url(address, context=context) or "")
    return f"{whole}/" if site and urlsplit(whole).path == "" else whole


def strip_index(value: object) -> Any:
    return re.sub(r"/index\.html?$", "/", _text(value))


def cgi_escape(value: object) -> str:
    return quote_plus(_text(value), safe="*")


def uri_escape(value: object) -> str:
    return quote(_text(value), safe=_ADDRESS_SAFE)


# Text ------------------------------------------------------------------------------------------------------------


@with_context
def markdownify(value: object, *, context: RenderContext) -> str:
    return to_html(_text(value), _state(context).options)


@with_context
def smartify(value: object, *, context: RenderContext) -> str:
    """Convert quotes and dashes to typographic ones; the value is one line of text."""
    html = to_html(_text(value), _state(context).options).strip()
    return html[3:-4] if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 else html


def slugify(value: object, mode: object = "default") -> Any:
    return None if value is None or is_undefined(value) else slug(str(value), _text(mode) or "default")


def xml_escape(value: object) -> str:
    return escape(_text(value), quote=False).replace('"', "&quot;")


def normalize_whitespace(value: object) -> str:
    return " ".join(_text(value).split())


def number_of_words(value: object, mode: object = None) -> int:
    text = _text(value)
    single = len(_CJK.findall(text)) if mode in ("cjk", "auto") else 0
    return single + len(_CJK.sub(" ", text).split()) if single else len(text.split())


def array_to_sentence_string(value: object, connector: object = "and") -> str:
    words = [_text(item) for item in value] if isinstance(value, list | tuple) else [_text(value)]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


def jsonify(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or is_undefined(value):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | range):
        return [_plain(item) for item in value]
    return str(value)


def inspect(value: object) -> str:
    return xml_escape(jsonify(value))


def to_integer(value: object) -> int:
    if isinstance(value, bool):
        return int(value)
    match = re.match(r"\s*-?\d{1,18}", _text(value))
    return int(match[0]) if match else 0


# Dates -----------------------------------------------------------------------------------------------------------


def _moment(value: object, context: RenderContext) -> datetime | None:
    """Return a datetime in the zone of the value; Jekyll's date filters convert it to the zone of the site."""
    site = _state(context).site
    if isinstance(value, str) and value.strip().lower() in ("now", "today"):
        return site.now.astimezone(site.local)
    try:
        if type(value) is int or (isinstance(value, str) and value.isdigit() and len(value) != 8):
            return datetime.fromtimestamp(int(value), site.local)
        return ruby_time(value, site.local)
    except (ValueError, OverflowError, OSError):
        return None


def _local(value: object, context: RenderContext) -> datetime | None:
    moment = _moment(value, context)
    return moment.astimezone(_state(context).site.local) if moment else None


@with_context
def date(value: object, pattern: object = "", *, context: RenderContext) -> Any:
    moment = _moment(value, context)
    if moment is None or not _text(pattern):
        return value
    return strftime(moment, _text(pattern))


def _written(month: str) -> Callable[..., Any]:
    @with_context
    def written(value: object, kind: object = None, style: object = None, *, context: RenderContext) -> Any:
        moment = _local(value, context)
        if moment is None:
            return value
        if kind != "ordinal":
            return moment.strftime(f"%d {month} %Y")
        day = f"{moment.day}{_ordinal(moment.day)}"
        return moment.strftime(f"{month} {day}, %Y" if style == "US" else f"{day} {month} %Y")

    return written


def _ordinal(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@with_context
def date_to_xmlschema(value: object, *, context: RenderContext) -> Any:
    moment = _local(value, context)
    return value if moment is None else moment.isoformat(timespec="seconds")


@with_context
def date_to_rfc822(value: object, *, context: RenderContext) -> Any:
    moment = _local(value, context)
    return value if moment is None else moment.strftime("%a, %d %b %Y %H:%M:%S %z")


def default(value: object, other: object = "", *, allow_false: bool = False, **named: object) -> Any:
    """``default`` as in Ruby: named arguments, as in ``default: site:author``, are a mapping in place of the value."""
    return liquid_default(value, named or other, allow_false=allow_false)


FILTERS: dict[str, Callable[..., Any]] = {
    "default": default,
    "relative_url": relative_url,
    "absolute_url": absolute_url,
    "strip_index": strip_index,
    "cgi_escape": cgi_escape,
    "uri_escape": uri_escape,
    "markdownify": markdownify,
    "smartify": smartify,
    "slugify": slugify,
    "xml_escape": xml_escape,
    "normalize_whitespace": normalize_whitespace,
    "number_of_words": number_of_words,
    "array_to_sentence_string": array_to_sentence_string,
    "jsonify": jsonify,
    "inspect": inspect,
    "to_integer": to_integer,
    "date": date,
    "date_to_string": _written("%b"),
    "date_to_long_string": _written("%B"),
    "date_to_xmlschema": date_to_xmlschema,
    "date_to_rfc822": date_to_rfc822,
    **LIST_FILTERS,
}

__all__ = ["FILTERS", "RubyTime", "relative_url"]
