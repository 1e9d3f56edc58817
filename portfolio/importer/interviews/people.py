"""Guess who is interviewed from what stands above the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.importer.months import fold, month_number

# A word, or a sign by itself; the full stop belongs to an initial ("J.") but not to the end of a sentence.
_WORD = re.compile(r"[^\W\d_]\.(?=\s)|[^\W\d_][\w'’]*(?:[-‑][\w'’]+)*|[^\w\s]")
_PARTICLES = frozenset(
    {"de", "del", "della", "der", "den", "di", "da", "dos", "van", "von", "bin", "ibn", "la", "le", "al"}
)
# Words that are capitalised only because a sentence begins.
_OPENERS = """
    a an the as at in on of for from with when while after before since today now once until if but and or so this that
    these those he she they we it his her their our my i there here what who how why born meet
    el la los las un una de desde con cuando como hoy ahora en por para tras y pero su sus ella
    der die das ein eine als am im in vom von mit wenn heute jetzt seit nach vor und aber sie er ihr ihre bei
    le les des du avec quand aujourd'hui depuis après et mais elle il os as um uma com quando hoje
""".split()
_BEFORE_PLACE = frozenset("at in from near to of into en a desde bei aus nach zu zur à au chez em no na".split())
_BEFORE_PERSON = frozenset({"with", "con", "mit", "avec", "com", "meet", "engineer", "ingenieurin", "ingeniera"})
_NOT_PERSONAL = """
    ltd inc llc gmbh ag sa university universidad universität universidade institute instituto institut college school
    company instruments robotics systems labs lab bank group team street road bay harbour harbor port river island
    islands north south east west new san santa saint st sea ocean lake mount city county museum review post times
    journal magazine
""".split()
_INTRODUCED = re.compile(
    r"(?:interview\s+(?:with|mit)|conversation\s+with|talking\s+(?:to|with)|entrevista\s+(?:a|con)|conversación\s+con|"
    r"im\s+gespräch\s+mit|gespräch\s+mit|entretien\s+avec|rencontre\s+avec|entrevista\s+com|interviewee|entrevistad[oa]|"
    r"gesprächspartner(?:in)?)\s*:?\s+",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(r"\b(?:at|bei|en|chez|@)\s+((?:[^\W\d_a-zà-ÿ][\w&'’-]*)(?:\s+[^\W\d_a-zà-ÿ][\w&'’-]*){0,3})")
_ROLE = re.compile(
    r"\b(?:as|is|como|als|comme)\s+(?:an?|una?|eine?|une?)?\s*([^\W\d_][^\W\d_A-Z]+(?:[ -][^\W\d_A-Z]+){1,3}?)"
    r"(?=[.,;:]|\s+(?:at|by|in|on|for|with|who|and|en|bei|de|chez)\b)"
)
_SURE_LEAD = 2


@dataclass(frozen=True, slots=True)
class Interviewee:
    """Who answers, as far as it can be told; ``certain`` is False when the name is a guess."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    words: tuple[str, ...]
    before: str
    after: str

    @property
    def name(self) -> str:
        return " ".join(self.words)


def find_interviewee(title: str, standfirst: str, conversation: Sequence[str], byline: str = "") -> Interviewee:
    """Name, role and organisation from the title and the standfirst, each checked against the questions and answers.

    The name is the run of two or three capitalised words that reads least like a place or a company; it is certain
    after "interview with" and when nothing else comes close.
    """
    spoken = " ".join(conversation)
    for text in (title, standfirst):
        if (match := _INTRODUCED.search(text)) and (runs := capitalised_runs(text[match.end() :])):
            return _with_work(runs[0].name, True, title, standfirst, spoken)
    scored: dict[str, int] = {}
    for order, run in enumerate(capitalised_runs(standfirst) + capitalised_runs(title)):
        if fold(run.name) != fold(byline) and run.name not in scored:
            scored[run.name] = _score(run, spoken) - min(order, 3)
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0:
        return _with_work("", False, title, standfirst, spoken)
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)
    return _with_work(ranked[0][0], lead >= _SURE_LEAD, title, standfirst, spoken)


def capitalised_runs(text: str) -> list[_Run]:
    """Two or three capitalised words in a row, in reading order; particles such as "van" may stand inside."""
    return [run for line in text.splitlines() for run in _runs_of_line(_WORD.findall(line))]


def _runs_of_line(tokens: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    index = 0
    while index < len(tokens):
        if not _is_name_word(tokens[index]):
            index += 1
            continue
        end = index + 1
        while end < len(tokens) and (
            _is_name_word(tokens[end])
            or (tokens[end] in _PARTICLES and end + 1 < len(tokens) and _is_name_word(tokens[end + 1]))
        ):
            end += 1
        words = tokens[index:end]
        if 2 <= sum(_is_name_word(word) for word in words) <= 3:
            runs.append(
                _Run(tuple(words), tokens[index - 1] if index else "", tokens[end] if end < len(tokens) else "")
            )
        index = end
    return runs


def _is_name_word(word: str) -> bool:
    bare = word.rstrip(".")
    return word[0].isupper() and fold(bare) not in _OPENERS and month_number(bare) is None and not bare[1:].isupper()


def _score(run: _Run, spoken: str) -> int:
    score = 2
    if fold(run.before) in _BEFORE_PERSON:
        score += 2
    elif fold(run.before) in _BEFORE_PLACE or run.before in {"the", "The"}:
        score -= 4
    if any("-" in word or fold(word) in _NOT_PERSONAL for word in run.words):
        score -= 4
    if run.after[:1].islower() or run.after in {",", "(", "’", "'"}:
        score += 2
    if any(re.search(rf"\b{re.escape(word)}\b", spoken) for word in run.words):
        score += 1
    return score


def _with_work(name: str, certain: bool, title: str, standfirst: str, spoken: str) -> Interviewee:
    """Add role and organisation: what stands right behind the name, else only what title or conversation say again."""
    apposition = re.search(
        rf"{re.escape(name)},\s+(?:an?\s+|the\s+|una?\s+|eine?\s+)?([^,.;]{{3,60}}?)\s+(?:at|bei|en|chez)\s+"
        r"([^,.;]{2,60})[,.;]",
        f"{title}. {standfirst}",
    )
    if name and apposition:
        return Interviewee(name, apposition[1].strip(), apposition[2].strip(), certain)
    heard = f"{title} {spoken}"
    folded = fold(heard)
    role = next((found for found in _ROLE.findall(standfirst) if fold(found) in folded), "")
    employers = (found.strip(" '’") for found in _EMPLOYER.findall(standfirst))
    organisation = next((found for found in employers if re.search(rf"\b{re.escape(found)}\b", heard)), "")
    return Interviewee(name, role, organisation, certain)
