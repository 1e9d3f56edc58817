"""Template values: dates and other values as Ruby prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

_RUBY_ONLY = re.compile(r"%(:z|\d?[LN])")


class RubyTime(datetime):
    """A datetime that prints like Ruby's ``Time``: "2019-12-29 15:13:54 +0000"."""

    def __str__(self) -> str:
        return self.strftime("%Y-%m-%d %H:%M:%S %z")

    @classmethod
    def of(cls, moment: datetime) -> RubyTime:
        return cls(*moment.timetuple()[:6], moment.microsecond, moment.tzinfo, fold=moment.fold)


def liquid_value(value: Any, local: tzinfo) -> Any:
    """Return a configuration or front matter value for templates: times without a zone are UTC, keys are text."""
    if isinstance(value, datetime):
        return RubyTime.of(value if value.tzinfo else value.replace(tzinfo=UTC).astimezone(local))
    if isinstance(value, Mapping):
        return {str(key): liquid_value(item, local) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [liquid_value(item, local) for item in value]
    return value


def strftime(moment: datetime, pattern: str) -> str:
    """Ruby's ``strftime``: the directives of C, and ``%:z``, ``%L``, ``%N``, ``%s``."""

    def ruby(match: re.Match[str]) -> str:
        if match[1] == ":z":
            text = moment.strftime("%z") or "+0000"
            return f"{text[:3]}:{text[3:5]}"
        digits = int(match[1][0]) if match[1][0].isdigit() else (3 if match[1] == "L" else 9)
        return f"{moment.microsecond * 1000:09}"[:digits]

    pattern = _RUBY_ONLY.sub(ruby, pattern).replace("%s", str(int(moment.timestamp())))
    return moment.strftime(pattern)
