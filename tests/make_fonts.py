"""Cut the self-hosted fonts from variable ones: ``python -m tests.make_fonts SOURCES``, always the same.

``SOURCES`` is a folder with SourceSerif4Variable-Roman.ttf, SourceSerif4Variable-Italic.ttf and
SourceSans3VF-Upright.ttf (Adobe), Inter-roman.var.ttf and Inter-italic.var.ttf (the Inter project). A font that was
changed may not be called Source, so the family has a name of its own.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import django
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from portfolio.models.site.typefaces import PAIRINGS, RANGES, Face  # noqa: E402 - a package of models

TARGET = Path(__file__).parents[1] / "portfolio" / "static" / "portfolio" / "fonts"
SOURCES = {
    "serif-roman": "SourceSerif4Variable-Roman.ttf",
    "serif-italic": "SourceSerif4Variable-Italic.ttf",
    "sans-roman": "SourceSans3VF-Upright.ttf",
    "inter-roman": "Inter-roman.var.ttf",
    "inter-italic": "Inter-italic.var.ttf",
}
# Kerning, marks and ligatures, and the figures that the style sheet asks for.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "rlig", "calt", "onum", "lnum", "tnum", "pnum", "zero"]
OPTICAL_SIZE = 14  # points: running text
FAMILY, FULL_NAME, POSTSCRIPT_NAME, TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
KEPT_NAMES = [0, FAMILY, 2, 3, FULL_NAME, POSTSCRIPT_NAME, 13, 14]


def cut(source: Path, face: Face, codes: str) -> TTFont:
    """The font from regular to bold with the characters of ``codes``."""
    font = TTFont(source, recalcTimestamp=False)
    limits = {"wght": (400, 700), "opsz": OPTICAL_SIZE}
    axes = {axis.axisTag for axis in font["fvar"].axes}
    limited = BytesIO()
    instantiateVariableFont(font, {tag: limit for tag, limit in limits.items() if tag in axes}).save(limited)
    font = TTFont(limited, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=KEPT_NAMES, flavor="woff2", glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(codes))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (FAMILY, FULL_NAME, TYPOGRAPHIC_FAMILY):
            record.string = face.family
        elif record.nameID in (3, POSTSCRIPT_NAME):
            record.string = face.family.replace(" ", "") + ("-Italic" if face.style == "italic" else "")
    font.flavor = "woff2"
    return font


def main(folder: Path) -> None:
    for face in dict.fromkeys(face for pairing in PAIRINGS for face in pairing.faces):
        for letters, codes in RANGES:
            target = TARGET / Path(face.path(letters)).name
            cut(folder / SOURCES[face.file], face, codes.replace(" ", "")).save(target)
            print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
