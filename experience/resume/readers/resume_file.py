"""Résumé file: what a reader makes of a file, the error when it cannot, and the limits of both."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portfolio.markdown.characters import CONTROLS, without_controls

MAX_BYTES = 2_000_000  # of a text
MAX_DOCUMENT = 4 * MAX_BYTES  # characters as JSON, in which some letters take several
MAX_DEPTH = 20
MAX_ITEMS = 500  # of a section
Json = dict[str, Any]


class ResumeError(ValueError):
    """The file cannot be imported. The text says where and why."""

    def __init__(self, message: str, line: int | None = None, name: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.name = name

    def __str__(self) -> str:
        if not self.name:
            return f"Line {self.line}: {self.message}" if self.line else self.message
        return f"{self.name}, line {self.line}: {self.message}" if self.line else f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class ResumeFile:
    """A résumé as a document of JSON Resume.

    ``form`` is what the file is, in words. ``notes`` name what it has and is left out.
    """

    document: Json
    form: str
    notes: tuple[str, ...] = field(default=())


def decoded(data: bytes, name: str = "") -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark, as spreadsheets save it."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ResumeError("the text is not in UTF-8. Save it in that encoding.", line, name) from error


def checked(document: Mapping[str, Any], name: str = "") -> Json:
    """The document with values that JSON has, without control characters. Raises ``ResumeError`` beyond the limits."""
    if depth_of(document) > MAX_DEPTH:
        raise ResumeError("it is nested too deep.", name=name)
    for section, rows in document.items():
        if isinstance(rows, list) and len(rows) > MAX_ITEMS:
            raise ResumeError(f"{str(section)[:80]} has more than {MAX_ITEMS} entries.", name=name)
    result: Json = plain(document)
    if len(json.dumps(result)) > MAX_DOCUMENT:
        raise ResumeError("it grows too large when its aliases are written out.", name=name)
    return result


def depth_of(value: Any, depth: int = 0) -> int:
    children: Iterable[Any] = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    if depth > MAX_DEPTH:
        return depth
    return max((depth_of(child, depth + 1) for child in children), default=depth)


def plain(value: Any) -> Any:
    """``value`` as JSON and databases can hold it: dates and numbers without a value become text."""
    if isinstance(value, Mapping):
        return {text_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return without_controls(value) if CONTROLS.search(value) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float) else ""


def text_key(key: Any) -> str:
    return without_controls(str(key))[:200]


def without_empty(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
