"""Arguments of Liquid tags: values of unquoted words."""

from __future__ import annotations

import re
from typing import Any

from liquid import RenderContext


def lookup(name: str, context: RenderContext) -> Any:
    """Return the value of an unquoted parameter: a number, a constant or a dotted variable."""
    constants = {"true": True, "false": False, "nil": None, "null": None, "empty": "", "blank": ""}
    if name in constants:
        return constants[name]
    if re.fullmatch(r"-?\d{1,18}", name):
        return int(name)
    if re.fullmatch(r"-?\d{1,18}\.\d{1,18}", name):
        return float(name)
    return context.get([part for part in name.split(".") if part] or [""], token=None, default=None)
