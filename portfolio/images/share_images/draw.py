"""Draw a share image: the title on a plain background, with a short line in the accent colour and the owner's name.

The font is Source Serif Pro (SIL Open Font License 1.1). A title with a character that it lacks is not drawn at all.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
PAPER, INK, QUIET = "#fbfaf7", "#221e1a", "#5c564f"  # as in the style sheet
EDGE, FOOT = 88, 34
SIZES = (92, 80, 70, 62, 54)
MOST_LINES = 4
LEADING = 1.16
FONTS = Path(__file__).parent / "fonts"


@cache
def load_font(style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"SourceSerifPro-{style}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def has_glyphs(text: str) -> bool:
    """Whether the font has a glyph for every character of ``text``; False for an empty text."""
    font = load_font("Regular", SIZES[-1])
    missing = bytes(font.getmask("\U0010fffd"))
    return bool(text.strip()) and all(bytes(font.getmask(letter)) != missing for letter in set(text) if letter != " ")


def draw_share_image(title: str, owner: str, detail: str, accent: str) -> bytes:
    """The share image as PNG; ``owner`` and ``detail`` are at the bottom."""
    canvas = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((EDGE, EDGE, EDGE + 112, EDGE + 6), fill=accent)
    size, lines = fit_title(title)
    top = EDGE + 48
    for line in lines:
        draw.text((EDGE, top), line, font=load_font("Regular", size), fill=INK)
        top += round(size * LEADING)
    base = HEIGHT - EDGE
    draw.text((EDGE, base), owner, font=load_font("Semibold", FOOT), fill=INK, anchor="ls")
    draw.text((WIDTH - EDGE, base), detail, font=load_font("Regular", FOOT), fill=QUIET, anchor="rs")
    file = io.BytesIO()
    canvas.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def fit_title(title: str) -> tuple[int, list[str]]:
    """The largest font size in which the title fits, and its lines. A title that is too long ends in an ellipsis."""
    for size in SIZES:
        lines = wrap_lines(title, load_font("Regular", size))
        if len(lines) * size * LEADING <= SIZES[0] * LEADING * 3.2 and len(lines) <= MOST_LINES:
            return size, lines
    last = lines[MOST_LINES - 1]
    while last and load_font("Regular", size).getlength(f"{last}…") > WIDTH - 2 * EDGE:
        last = last[:-1]
    return size, [*lines[: MOST_LINES - 1], f"{last.rstrip()}…"]


def wrap_lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """``text`` in lines that fit the width; a word that is too wide is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * EDGE:
            lines[-1] = longer
            continue
        while font.getlength(word) > WIDTH - 2 * EDGE:
            word = word[:-1]
        lines.append(word) if lines[-1] else lines.__setitem__(-1, word)
    return lines
