"""Oklch, the colour space of the style sheet, and the contrast of WCAG. The matrices are Björn Ottosson's.

https://bottosson.github.io/posts/oklab/, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

HEX = re.compile(r"#[0-9a-fA-F]{6}")
Linear = tuple[float, float, float]  # red, green and blue in linear light, each from 0 to 1


class Oklch(NamedTuple):
    lightness: float
    chroma: float
    hue: float  # in degrees


def from_hex(colour: str) -> Oklch:
    """``colour`` is # and six hexadecimal digits."""
    red, green, blue = (expand(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_linear(colour: Oklch) -> Linear:
    """The colour as a screen shows it: what lies outside of sRGB is clipped."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        clipped(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        clipped(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        clipped(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def clipped(value: float) -> float:
    return min(1.0, max(0.0, value))


def to_hex(colour: Oklch) -> str:
    return "#" + "".join(f"{round(compress(value) * 255):02x}" for value in to_linear(colour))


def expand(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def compress(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def contrast(one: Linear, other: Linear) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
