"""Find names in titles: "A talk with Mara Lindqvist", "Mara Lindqvist on tides", "专访陈海"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.documents.months import fold

# A word, a single initial with its full stop, a number, or a sign.
_TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?=\s|$|[^\W\d_])|[^\W\d_][\w'’]*(?:[-‑][\w'’]+)*|\d+|[^\w\s]")
_PARTICLES = frozenset(
    "de del della delle der den di da dos das du van von vom zu zur zum bin ibn ben la le al el y ter ten af av".split()
)
_JOINERS = frozenset("and & und y e et i en och og и".split())
_HONORIFICS = frozenset(
    """
    dr prof professor professorin mr mrs ms miss mx sir dame lord lady captain capt captain's chef frau herr fr hr don
    dona sr sra srta senor senora mme mlle monsieur madame m dott dottoressa ing dipl
    """.split()
)
# Words that are capitalised in titles and end a name.
_STOPS = frozenset(
    """
    a an the on about who is was are how why what when where from of for in at with without to as by her his their our
    my its this that after before interview conversation talk talks talking speaks answers explains discusses says
    uber und mit im in zu aus die der das wie warum wer ist spricht erklart sobre con para por en los las un una que
    quien como su sus habla responde sur avec pour dans une qui est comment parle repond non il lo gli su che come
    over met een het hoe waarom wie im
    """.split()
) - {"der", "das", "la"}
_NOT_PERSONAL = frozenset(
    """
    ltd inc llc gmbh ag university universidad universitat universite institute institut college school company
    instruments robotics systems labs lab bank group team teams street road harbour harbor port river island islands sea
    ocean lake mount city county museum review post times journal magazine data science machine learning notes thoughts
    lessons questions report guide part chapter women men people life work future art history nights days tides
    """.split()
)
_NUMBER = r"(?:\d{1,3}|[^\W\d_]+)"
# Words directly before the name of the interviewee.
_LEAD_IN = re.compile(
    r"(?:\b(?:interviews?|interviewing|conversations?|talk(?:s|ing)?|chat(?:s|ting)?|discussion|dialogue|session|exchange|"
    r"q\s*(?:&|and|\+|/)\s*a|questions?\s+and\s+answers|coffee|tea|lunch|breakfast|dinner|walk|hour|afternoon|evening|"
    r"morning|day|week|minutes|catching\s+up|sit(?:ting)?[\s-]down|speak(?:s|ing)?|spoke|meeting)\s+(?:with|to)\b|"
    rf"\b{_NUMBER}\s+(?:quick\s+|short\s+|simple\s+)?(?:questions?|minutes)\s+(?:for|to|with)\b|"
    r"\bquestions?\s+(?:for|to)\b|\b(?:meet|introducing|getting\s+to\s+know|who\s+is|interviewee\s*:)(?=\s)|"
    r"\b(?:interview|gespräch|gespräche|unterhaltung|treffen|plausch)\s+mit\b|\bim\s+gespräch\s+mit\b|"
    rf"\b{_NUMBER}\s+fragen\s+an\b|\bfragen\s+an\b|\bnachgefragt\s+bei\b|\bzu\s+besuch\s+bei\b|"
    r"\b(?:entrevista|entrevistamos|conversación|conversamos|charla|charlamos|hablamos|encuentro|diálogo|café)\s+"
    r"(?:con|a|al|com)\b|\bpreguntas\s+(?:a|para)\b|\bperguntas\s+(?:a|para)\b|\bconversa\s+com\b|\bconozca\s+a\b|"
    r"\b(?:entretien|rencontre|conversation|interview|échange|dialogue|café)\s+avec\b|\bquestions\s+à\b|"
    r"\b(?:intervista|conversazione|incontro|dialogo)\s+(?:a|con|ad)\b|\bdomande\s+a\b|"
    r"\b(?:interview|gesprek|in\s+gesprek)\s+met\b|\bvragen\s+aan\b|"
    r"\b(?:samtal|intervju|samtale)\s+med\b|\b(?:интервью|беседа|разговор)\s+с(?:о)?\b|\bwywiad\s+z\b)\s*:?\s*",
    re.IGNORECASE,
)
# A heading word, then a colon or dash, then the name.
_HEAD = re.compile(
    r"^(?:the\s+|das\s+|l['’])?(?:[^\W\d_]+\s+){0,2}?(?:interview|q\s*(?:&|and|\+)\s*a|profile|portrait|porträt|people|conversation|in\s+"
    r"conversation|spotlight|meet\s+the\s+[\w -]{1,40}|questions|gespräch|im\s+gespräch|im\s+interview|nachgefragt|"
    r"entrevista|perfil|entretien|rencontre|portrait|intervista|interviewee|entrevistad[oa]|gesprächspartner(?:in)?)"
    r"\s*(?:#?\d+)?\s*[:：|–—-]\s*",
    re.IGNORECASE,
)
# Words directly after the name of the interviewee.
_BEHIND = re.compile(
    r"\s*(?:,?\s+(?:on|about|talks?|discusses|explains|answers|interview(?:ed)?|in\s+(?:conversation|her|his|their)|speaks|"
    r"says|tells|reveals|reflects|remembers|looks\s+back|im\s+(?:gespräch|interview)|über|spricht|erzählt|erklärt|sobre|"
    r"habla|responde|cuenta|en\s+conversación|sur|parle|raconte|répond|fala|su|parla|racconta|over|vertelt|om)\b|"
    r"\s*[:：]|\s+[–—|-]\s|,?\s*[“\"„«‘「])",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«»‘「『][^“”\"„«»「」『』]{2,300}[”\"“»«’」』]")
_SAYS = re.compile(r"^[\s,.:;–—|-]*(?:says?|said|sagt|dice|dit|diz|asks)?\s*", re.IGNORECASE)
_CJK_NAME = r"[\u3400-\u9fff\u30a0-\u30ffー々·・]"
_CJK = (
    re.compile(rf"(?:专访|專訪|独家专访|对话|對話|采访|採訪|访谈|訪談|人物)\s*[：:｜|]?\s*(?P<name>{_CJK_NAME}{{2,12}}?)(?=[谈談聊说說：:，,、—｜|\s]|$)"),
    re.compile(rf"(?P<name>{_CJK_NAME}{{1,12}}?)(?:さん|氏|先生|様|教授|博士|監督)?(?:に聞く|にきく|に訊く|へのインタビュー|が語る|との対談|に話を聞)"),
    re.compile(rf"(?P<name>{_CJK_NAME}{{1,12}}?)(?:さん|氏|先生|様|教授|博士|監督)インタビュー"),
    re.compile(rf"(?:インタビュー|対談)\s*[：:｜|]\s*(?P<name>{_CJK_NAME}{{1,12}}?)(?=さん|氏|先生|様|[：:，、「\s]|$)"),
    re.compile(rf"^(?P<name>{_CJK_NAME}{{2,8}}?)(?:专访|專訪|访谈|訪談)"),
    re.compile(rf"^(?P<name>{_CJK_NAME}{{2,8}}?)インタビュー$"),
)  # fmt: skip
_KIND = re.compile(
    r"\b(?:interviews?|q\s*&\s*a|in\s+conversation|conversation\s+with|talks?\s+(?:with|to)|gespräch|entrevista|entretien|"
    r"intervista|questions?\s+(?:for|to)|fragen\s+an|preguntas)\b|インタビュー|に聞く|专访|專訪|访谈|訪談|интервью|wywiad",
    re.IGNORECASE,
)
_MAX_TITLE = 1000  # characters
_MAX_WORDS = 4  # of a name
_MAX_SKIPPED = 6  # words before a name
# Languages in which a name after a preposition is inflected.
_INFLECTED = re.compile(r"[а-яё]|\bwywiad\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Interviewees and interviewers named in a title; ``certain`` is False if the title is ambiguous."""

    answers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    certain: bool = False


