"""Inline style: rewrites ``style`` attributes as HTML without them, because the pages' policy forbids inline style."""

from __future__ import annotations

import re
from dataclasses import dataclass

ALIGNABLE = frozenset("div p td th h1 h2 h3 h4 h5 h6".split())
SIZED = frozenset("img video iframe".split())
SIDES = {"left": "float-left", "right": "float-right", "inline-start": "float-left", "inline-end": "float-right"}
CLEAR, CENTRED = "float-clear", "centred"

_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)
_PIXELS = re.compile(r"(\d{1,4})(?:\.\d+)?(?:px)?")
_PERCENT = re.compile(r"([1-9]\d?|100)(?:\.\d+)?%")
_AUTO_SIDES = re.compile(r"(?:[\w.%-]+\s+)?auto(?:\s+[\w.%-]+)?(?:\s+auto)?")
# What is so without being said.
_NOTHING = frozenset(
    "height:auto width:auto max-width:100% float:none clear:none text-align:start border:0 border:none".split()
)


@dataclass(frozen=True, slots=True)
class StyleEquivalent:
    """The ``attributes`` and ``classes`` that say what a style did; ``whole`` is False when that is not all of it."""

    attributes: dict[str, str]
    classes: tuple[str, ...]
    whole: bool


def style_equivalent(tag: str, style: str) -> StyleEquivalent:
    """Read ``style`` (entities decoded) of an element called ``tag``: alignment, sides, centring and sizes."""
    attributes: dict[str, str] = {}
    classes: list[str] = []
    rest = dict(_declarations(style))
    if rest.get("text-align") in ("left", "right", "center", "justify") and tag in ALIGNABLE:
        attributes["align"] = rest.pop("text-align")
    if rest.get("float") in SIDES:
        classes.append(SIDES[rest.pop("float")])
    if rest.get("clear") in ("both", "left", "right"):
        classes.append(CLEAR)
        del rest["clear"]
    if _is_centred(rest):
        classes.append(CENTRED)
        for name in ("margin", "margin-left", "margin-right", "display"):
            rest.pop(name, None)
    if tag in SIZED:
        for name in ("width", "height"):
            if size := _size(rest.get(name, ""), percent=name == "width"):
                attributes[name] = size
                del rest[name]
    whole = all(f"{name}:{value}" in _NOTHING for name, value in rest.items())
    return StyleEquivalent(attributes, tuple(classes), whole)


def _declarations(style: str) -> list[tuple[str, str]]:
    found = []
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon or part.strip():
            found.append((name.strip(), _IMPORTANT.sub("", value).strip()))
    return found


def _is_centred(said: dict[str, str]) -> bool:
    """Whether the sides' margins share the room; a block says so for one that is none by itself."""
    sides = {said.get("margin-left"), said.get("margin-right")} == {"auto"}
    both = (
        "margin-left" not in said and "margin-right" not in said and bool(_AUTO_SIDES.fullmatch(said.get("margin", "")))
    )
    return (sides or both) and said.get("display", "block") in ("block", "table") and "float" not in said


def _size(value: str, *, percent: bool) -> str:
    if match := _PIXELS.fullmatch(value):
        return match[1] if int(match[1]) else ""
    match = _PERCENT.fullmatch(value) if percent else None
    return f"{match[1]}%" if match else ""
