"""Front matter: split it from the body and parse it, in YAML or TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from portfolio.documents.document import Span
from portfolio.documents.yaml_reader import YamlError, load_yaml

BOM = b"\xef\xbb\xbf"
MAX_FRONT_MATTER = 64 * 1024  # bytes
_MAX_TOML_DEPTH = 16
_NESTED = re.compile(rf"(?:[\[{{]\s*){{{_MAX_TOML_DEPTH}}}")
_KEY = re.compile(rb"[A-Za-z_][\w-]*:(?:[ \t\r\n]|\Z)")
_SPACE = b" \t\r\n\f\v"
_OPENING_YAML = re.compile(rb"---[ \t\r\f\v]*(?:\n|\Z)")
_OPENING_TOML = re.compile(rb"\+\+\+[ \t\r]*(?:\n|\Z)")
_CLOSING_YAML = re.compile(rb"^(?:---|\.\.\.)[ \t\r\f\v]*(?:\n|\Z)", re.MULTILINE)
_CLOSING_TOML = re.compile(rb"^\+\+\+[ \t\r]*(?:\n|\Z)", re.MULTILINE)


class FrontMatterError(ValueError):
    """The front matter cannot be parsed. ``line`` is 1-based in the file."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``span`` runs from the byte order mark or the opening line to ``body_start``; empty when there is none."""

    values: dict[str, Any] = field(default_factory=dict)
    span: Span = Span(0, 0)
    body_start: int = 0
    syntax: str = ""  # "yaml" | "toml" | ""


def has_front_matter(head: bytes) -> bool:
    """Whether the first line is ``---``, after an optional byte order mark; Jekyll processes only such files."""
    return _OPENING_YAML.match(head.removeprefix(BOM)) is not None


def split_front_matter(data: bytes, *, toml: bool = False) -> FrontMatter:
    """Read the front matter at the start of a file.

    The rules are Jekyll's: the first line is ``---``, a later line ``---`` or ``...`` closes it, and blank lines
    after it belong to it (so the body starts with text). An opening without a closing line is not front matter.
    With ``toml`` a block between ``+++`` lines is accepted, too. Keys become text. Timestamps with a zone are aware.
    Raises `FrontMatterError`.
    """
    start = len(BOM) if data.startswith(BOM) else 0
    opening, closing, syntax = _OPENING_YAML.match(data, start), _CLOSING_YAML, "yaml"
    if opening is None and toml:
        opening, closing, syntax = _OPENING_TOML.match(data, start), _CLOSING_TOML, "toml"
    end = closing.search(data, opening.end()) if opening else None
    if opening is None or end is None:
        return FrontMatter(span=Span(0, start), body_start=start)
    inside = data[opening.end() : end.start()]
    if len(inside) > MAX_FRONT_MATTER:
        raise FrontMatterError(f"front matter is longer than {MAX_FRONT_MATTER} bytes", 1)
    try:
        text = inside.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FrontMatterError("front matter is not UTF-8", inside.count(b"\n", 0, error.start) + 2) from error
    values = _read_yaml(text) if syntax == "yaml" else _read_toml(text)
    body_start = _after_blank_lines(data, end.end())
    return FrontMatter(values, Span(0, body_start), body_start, syntax)


def is_unclosed(data: bytes) -> bool:
    """Whether the file begins like front matter, with a key in the first line, and no line closes it."""
    start = len(BOM) if data.startswith(BOM) else 0
    opening = _OPENING_YAML.match(data, start)
    return opening is not None and yaml_span(data) is None and _KEY.match(data, opening.end()) is not None


def yaml_span(data: bytes) -> Span | None:
    """Return the span between the opening and closing lines of YAML front matter; None if there is none.

    It is the span that `split_front_matter` parses.
    """
    start = len(BOM) if data.startswith(BOM) else 0
    opening = _OPENING_YAML.match(data, start)
    closing = _CLOSING_YAML.search(data, opening.end()) if opening else None
    return Span(opening.end(), closing.start()) if opening and closing else None


def _after_blank_lines(data: bytes, position: int) -> int:
    while position < len(data):
        end = data.find(b"\n", position)
        line = data[position:] if end < 0 else data[position : end + 1]
        if line.strip(_SPACE):
            return position
        position += len(line)
    return position


def _read_yaml(text: str) -> dict[str, Any]:
    try:
        values = load_yaml(text, max_bytes=MAX_FRONT_MATTER)
    except YamlError as error:
        raise FrontMatterError(error.message, error.line + 1 if error.line else 1) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise FrontMatterError("front matter is not a list of keys and values", 2)
    return {str(key): value for key, value in values.items()}


def _read_toml(text: str) -> dict[str, Any]:
    for number, line in enumerate(text.splitlines(), start=2):
        key = line.partition("=")[0]
        if key.count(".") > _MAX_TOML_DEPTH or _NESTED.search(line):
            raise FrontMatterError(f"nested more than {_MAX_TOML_DEPTH} levels deep", number)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"line (\d+)", str(error))
        raise FrontMatterError(str(error), int(position[1]) + 1 if position else 1) from error
    except (RecursionError, ValueError) as error:
        raise FrontMatterError(f"not valid TOML: {error}", 1) from error
    if r"\u0000" in text or r"\U00000000" in text:
        raise FrontMatterError("a zero byte", text.partition("0000")[0].count("\n") + 2)
    return {key: _without_time(value) for key, value in values.items()}


def _without_time(value: Any) -> date | datetime | Any:
    return value.isoformat() if isinstance(value, time) else value


def key_line(data: bytes, key: str) -> int | None:
    """Return the 1-based line of the top-level ``key`` in the front matter; None if there is none."""
    pattern = re.compile(rb"^[\"']?" + re.escape(key.encode()) + rb"[\"']?[ \t]*[:=]", re.MULTILINE)
    match = pattern.search(data[:MAX_FRONT_MATTER])
    return data.count(b"\n", 0, match.start()) + 1 if match else None
