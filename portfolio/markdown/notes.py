"""Footnotes: which of its marks a note belongs to, and text without them."""

from __future__ import annotations

import re

# A mark or a note as kramdown (fnref:a, fn:a) and goldmark (fnref1, fn1) name it; a note's further marks end in ":1".
_END = re.compile(r'<(?:sup|a|li)\b[^>]*?\sid="fn(?:ref)?:?([^":]+)"')
_ALL_NOTES = re.compile(r'<div class="footnotes".*', re.DOTALL)
_ANY_MARK = re.compile(r'<sup id="fnref[^>]*>\s*<a\b[^>]*>[^<]*</a>\s*</sup>|\[\^[^\]\s<]{1,100}\]')
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def join_notes(html: str) -> str:
    """Give each note and its first mark one name for the style sheet: wide pages show notes beside their marks."""

    def name(match: re.Match[str]) -> str:
        plain = _UNSAFE.sub(lambda character: f"_{ord(character[0]):x}_", match[1])
        return f'{match[0]} data-note="--note-{plain}"'

    return _END.sub(name, html) if ' id="fn' in html else html


def without_notes(html: str) -> str:
    """``html`` without the marks of its notes and the list of them at its end.

    A mark of which the note stands in another part of the text is only what was written for it, and goes as well.
    """
    return _ANY_MARK.sub("", _ALL_NOTES.sub("", html))
