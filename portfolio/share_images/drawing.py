"""A title page in small: paper, a short rule in the accent, the title, and whose page it is.

The face is Source Serif Pro (SIL Open Font License 1.1, which lets anybody ship and draw with it) from a package of its
own: of the site's stack it is the nearest that may be passed on. What it has no letters for is not drawn at all.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
PAPER, INK, QUIET = "#fbfaf7", "#221e1a", "#5c564f"  # as in the style sheet
EDGE, FOOT = 88, 34
SIZES = (92, 80, 70, 62, 54)
MOST_LINES = 4
LEADING = 1.16
FACES = Path(font_source_serif_pro.__file__).parent / "files"


@cache
def face(style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FACES / f"SourceSerifPro-{style}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def can_write(text: str) -> bool:
    """Whether the face has every letter of the text, and the text has one."""
    font = face("Regular", SIZES[-1])
    nothing = bytes(font.getmask("\U0010fffd"))
    return bool(text.strip()) and all(bytes(font.getmask(letter)) != nothing for letter in set(text) if letter != " ")


def draw_card(title: str, owner: str, detail: str, accent: str) -> bytes:
    """The picture as PNG; ``owner`` and ``detail`` stand at its foot."""
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((EDGE, EDGE, EDGE + 112, EDGE + 6), fill=accent)
    size, lines = set_title(title)
    top = EDGE + 48
    for line in lines:
        pen.text((EDGE, top), line, font=face("Regular", size), fill=INK)
        top += round(size * LEADING)
    base = HEIGHT - EDGE
    pen.text((EDGE, base), owner, font=face("Semibold", FOOT), fill=INK, anchor="ls")
    pen.text((WIDTH - EDGE, base), detail, font=face("Regular", FOOT), fill=QUIET, anchor="rs")
    file = io.BytesIO()
    sheet.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def set_title(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title takes few lines, and these; one that is too long ends in an ellipsis."""
    for size in SIZES:
        lines = broken(title, face("Regular", size))
        if len(lines) * size * LEADING <= SIZES[0] * LEADING * 3.2 and len(lines) <= MOST_LINES:
            return size, lines
    last = lines[MOST_LINES - 1]
    while last and face("Regular", size).getlength(f"{last}…") > WIDTH - 2 * EDGE:
        last = last[:-1]
    return size, [*lines[: MOST_LINES - 1], f"{last.rstrip()}…"]


def broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines that fit; a word that is wider than the sheet is cut."""
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
