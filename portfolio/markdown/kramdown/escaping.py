"""Escaping as kramdown does it: character references that are there already stay."""

from __future__ import annotations

import re
from collections.abc import Mapping

_REFERENCE = r"&(?:[^\W\d][\w.:\-]*|#[0-9]+|#x[0-9a-fA-F]+);"
_IN_TEXT = re.compile(rf"{_REFERENCE}|[<>&]")
_IN_ATTRIBUTE = re.compile(rf"{_REFERENCE}|[<>&\"]")
_ESCAPES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}


def escaped(text: str) -> str:
    """Escape everything, references too: for code."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped_text(text: str) -> str:
    if "&" not in text and "<" not in text and ">" not in text:
        return text
    return _IN_TEXT.sub(lambda match: _ESCAPES.get(match[0], match[0]), text)


def written_attributes(attributes: Mapping[str, str]) -> str:
    """Return the attributes as they stand in a tag, each with a space before it."""
    if not attributes:
        return ""
    return "".join(
        f' {name}="{_IN_ATTRIBUTE.sub(lambda match: _ESCAPES.get(match[0], match[0]), value)}"'
        for name, value in attributes.items()
        if name != "id" or value.strip()
    )