def says_interview(title: str) -> bool:
    """Whether a title calls the text an interview, or names a person as only interviews do."""
    return _KIND.search(title[:_MAX_TITLE]) is not None


def named_in_title(title: str) -> Named:
    """Return the people interviewed according to ``title``, if any."""
    # Limit the length and collapse white space, so that the time of the patterns is bounded.
    title = re.sub(r"[\s*_#`]+", " ", title[:_MAX_TITLE]).strip()
    for pattern in _CJK:
        if match := pattern.search(title):
            # "桟橋守・浜口さん" is a role and a name; "アン・リー" is one name.
            name = re.sub(r"^[\u3400-\u9fff]+・(?=[\u3400-\u9fff])", "", match["name"])
            return Named((name,), certain=pattern is not _CJK[-1])
    if title.upper() == title:
        title = _capitalised(title)
    certain = _INFLECTED.search(title) is None
    for match in _LEAD_IN.finditer(title):
        names = names_at(title[match.end() :], skip=_MAX_SKIPPED)
        if names and (len(names[0].split()) > 1 or is_personal(names[0])):
            before = title[: match.start()].strip(" ,:–—-")
            before = re.sub(r"\s+(?:in|im|en|is|sits|talks|speaks)$", "", before, flags=re.IGNORECASE)
            asks = tuple(name for name in names_at(before) if len(name.split()) > 1)
            whole = bool(asks) and fold(before).startswith(fold(asks[0])) and len(before) <= len(" and ".join(asks)) + 4
            # In "Ada Quill talks to Tom Rehm" either may be the interviewee.
            both = whole and re.search(r"\bto\s*$", match[0].rstrip(), re.IGNORECASE) is not None
            if both:
                return Named()
            return Named(names, asks if whole else (), certain)
    if (match := _HEAD.match(title)) and (names := names_at(title[match.end() :])):
        return Named(names, certain=certain)
    return _around_quotation(title) or _at_the_beginning(title) or _at_the_end(title)


