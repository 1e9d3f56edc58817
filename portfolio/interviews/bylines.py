"""Bylines and credits, also several in a line: "Published on 3 May 2024 by Nora Whitlock, science desk"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from portfolio.interviews.boilerplate import photo_credit, reading_minutes
from portfolio.interviews.datelines import read_dateline
from portfolio.interviews.kinds import LineKind
from portfolio.interviews.speakers import looks_like_name

_BY = r"by|por|par|von|door|di|av|af|przez"
_DONE = (
    r"words|text|story|written|interview(?:ed)?(?:\s+(?:conducted|carried\s+out|led))?|questions|asked|reporting|"
    r"reported|report|edited|transcribed|compiled|hosted|presented|conversation|as\s+told|told|posted|published"
)
_LABEL = (
    rf"(?:{_DONE})(?:\s+(?:and|&)\s+(?:{_DONE}|photo\w*|pictures?))?\s+(?:by|to)|"
    r"autor(?:a|in)?|authors?|auteure?|auteur|autore|interviewer(?:in)?|reporter|host|presenter|moderation|moderator(?:in)?|presentador[ae]?|entrevistador[ae]?|"
    r"(?:das\s+)?(?:interview|gespräch)\s+(?:führten?|von)|die\s+fragen\s+stellten?|(?:es\s+)?fragten?|"
    r"aufgezeichnet\s+von|protokoll|"
    r"(?:propos\s+recueillis|entretien\s+(?:réalisé|mené)|interview\s+réalisée)\s+par|"
    r"entrevista\s+(?:de|por|realizada\s+por)|texto\s+(?:de|por)|intervista\s+(?:di|a\s+cura\s+di)|testo\s+di|"
    rf"tekst|texte|testo|texto|text|words|entrevista|interview|gespräch|entretien|intervista|from|{_BY}"
)
_CJK_LABEL = (
    r"聞き手|聞手|インタビュアー|取材・文|取材|構成|文・構成|文|記者|记者|采访者|采访|撰文|作者|编辑|採訪|訪問者"
)
_ONLY_LABEL = re.compile(rf"(?:{_LABEL}|{_CJK_LABEL})\s*[:：]?", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?:(?:{_LABEL})\s*(?:[:：]\s*|\s+|/\s*)(?:{_BY}\s+)?|(?:{_CJK_LABEL})\s*[:：=＝/／|｜]\s*|(?:文|聞き手)\u3000)"
    r"(?P<name>[^,;|·()（）\n、，]{2,90})(?:\s*[,;|·(（、，]\s*(?P<role>[^)）]{2,120})[)）]?)?\.?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?P<name>.+?)\s+(?P<role>(?:for|für|para|pour|of|at|from|per|in)\s+(?:the\s+)?[^\W\d_a-z].*)", re.DOTALL
)
# The publication after the date: "Written by Jon Ek on 31/12/23 for The Tide".
_FOR_WHOM = re.compile(r"(?:for|für|para|pour|per|voor)\s+(?:the\s+)?[^\W\d_a-z][^.!?]{1,80}")
_JOINED = re.compile(r"(?:(?<!\s)\s++)?(?:,|&|\b(?:and|und|y|et|e|en)\b|、)\s*+")
SEPARATOR = re.compile(r"(?<!\s)\s++[·•|–—/]\s++|(?:(?<!\s)\s++)?[·•|｜]\s*+")
# Positions at which a line with several parts can be split.
_CUT = re.compile(r"(?:(?<!\s)\s++)?[,;.()（）]\s*+|\s++")
# A full stop that is not part of an initial or title: "Nora Whitlock. Photos" is not a name.
_SENTENCE_END = re.compile(r"[^\W\d_]{4,}\.\s")
_ROLE_WORD = re.compile(r"[^\W\d_]")
# Maximum length of a line with dates, names or credits; a longer line is prose. The limit also keeps the time of the
# patterns proportional to the text.
MAX_HEADER_LINE = 300
_MAX_LENGTH = 240  # characters of a line
_MAX_CUTS = 40


@dataclass(frozen=True, slots=True)
class BylineSegment:
    """A part of a line above or below the conversation, with its kind and text."""

    kind: LineKind
    text: str
    certain: bool = True


def is_byline_label(text: str) -> bool:
    """Whether ``text`` is only a label, with the name on the next line."""
    return len(text) <= _MAX_LENGTH and _ONLY_LABEL.fullmatch(text.strip("*_ ")) is not None


def byline_of(text: str) -> tuple[str, str] | None:
    """Return name and role ("" if none) in a line such as "By Theo Marchetti, features editor", else None."""
    match = _BYLINE.fullmatch(text.strip("*_ ")) if len(text) <= _MAX_LENGTH else None
    if match is None:
        return None
    name, role = match["name"].strip(" .*_"), (match["role"] or "").strip(" .")
    if not _are_names(name) and (match := _FOR.fullmatch(name)) and not role:
        name, role = match["name"].strip(), match["role"].strip()
    if not _are_names(name) or read_dateline(name) is not None or (role and not _ROLE_WORD.search(role)):
        return None
    more = re.fullmatch(r"(\S+\s.+?)\s+(?:and|&|und|y|et|e)\s+(\S+\s.+)", role)
    if more and looks_like_name(role):  # "By Ada Quill, Bo Lind and Cy Moe"
        return f"{name}, {role}", ""
    return name, role


def _are_names(text: str) -> bool:
    names = [name for name in _JOINED.split(text) if name]
    return bool(names) and not _SENTENCE_END.search(text) and all(looks_like_name(name) for name in names)


def byline_pieces(text: str) -> list[BylineSegment]:
    """Return the segments of a line that consists only of dates, bylines, roles, credits and reading times; else []."""
    text = text.strip().strip("*_").strip()
    if not text or len(text) > _MAX_LENGTH:
        return []
    parts = [part for part in SEPARATOR.split(text) if part]
    segments: list[BylineSegment] = []
    for index, part in enumerate(parts):
        pieces = _clause(part)
        named = any(piece.kind is LineKind.BYLINE for piece in segments)
        alone = looks_like_name(part) and 2 <= len(part.split()) <= 4
        if not pieces and len(parts) > 1 and not named and alone:  # "Posted 06.12.2023 | Jon Ek"
            pieces = [BylineSegment(LineKind.BYLINE, part.strip(), certain=False)]
        if not pieces and index and segments[-1].kind is LineKind.BYLINE and _may_be_role(part):
            pieces = [BylineSegment(LineKind.BYLINE_ROLE, part.strip())]
        if not pieces and named and not any(piece.kind is LineKind.BYLINE_ROLE for piece in segments):
            # "By Jon Ek | 06.12.2023 | The Tide"
            pieces = [BylineSegment(LineKind.BYLINE_ROLE, part.strip(), certain=False)] if _may_be_role(part) else []
        if not pieces:
            return []
        segments += pieces
    kinds = {piece.kind for piece in segments}
    if LineKind.BYLINE_ROLE in kinds and LineKind.BYLINE not in kinds:
        return []
    return segments if any(piece.certain for piece in segments) else []


def _may_be_role(text: str) -> bool:
    return len(text.split()) <= 8 and text.rstrip()[-1:] not in ".?!:"


@lru_cache(maxsize=512)  # the end of a line is parsed for many of its cuts
def _clause(text: str) -> Sequence[BylineSegment]:
    if simple := _simple(text):
        return simple
    cuts = [match for match in _CUT.finditer(text) if match.start() and match.end() < len(text)][:_MAX_CUTS]
    # Try the longest first part that is recognised, with a recognised rest.
    for cut in reversed(cuts):
        if first := _simple(text[: cut.start()]):
            if any(piece.kind is LineKind.BYLINE for piece in first) and not _ends_byline(text[cut.start() :]):
                continue
            behind = _without_joint(text[cut.end() :])
            if rest := _clause(behind):
                return [*first, *rest]
            if first[-1].kind is LineKind.DATE and _FOR_WHOM.fullmatch(behind):
                return [*first, BylineSegment(LineKind.BYLINE_ROLE, behind)]
    return []


def _without_joint(text: str) -> str:
    return re.sub(r"^(?:and|und|y|et|e|&|on(?=\s))\s+", "", text.strip(" ,;.()（）"), flags=re.IGNORECASE)


def _ends_byline(rest: str) -> bool:
    """Whether the text after a byline is a separate part: a date, a reading time or another credit."""
    return bool(_simple(_without_joint(rest))) or bool(re.match(r"\s*[.;]", rest)) or _has_clause(rest)


def _has_clause(rest: str) -> bool:
    return bool(_clause(_without_joint(rest)))


def _simple(text: str) -> list[BylineSegment]:
    text = text.strip(" ,;()（）")
    if not text:
        return []
    if reading_minutes(text) is not None:
        return [BylineSegment(LineKind.READING_TIME, text)]
    if read_dateline(text) is not None:
        return [BylineSegment(LineKind.DATE, text)]
    if photo_credit(text):
        return _credit(text)
    if byline := byline_of(text):
        name, role = byline
        # A date in place of the role: "By Nora Whitlock, 3 May 2024".
        if role and (inner := _clause_of_role(role)):
            return [BylineSegment(LineKind.BYLINE, name), *inner]
        return [BylineSegment(LineKind.BYLINE, name), *([BylineSegment(LineKind.BYLINE_ROLE, role)] if role else [])]
    return []


def _credit(text: str) -> list[BylineSegment]:
    """Return a credit and the segments after it in the same line."""
    for cut in [match for match in _CUT.finditer(text) if match.start() and match.end() < len(text)][:_MAX_CUTS]:
        rest = _without_joint(text[cut.end() :])
        if rest and photo_credit(text[: cut.start()]) and (pieces := _simple(rest)):
            return [BylineSegment(LineKind.PHOTO_CREDIT, text[: cut.start()].rstrip(" ,;")), *pieces]
    return [BylineSegment(LineKind.PHOTO_CREDIT, text)]


def _clause_of_role(role: str) -> list[BylineSegment]:
    """Return the segments if the role of a byline is, or is followed by, a date or a credit; else []."""
    joint = _without_joint(role)
    if pieces := list(_clause(joint)):
        return pieces
    for cut in [match for match in _CUT.finditer(role) if match.start() and match.end() < len(role)][:_MAX_CUTS]:
        rest = _without_joint(role[cut.end() :])
        if rest and (pieces := _simple(rest)):
            return [BylineSegment(LineKind.BYLINE_ROLE, role[: cut.start()].strip(" ,;")), *pieces]
    return []
