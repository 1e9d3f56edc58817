"""Detection of questions: question marks of every script, and requests that have none."""

from __future__ import annotations

import re

from portfolio.documents.months import fold

# English, Chinese and Japanese, Arabic, Greek.
QUESTION_MARKS = "?？؟\u037e"
_AFTER_MARK = "*_\"”’“'»«›)]」』】）〉》 \u3000!！…。."
_MAX_WORDS = 60
_MAX_CHARACTERS = 600  # for scripts without spaces between words
# Requests that ask without a question mark, by their first word.
_REQUESTS = frozenset(
    """
    tell describe explain talk walk give share finish complete name please take introduce remind paint imagine
    cuentame cuentanos cuentenos cuenteme cuente hablame hablanos hableme hablenos explicame explicanos explique
    describe describenos describa digame diganos
    erzahl erzahle erzahlen beschreib beschreibe beschreiben erklar erklaren nennen nenne schildern beschreiben
    racontez raconte parlez parle decrivez decris expliquez explique dites
    conte conta fale descreva explique racconta racconti parlaci descrivi vertel beschrijf leg
    расскажите расскажи опишите объясните
    """.split()
)
_REQUEST_ENDS = ("ください", "下さい", "お願いします", "お聞かせください")
# Japanese endings of questions with a full stop instead of a question mark.
_PARTICLES = ("ですか", "ますか", "ましたか", "でしたか", "ませんか", "でしょうか", "ましょうか")
_REQUEST_STARTS = ("请", "請")
_YOU = re.compile(
    r"\b(?:you|your|yours|yourself|sie|ihr|ihre|ihren|ihrem|ihnen|du|dich|dir|dein|deine|deinen|usted|ustedes|tú|tu|"
    r"tus|te|ti|contigo|vosotros|vous|votre|vos|toi|ton|ta|tes|você|vocês|seu|sua|lei|suo|jij|je|jouw|uw|"
    r"вы|вас|вам|ваш\w*|ты|тебя|pan[ia]?|ci|cię|ni|era|er)\b|あなた|貴方|您|你|당신",
    re.IGNORECASE,
)


def has_question_mark(text: str) -> bool:
    return any(mark in text for mark in QUESTION_MARKS)


def ends_with_question(text: str) -> bool:
    """Whether ``text`` is short enough for a question and ends with a question mark, apart from markup."""
    bare = text.rstrip(_AFTER_MARK)
    return bare.endswith(tuple(QUESTION_MARKS)) and is_short(text)


def asks(text: str) -> bool:
    """Whether ``text`` ends as a question: with a question mark, or in Japanese with the particle か。"""
    return ends_with_question(text) or (text.rstrip("。.*_ 」』").endswith(_PARTICLES) and is_short(text))


def is_short(text: str) -> bool:
    """Whether ``text`` is not too long for one question."""
    return len(text.split()) <= _MAX_WORDS and len(text) <= _MAX_CHARACTERS


def is_request(text: str) -> bool:
    """Whether ``text`` is a request: "Tell me about the nights.", "Beschreiben Sie …", "…について教えてください。"."""
    words = text.split(maxsplit=1)
    bare = text.rstrip("。.!！*_ ")
    return bool(words) and (
        fold(words[0]).strip(",.:*_¿¡") in _REQUESTS
        or bare.endswith(_REQUEST_ENDS)
        or bare.lstrip("*_").startswith(_REQUEST_STARTS)
    )


def addresses_reader(text: str) -> bool:
    """Whether a question addresses somebody with a word for "you"."""
    return _YOU.search(text) is not None
