"""YAML writer: write values in the simplest form that is read back as the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import yaml

from portfolio.documents.yaml_reader import YamlError, load_yaml

_UNSAFE_IN_LISTS = re.compile(r"[,\[\]{}]")
_WRITTEN_DATE = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:(?P<gap>[Tt]|\s+)(?P<clock>\d{1,2}:\d\d(?P<second>:\d\d(?:\.\d+)?)?)"
    r"(?P<blank>\s*)(?P<zone>Z|[+-]\d\d(?P<colon>:?)\d\d)?)?"
)


class Verbatim(str):
    """Text that is YAML already, such as a date in the format of the file."""

    __slots__ = ()


def scalar(value: Any, style: str | None = None, *, in_list: bool = False) -> str:
    """Write a value on one line; ``style`` is its previous quotation mark, if it had one."""
    if isinstance(value, Verbatim):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and is_plain(value, in_list=in_list):
        return value
    return json.dumps(value, ensure_ascii=False)


def is_plain(text: str, *, in_list: bool = False) -> bool:
    """Whether ``text`` needs no quotation marks."""
    if not text.isprintable() or text != text.strip() or (in_list and _UNSAFE_IN_LISTS.search(text)):
        return False
    try:
        return bool(load_yaml(f"key: {text}", max_bytes=65536) == {"key": text})
    except YamlError:
        return False


def entry(key: str, value: Any) -> str:
    """Write ``key`` with ``value`` as one or more lines of front matter."""
    if isinstance(value, Mapping):
        return yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=10_000)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{key}: {flow(value)}\n"
    return f"{key}: {scalar(value)}".rstrip() + "\n"


def flow(values: Sequence[Any]) -> str:
    return "[" + ", ".join(scalar(value, in_list=True) for value in values) + "]"


def date_like(written: str, moment: datetime) -> Verbatim:
    """Write ``moment`` in the format and zone of the date ``written``; in full if that format cannot express it."""
    match = _WRITTEN_DATE.fullmatch(written.strip())
    if match is None or not match["zone"]:
        return Verbatim(moment.strftime("%Y-%m-%d %H:%M:%S %z"))
    moment = moment.astimezone(UTC if match["zone"] == "Z" else zone_of(match["zone"]))
    clock = moment.strftime("%H:%M" + (":%S" if match["second"] or moment.second else ""))
    zone = "Z" if match["zone"] == "Z" else moment.strftime("%z")
    zone = zone[:3] + ":" + zone[3:] if match["colon"] else zone
    return Verbatim(f"{moment:%Y-%m-%d}{match['gap']}{clock}{match['blank']}{zone}")


def zone_of(text: str) -> timezone:
    digits = text[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-delta if text[0] == "-" else delta)
