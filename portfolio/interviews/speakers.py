"""Speaker labels at the beginning of a paragraph: "Q:", "Respuesta:", "**Mara Lindqvist:**", "記者：", "【田中】"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portfolio.documents.months import fold
from portfolio.interviews.naming import Named, same_person
from portfolio.interviews.questions import ends_with_question
from portfolio.interviews.transcripts import without_stamp

_LETTERS = "QAPRFDVSOВО問问答"
_LABELS = {
    # Form of a label -> pattern for speaker and following text. The first form with a valid speaker is used.
    "bold": r"(?:\*\*|__)\s*+([^\s:：*_][^:：*_\n]{0,59}?)\s*+(?:[:：.]\s*+(?:\*\*|__)|(?:\*\*|__)\s*+[:：])\s*+(.*)",
    "bold alone": r"(?:\*\*|__)([^:：*_\n?？!.…]{1,40})(?:\*\*|__)(?:\s+|$)(.*)",
    "bracket": r"[【〈《\[［（(]([^:：\n【】〈〉\[\]［］()（）]{1,30})[】〉》\]］）)]\s*[:：]?\s*(.*)",
    "colon": r"([^:：*_\n「『“„«»\"]{1,60}?)\s*+(?::(?:\s++|$)|：\s*+)(.*)",
    "letter": rf"((?:[{_LETTERS}]|[Pp]regunta|[Rr]espuesta|[Pp]ergunta|[Rr]esposta|Question|Answer|Frage|Antwort)"
    r"\d{0,3})\s*(?:[.)、．]|\s[–—-](?=\s))(?:\s+|$|(?<=[、．]))(.*)",
    "blank": rf"([{_LETTERS}ＱＡ]|[\u3400-\u9fff々ァ-ヴー・]{{1,8}})\u3000+(.*)",
}
_FORMS = {kind: re.compile(pattern, re.DOTALL) for kind, pattern in _LABELS.items()}
_ASKING = frozenset(
    """
    q question p pregunta f frage pergunta interviewer interviewerin domanda d vraag v fraga sporsmal pytanie вопрос в
    entrevistador entrevistadora journalist journalistin periodista reporter host moderator moderatorin redaktion
    س السؤال
    問 问 質問 聞き手 聞手 記者 记者 インタビュアー 編集部 编辑 主持人 采访者 提问 ｑ
    """.split()
)
_ANSWERING = frozenset(
    """
    a answer r respuesta antwort resposta reponse interviewee risposta antwoord svar s o odpowiedz ответ о entrevistado
    entrevistada guest invitado invitada gast convidado convidada
    ج الجواب
    答 回答 受访者 嘉宾 ａ
    """.split()
)
# Letters that are labels only in these pairs: "R:" answers "P:", but next to "M:" it is a name.
_PAIRS = {
    "q": "ar", "p": "ro", "f": "as", "d": "ra", "v": "a", "в": "о", "ｑ": "ａ",
    "س": "ج",
    "問": "答", "问": "答",
}  # fmt: skip
# With more "speakers", the labels are list items or definitions.
_MAX_SPEAKERS = 40
_PARTICLES = frozenset(
    {"de", "del", "der", "den", "di", "da", "van", "von", "bin", "ibn", "la", "le", "y", "of", "and"}
)
_UNCASED_NAME = re.compile(r"[^\W\d_]{1,12}(?:[\s・·][^\W\d_]{1,12}){0,2}(?:さん|氏)?")
_MAX_UNCASED = 14  # characters of a name in a script without capitals


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label as written, and the text after it ("" if the label is on a line of its own).

    ``stamped`` is True if the label had a time stamp.
    """

    speaker: str
    text: str
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Speakers:
    """The speakers of a conversation.

    ``answers`` says for each label whether it answers; ``certain`` is False if that is a guess. ``names`` maps a label
    to the longest label of the same person. ``shaky`` are labels that occur once and may be part of the text.
    """

    answers: Mapping[str, bool]
    names: Mapping[str, str]
    certain: bool = True
    shaky: frozenset[str] = frozenset()

    def people(self, *, answering: bool) -> list[str]:
        """Return the people who answer, or who ask, in the order in which they first speak."""
        names = [self.names[speaker] for speaker, answers in self.answers.items() if answers is answering]
        return list(dict.fromkeys(name for name in names if name not in self.shaky))


