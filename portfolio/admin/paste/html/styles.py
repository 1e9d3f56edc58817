"""Styles of an element: marks, monospaced font, preserved white space, visibility."""

from __future__ import annotations

import re

from bs4 import Tag

Marks = frozenset[str]  # of "b", "i", "s", "sup", "sub", "code": the names that rich text has

_DECLARATION = re.compile(r"""([\w-]+)\s*:\s*((?:[^;"']|"[^"]*"|'[^']*')*)""")
_MONOSPACED = re.compile(
    r"mono\b|monospace|courier|consolas|menlo|monaco|lucida console|source code|fira code|cascadia", re.IGNORECASE
)
_MARKS_OF_TAGS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i", "s": "s", "del": "s",
    "strike": "s", "sup": "sup", "sub": "sub", "code": "code", "tt": "code", "kbd": "code", "samp": "code",
}  # fmt: skip
_NOT_READ = re.compile(r"\b(?:sr-only|visually-hidden|screen-reader-text|headerlink|anchorjs-link|heading-link)\b")
BOLD_FROM = 600  # some sites use a weight of 500 for normal text


def style_of(element: Tag) -> dict[str, str]:
    """Return the declarations of the style attribute; the last of several with the same name counts."""
    written = element.get("style")
    if not written:
        return {}
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(str(written)[:20_000])}


def classes(element: Tag) -> str:
    names = element.get("class") or ""
    return names if isinstance(names, str) else " ".join(names)


def marks(element: Tag, inherited: Marks) -> Marks:
    """Return the marks of text in ``element``; ``inherited`` are those of its parent."""
    style = style_of(element)
    own = set(inherited)
    if mark := _MARKS_OF_TAGS.get(element.name):
        own.add(mark)
    weight = style.get("font-weight", "")
    is_number = weight.isdecimal() and len(weight) <= len("1000")
    if weight in ("bold", "bolder") or (is_number and int(weight) >= BOLD_FROM):
        own.add("b")
    elif weight in ("normal", "lighter") or is_number:
        own.discard("b")
    slant = style.get("font-style", "")
    if slant.startswith(("italic", "oblique")):
        own.add("i")
    elif slant == "normal":
        own.discard("i")
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        own.add("s")
    if style.get("vertical-align") in ("super", "sub"):
        own.add("sup" if style["vertical-align"] == "super" else "sub")
    if is_monospaced(element):
        own.add("code")
    return frozenset(own)


def is_monospaced(element: Tag) -> bool:
    family = style_of(element).get("font-family", "") or str(element.get("face") or "")
    return bool(family) and _MONOSPACED.search(family.split(",")[0] + "," + family.rpartition(",")[2]) is not None


def keeps_space(element: Tag) -> bool:
    return element.name == "pre" or style_of(element).get("white-space", "").startswith(("pre", "break-spaces"))


def is_hidden(element: Tag) -> bool:
    """Whether an element was invisible on the page, or is a link symbol next to a heading."""
    style = style_of(element)
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or element.has_attr("hidden")
        or _NOT_READ.search(classes(element)) is not None
    )
