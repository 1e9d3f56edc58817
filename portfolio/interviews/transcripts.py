"""Transcripts: remove time stamps and other additions of Otter, Zoom, Teams and subtitle files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_STAMP = rf"[\[(（［]?\s*+{_TIME}(?:\s*+[ap]\.?m\.?)?(?:\s*+[\])）］])?"
_CUE = rf"{_TIME}\s*-+>\s*{_TIME}"
_NAME = r"(?P<speaker>[^\W\d_][^:：\[\]()<>\n.?!,]{0,50}?(?<=\S))"
_BEFORE = re.compile(rf"{_STAMP}\s*+(?:[-–—|]\s*+)?(?P<text>\S.*)", re.DOTALL)
_BEHIND_NAME = (
    # Otter, Teams, Rev: the name, the time, and the speech on the next line or after a colon.
    re.compile(rf"{_NAME}(?:\s*+[-–—|,]\s*+|\s++){_STAMP}\s*+:?\s*+(?P<text>.*)", re.DOTALL),
    re.compile(rf"{_NAME}\s*+[\[(（［]\s*+{_TIME}\s*+[\])）］]\s*+[:：]?\s*+(?P<text>.*)", re.DOTALL),
    # Zoom: "[Mara Lindqvist] 10:01:20"
    re.compile(rf"\[(?P<speaker>[^\[\]:\n]{{1,50}})\]\s*+{_STAMP}\s*+(?P<text>.*)", re.DOTALL),
    # Subtitles: "<v Mara Lindqvist>In 2010.</v>"
    re.compile(r"<v(?:\.[\w.]+)?\s++(?P<speaker>[^<>\n]{1,50})>(?P<text>.*)", re.DOTALL),
)
_NOISE = re.compile(
    rf"WEBVTT.{{0,60}}|NOTE\b.{{0,80}}|{_CUE}.{{0,60}}|{_STAMP}|"
    rf"\d+h?\s*\d*m(?:in)?\s*\d*s|[\w-]{{8,}}/\d+-\d+|"
    r".{1,60}\s(?:started|stopped|ended)\s(?:the\s)?(?:transcription|recording)\.?|"
    r"transcribed\s+by\s+https?://\S+",
    re.IGNORECASE,
)
_CUE_LINE = re.compile(_CUE)


@dataclass(frozen=True, slots=True)
class Stamped:
    """A paragraph without its time stamp; ``speaker`` is the name next to it, or ""."""

    speaker: str
    text: str


def without_stamp(text: str) -> Stamped | None:
    """Return ``text`` without a time stamp at the start or after the name of the speaker; None if it has none."""
    if not any(character.isdigit() for character in text[:80]) and not text.startswith("<v"):
        return None
    if match := _BEFORE.fullmatch(text):
        return Stamped("", match["text"])
    for pattern in _BEHIND_NAME:
        if match := pattern.fullmatch(text):
            return Stamped(match["speaker"].strip(), match["text"].strip().removesuffix("</v>").rstrip())
    return None


def is_noise(text: str) -> bool:
    """Whether ``text`` is only a time stamp, the times of a subtitle, or a remark of the recording program."""
    return len(text) <= 120 and _NOISE.fullmatch(text) is not None


def is_count(text: str) -> bool:
    """Whether ``text`` is the number of a subtitle."""
    return text.isdecimal() and len(text) <= 5


def is_subtitles(texts: Sequence[str]) -> bool:
    """Whether the paragraphs are from a subtitle file, in which single numbers are counters."""
    return sum(_CUE_LINE.match(text) is not None for text in texts) >= 2