def speaker_label(text: str) -> Label | None:
    """Return the speaker label at the start of ``text``, None if there is none."""
    stamped = without_stamp(text)
    if stamped is not None and stamped.speaker:
        return Label(stamped.speaker, stamped.text, stamped=True) if _is_speaker(stamped.speaker) else None
    label = _plain_label(stamped.text if stamped else text)
    return replace(label, stamped=True) if label and stamped else label


def _plain_label(text: str) -> Label | None:
    for kind, form in _FORMS.items():
        match = form.fullmatch(text)
        if match is None or (kind == "bracket" and not _may_stand_in_brackets(text, match[1])):
            continue
        speaker, after = match[1], match[2].strip()
        if any(character.isdigit() for character in speaker) and (timed := without_stamp(f"{speaker}:")):
            speaker = timed.speaker or speaker
        if _is_speaker(speaker):
            return Label(speaker, after)
    return None


def _may_stand_in_brackets(text: str, speaker: str) -> bool:
    """Whether brackets hold a speaker label: "【田中】", "[Q]", "[Mara Lindqvist]:", not "[Laughs]", "（笑）"."""
    if _role_word(speaker):
        return True
    if text[0] in "（(":
        return False
    return not _has_case(speaker) or text[len(speaker) + 2 :].lstrip()[:1] in (":", "：")


def _has_case(text: str) -> bool:
    return any(character.lower() != character.upper() for character in text)


def _is_speaker(speaker: str) -> bool:
    return bool(_role_word(speaker)) or looks_like_name(speaker)


def looks_like_name(text: str) -> bool:
    """Whether the text is one to five capitalised words or particles, or a few characters without letter case.

    The last word may be a number: "Speaker 1".
    """
    words = text.split()
    if any(sign in text for sign in '?!？！¿¡“”"「」'):
        return False
    if not _has_case(text):
        return len(text) <= _MAX_UNCASED and _UNCASED_NAME.fullmatch(text) is not None
    return 1 <= len(words) <= 5 and all(
        word[0].isupper() or (index and (word in _PARTICLES or (index == len(words) - 1 and word.isdecimal())))
        for index, word in enumerate(words)
    )