def joined(names: Sequence[str]) -> str:
    """Join names as in "Ada Quill, Bo Lind and Cy Moe"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _around_quotation(title: str) -> Named | None:
    quoted = _QUOTED.search(title)
    if quoted is None:
        return None
    behind = title[quoted.end() :]
    verb = _SAYS.match(behind)
    for text in (behind[verb.end() :] if verb else behind, title[: quoted.start()].rstrip(" :,–—-")):
        names = names_at(text)
        if names and len(names[0].split()) > 1 and is_personal(names[0]):
            return Named(names, certain=True)
    return None


def _at_the_beginning(title: str) -> Named | None:
    names = names_at(title)
    if not names or len(names[0].split()) < 2 or not all(map(is_personal, names)):
        return None
    last = title.find(names[-1]) + len(names[-1])
    return Named(names, certain=True) if _BEHIND.match(title, last) else None


_SIGN_BEFORE_NAME = re.compile(r"(.*?)(\s*[:：|]\s+|\s+[–—-]\s+|$)(.*)$", re.DOTALL)


def _at_the_end(title: str) -> Named:
    """Find a name alone after a colon or dash: "Waiting for water: Mara Lindqvist"."""
    match = _SIGN_BEFORE_NAME.match(title)
    head, sign, tail = match.groups() if match else (title, "", "")
    names = names_at(tail) if sign.strip() and head else ()
    alone = names and len(names[0].split()) > 1 and tail.strip(" .") in {" and ".join(names), names[0]}
    if alone and all(map(is_personal, names)):
        return Named(names, certain=False)
    return Named()


def is_personal(name: str) -> bool:
    """Whether no word of a name indicates a place, a company or a publication."""
    return not any(fold(word) == "the" or fold(word) in _NOT_PERSONAL for word in name.split())


def names_at(text: str, skip: int = 0) -> tuple[str, ...]:
    """Return the names at the start of ``text``, joined by "and" or commas, after up to ``skip`` lower-case words."""
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text[:300])]
    index = _past_lead(tokens, skip)
    names = []
    while index < len(tokens):
        end = _name_end(tokens, index)
        if end == index:
            break
        names.append(text[tokens[index][1] : tokens[end - 1][2]])
        index = end
        if index >= len(tokens) or not (fold(tokens[index][0]) in _JOINERS or tokens[index][0] in ",&"):
            break
        joined = tokens[index][0] != ","
        index += 1
        if index < len(tokens) and fold(tokens[index][0]) in _JOINERS:
            index, joined = index + 1, True
        # A comma may also be followed by a role: "Ada Quill, Harbour Master".
        if not joined and not _list_goes_on(tokens, index):
            break
    return tuple(names)


def _list_goes_on(tokens: list[tuple[str, int, int]], index: int) -> bool:
    end = _name_end(tokens, index)
    return end > index + 1 and end < len(tokens) and (fold(tokens[end][0]) in _JOINERS or tokens[end][0] == ",")


def _past_lead(tokens: list[tuple[str, int, int]], skip: int) -> int:
    """Return the index of the first word of a name, after titles such as "Dr." and lower-case words."""
    index = 0
    while index < len(tokens):
        word = tokens[index][0]
        if fold(word).strip(".") in _HONORIFICS and (word[0].isupper() or skip):
            index += 1
            if index < len(tokens) and tokens[index][0] == ".":
                index += 1
        elif skip and not _is_name_word(word) and (word[0].isalpha() or word in ",'’"):
            index, skip = index + 1, skip - 1
        else:
            break
    return index


def _name_end(tokens: list[tuple[str, int, int]], start: int) -> int:
    index, words = start, 0
    while index < len(tokens) and words < _MAX_WORDS:
        word = tokens[index][0]
        if _is_name_word(word):
            index, words = index + 1, words + 1
        elif fold(word) in _PARTICLES and word.islower() and _name_goes_on(tokens, index):
            index += 1
        else:
            break
    return index if words else start


def _name_goes_on(tokens: list[tuple[str, int, int]], index: int) -> bool:
    ahead = index + 1
    while ahead < len(tokens) and ahead <= index + 2 and fold(tokens[ahead][0]) in _PARTICLES:
        ahead += 1
    # "Ana y Luis" are two people, "Ortega y Gasset" is one: a particle that joins needs a name before it.
    return ahead < len(tokens) and _is_name_word(tokens[ahead][0]) and tokens[index][0] not in _JOINERS


def _is_name_word(word: str) -> bool:
    return word[0].isalpha() and word[0].isupper() and fold(word) not in _STOPS


def _capitalised(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match[0][0] + match[0][1:].lower(), text)


def same_person(one: str, other: str) -> bool:
    """Whether two forms of a name can be the same person: "AQ", "Ada", "Quill", "Dr Quill" and "Ada Quill"."""
    first, second = sorted((_name_words(one), _name_words(other)), key=len)
    if not first or not second:
        return fold(one.strip()) == fold(other.strip())
    if set(first) <= set(second):
        return True
    letters = re.sub(r"[^\w]", "", fold(one if len(_name_words(one)) == len(first) else other))
    return len(first) <= 3 and len(letters) > 1 and letters in set(_initials(second))


def _initials(words: list[str]) -> Iterator[str]:
    yield "".join(word[0] for word in words)
    parts = [part for word in words for part in re.split(r"[-‑]", word) if part]
    yield "".join(part[0] for part in parts)


def _name_words(name: str) -> list[str]:
    words = [fold(match[0]).strip(".") for match in re.finditer(r"[^\W_][\w.'’-]*", name)]
    return [word for word in words if word and word not in _HONORIFICS]
