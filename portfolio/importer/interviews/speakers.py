"""Speaker labels at the beginning of a paragraph: "Q:", "Respuesta:", "**Mara Lindqvist:**"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.importer.months import fold

_LABEL = re.compile(
    r"(?:\*\*|__)\s*(?P<bold>[^:*_\n]{1,60}?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:)\s*(?P<after_bold>.*)"
    r"|(?P<plain>[^:*_\n]{1,60}?)\s*:(?:\s+|$)(?P<after_plain>.*)"
    r"|(?P<letter>[QAPRF]|[Pp]regunta|[Rr]espuesta|[Pp]ergunta|[Rr]esposta|Question|Answer|Frage|Antwort)"
    r"\d{0,3}\s*[.)](?:\s+|$)(?P<after_letter>.*)",
    re.DOTALL,
)
_ASKING = frozenset({"q", "question", "p", "pregunta", "f", "frage", "pergunta", "interviewer", "domanda", "vraag"})
_ANSWERING = frozenset({"a", "answer", "r", "respuesta", "antwort", "resposta", "reponse", "interviewee", "risposta"})
# More "speakers" than this are list items or definitions.
_MOST_SPEAKERS = 40
_PARTICLES = frozenset(
    {"de", "del", "der", "den", "di", "da", "van", "von", "bin", "ibn", "la", "le", "y", "of", "and"}
)


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks, as written, and what stands behind the label ("" when it stands on a line of its own)."""

    speaker: str
    text: str


def speaker_label(text: str) -> Label | None:
    """The label ``text`` begins with, if what stands before the colon looks like one."""
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    speaker = match["bold"] or match["plain"] or match["letter"]
    after = match["after_bold"] or match["after_plain"] or match["after_letter"] or ""
    known = _role_word(speaker)
    return Label(speaker, after.strip()) if known or looks_like_name(speaker) else None


def looks_like_name(text: str) -> bool:
    """One to five words, each capitalised or a particle such as "van"."""
    words = text.split()
    return 1 <= len(words) <= 5 and all(
        word[0].isupper() or (word in _PARTICLES and index) for index, word in enumerate(words)
    )


def answering_speakers(labels: Sequence[Label]) -> Mapping[str, bool] | None:
    """For each label that speaks in this conversation, whether it answers; None when the labels make no conversation.

    "Q" and "A" say it themselves. Among names the one whose turns most often end with a question mark asks, and
    whoever asks in more than half of the turns; at least two must speak twice. Initials and surnames ("ML",
    "Lindqvist") go with the full name.
    """
    by_word = {label.speaker: _role_word(label.speaker) for label in labels}
    if {"asks", "answers"} <= set(by_word.values()):
        return {speaker: role == "answers" for speaker, role in by_word.items() if role}
    turns = Counter(label.speaker for label in labels)
    if not 2 <= len(turns) <= _MOST_SPEAKERS:
        return None
    groups = {speaker: _same_person(speaker, turns) for speaker in turns}
    asked = Counter(
        groups[label.speaker]
        for label in labels
        if label.text.rstrip("*_ ").endswith("?") or by_word[label.speaker] == "asks"
    )
    spoken = Counter(groups[label.speaker] for label in labels)
    if not asked or sum(count >= 2 for count in spoken.values()) < 2:
        return None
    asking = max(spoken, key=lambda speaker: (asked[speaker] / spoken[speaker], spoken[speaker]))
    return {speaker: group != asking and asked[group] <= spoken[group] / 2 for speaker, group in groups.items()}


def full_name(speaker: str, speakers: Sequence[str]) -> str:
    """The longest label of the same person: "ML" -> "Mara Lindqvist"."""
    return _same_person(speaker, Counter(speakers))


def _same_person(speaker: str, speakers: Counter[str]) -> str:
    longer = [name for name in speakers if len(name) > len(speaker) and _abbreviates(speaker, name)]
    return max(longer, key=len, default=speaker)


def _abbreviates(short: str, name: str) -> bool:
    words = name.split()
    initials = "".join(word[0] for word in words if word.casefold() != "the")
    parts = re.split(r"[\s-]+", name)
    letters = short.replace(".", "").replace(" ", "")
    return len(words) > 1 and (
        letters in {initials, "".join(part[0] for part in parts if part)} or fold(short) in map(fold, parts)
    )


def _role_word(speaker: str) -> str:
    word = fold(speaker).strip(" .")
    word = re.sub(r"\s*\d+$", "", word)
    return "asks" if word in _ASKING else "answers" if word in _ANSWERING else ""