def who_speaks(labels: Sequence[Label], named: Named | None = None) -> Speakers | None:
    """Return who answers and who asks; None if the labels are not those of a conversation.

    Labels such as "Q" and "A" are explicit, and people named in the title (``named``) answer. Otherwise the speaker
    whose turns most often end with a question mark asks, and so does everybody who asks in more than half of the
    turns; at least two must speak twice. Initials and surnames ("ML", "Lindqvist") belong to the full name.
    """
    named = named or Named()
    turns = Counter(label.speaker for label in labels)
    by_word = _roles_by_word(turns)
    if {"asks", "answers"} <= set(by_word.values()):
        answers = {speaker: by_word[speaker] == "answers" for speaker in turns if by_word.get(speaker)}
        return Speakers(answers, {speaker: speaker for speaker in answers})
    if not 2 <= len(turns) <= _MAX_SPEAKERS:
        return None
    names = {speaker: _fullest(speaker, turns) for speaker in turns}
    spoken = Counter(names[label.speaker] for label in labels)
    asked = Counter(
        names[label.speaker]
        for label in labels
        if ends_with_question(label.text) or by_word.get(label.speaker) == "asks"
    )
    short = len(labels) <= 3  # in so short a conversation nobody needs to speak twice
    by_name = _roles_by_name(spoken, named, by_word)
    enough = 1 if (short and asked) or len(by_name) > 1 else 2
    if sum(count >= 2 for count in spoken.values()) < enough or len(spoken) < 2:
        return None
    if not asked and not by_name:
        # Without questions, the first speaker asks, if two people alternate.
        regular = sum(one.speaker != two.speaker for one, two in pairwise(labels))
        if len(spoken) > 2 or regular < len(labels) - 1 or len(labels) < 4:
            return None
        answers = {speaker: names[speaker] != names[labels[0].speaker] for speaker in turns}
        return Speakers(answers, names, certain=False)
    share = {name: asked[name] / spoken[name] for name in spoken}
    asking = max(spoken, key=lambda name: (by_name.get(name) is not True, share[name], spoken[name]))
    roles = {name: by_name[name] if name in by_name else not (name == asking or share[name] > 0.5) for name in spoken}
    if all(roles.values()) or not any(roles.values()):
        return None
    close = max(share[name] for name in spoken if roles[name]) >= share[asking] > 0 or not asked
    shaky = frozenset(name for name in spoken if spoken[name] == 1 and not asked[name] and name not in by_name)
    return Speakers({speaker: roles[names[speaker]] for speaker in turns}, names, bool(by_name) or not close, shaky)


def _roles_by_word(turns: Mapping[str, int]) -> dict[str, str]:
    """Return the roles of explicit labels; single letters count only in matching pairs."""
    roles = {speaker: _role_word(speaker) for speaker in turns}
    letters = {letter for speaker in turns if len(letter := _letter(speaker)) == 1}
    asks = {one for one in letters if set(_PAIRS.get(one, "")) & letters} or letters & {"q"}
    answers = {other for one in asks for other in _PAIRS[one] if other in letters}
    for speaker in roles:
        if len(letter := _letter(speaker)) == 1:
            roles[speaker] = "asks" if letter in asks else "answers" if letter in answers else ""
    return {speaker: role for speaker, role in roles.items() if role}


def _roles_by_name(spoken: Mapping[str, int], named: Named, by_word: Mapping[str, str]) -> dict[str, bool]:
    """Return who answers (True) or asks (False) according to the title or labels such as "Interviewer"."""
    answering = {name for name in spoken if any(same_person(name, other) for other in named.answers)}
    asking = {name for name in spoken if any(same_person(name, other) for other in named.asks)} - answering
    asking |= {name for name in spoken if by_word.get(name) == "asks"}
    answering |= {name for name in spoken if by_word.get(name) == "answers"} - asking
    if not answering and not asking:
        return {}
    if answering >= set(spoken):
        return {}
    roles = dict.fromkeys(answering, True) | dict.fromkeys(asking, False)
    if answering and not asking:
        rest = [name for name in spoken if name not in answering]
        if len(rest) == 1:
            roles[rest[0]] = False
    return roles


def _fullest(speaker: str, speakers: Sequence[str] | Mapping[str, int]) -> str:
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


def is_role_word(speaker: str) -> bool:
    """Whether a label explicitly asks or answers: "Q", "Respuesta", "記者"."""
    return bool(_role_word(speaker))


def asked(text: str) -> str:
    """Return the text after an explicit question label ("Q:", "Q1.", "Frage 2:"), "" without one.

    A single letter other than Q needs a number.
    """
    label = speaker_label(text)
    if label is None or _role_word(label.speaker) != "asks":
        return ""
    alone = len(label.speaker.strip(" .")) == 1 and label.speaker.strip(" .") not in "QqＱ問问"
    return "" if alone else label.text


def _letter(speaker: str) -> str:
    return re.sub(r"\s*\d+$", "", fold(speaker).strip(" ."))


def _role_word(speaker: str) -> str:
    word = _letter(speaker)
    return "asks" if word in _ASKING else "answers" if word in _ANSWERING else ""
