"""Short formulas as plain text, for excerpts and descriptions: x², a ≤ b, O(n log n)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from portfolio.markdown.tex.mathml import convert

MAX_TEX = 120
MAX_SHOWN = 40
"""Characters; a longer formula says nothing to somebody who reads one line."""

_ABOVE = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzTαβγδ*∗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵅᵝᵞᵟ**",
)
_BELOW = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
_SPACED = frozenset("=<>≤≥≈≠≡∼∝∈∉⊂⊆→←⇒⇔↦+−±×÷∪∩∧∨≪≫∣⊥≃≅")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064")
_VARIATION = dict.fromkeys((0xFE00, 0xFE01))


class NoPlainText(ValueError):
    """The formula needs more than a line of characters."""


def tex_as_text(tex: str) -> str | None:
    """Return the formula ``tex`` as one line of characters; None when it has none that is short and clear."""
    if len(tex) > MAX_TEX:
        return None
    math = convert(tex, display=False)
    if math is None:
        return None
    try:
        text = " ".join(_row(math[0][0]).split()).translate(_VARIATION)
    except NoPlainText:
        return None
    return text if text and len(text) <= MAX_SHOWN else None


def _row(elements: Iterable[Element]) -> str:
    text = ""
    row = list(elements)
    for index, element in enumerate(row):
        part = _text(element)
        if element.tag == "mo" and part in _SPACED and 0 < index < len(row) - 1:
            part = f" {part} "
        elif element.tag == "mo" and part == ",":
            part = ", "
        # A function and its argument stay apart: log n.
        elif text and text[-1:].isalpha() and len(part) > 1 and part[:1].isalpha():
            part = f" {part}"
        text += part
    return text


def _text(element: Element) -> str:
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            text = element.text or ""
            return " " if text in _INVISIBLE else text
        case "mspace":
            return " " if element.get("width", "").startswith(("1em", "2em", "0.2")) else ""
        case "mrow" | "mstyle" | "mpadded":
            if element.get("part"):
                raise NoPlainText
            return _row(element)
        case "msup":
            return _text(element[0]) + _superscript(element[1])
        case "msub":
            return _text(element[0]) + _script(element[1], _BELOW)
        case "msubsup":
            return _text(element[0]) + _script(element[1], _BELOW) + _superscript(element[2])
        case "mfrac" if element.get("linethickness") is None:
            return f"{_operand(element[0])}/{_operand(element[1])}"
        case "msqrt":
            return f"√{_operand(element)}"
    raise NoPlainText


def _operand(element: Element) -> str:
    text = (_row(element) if element.tag == "msqrt" else _text(element)).strip()
    return text if text.isalnum() else f"({text})"


def _superscript(element: Element) -> str:
    try:
        return _script(element, _ABOVE)
    except NoPlainText:
        text = "".join(_text(element).split())
        return f"^{text}" if len(text) == 1 else f"^({text})"


def _script(element: Element, characters: dict[int, int]) -> str:
    text = "".join(_text(element).split())
    if not text or any(ord(character) not in characters for character in text):
        raise NoPlainText
    return text.translate(characters)
