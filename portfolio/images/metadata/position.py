"""Find place names and coordinates in the few texts that an image may keep: author, rights, camera. Pure.

Descriptions, comments and unknown blocks are removed anyway, so this is only a second check.
"""

from __future__ import annotations

import re

LONGEST = 1000  # characters of one text
PLACE = re.compile(
    r"\bgps|\bgeo:|latitude|longitude|coordinates|\blocat(?:ion|ed)\b|\bposition\b|°|º|\b(?:city|country|place)\s*[:=]|"
    r"(?<![\d.])-?\d{1,3}[.,]\d{3,}(?![\d.])|\d[.,]\d\d+\s*'?\s*[NSEW]\b|\b[NSEW]\s*\d{1,3}[.,]\d\d|"
    r"\d,\s?\d{1,2}(?:\.\d+)?[NSEW]\b",  # as XMP writes degrees and minutes
    re.IGNORECASE,
)


def harmless_text(text: str) -> str:
    """``text`` stripped of white space and zero bytes; "" when it is long, unprintable or may name a place."""
    text = text.strip().strip("\0").strip()
    if len(text) > LONGEST or PLACE.search(text) or not text.replace("\n", " ").isprintable():
        return ""
    return text
