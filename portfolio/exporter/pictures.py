"""Pictures in what is stored of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def pictures_in(value: Any, promise: Callable[[int], str]) -> None:
    """Call ``promise`` with the id of every picture in a stored value."""
    if isinstance(value, Mapping):
        if "alt_text" in value and isinstance(value.get("image"), int):
            promise(value["image"])
        for part in value.values():
            pictures_in(part, promise)
    elif isinstance(value, list):
        for part in value:
            pictures_in(part, promise)
