"""Interviewee: determine who answers from labels, title and introduction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.documents.months import fold, month_number
from portfolio.interviews.kinds import Labelled, LineKind
from portfolio.interviews.naming import joined, named_in_title, same_person
from portfolio.interviews.speakers import Speakers, is_role_word, looks_like_name

# A word or a single sign; a full stop belongs to an initial ("J.") but not to the end of a sentence.
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
# Labels of unknown speakers.
_ANYBODY = re.compile(r"(?:(?:unknown\s+)?speaker|sprecher(?:in)?|person|participant|hablante)\s*\d*", re.IGNORECASE)
_SURE_LEAD = 2
# Only the start of a long introduction is searched.
_MAX_INTRODUCTION = 6000  # characters
_MAX_NAMES = 60


@dataclass(frozen=True, slots=True)
class Interviewee:
    """The interviewee with role and organisation, if known; ``certain`` is False if the name is a guess."""

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


def interviewee(
    labelled: Sequence[Labelled], title: str, standfirst: str, byline: str, speakers: Speakers | None
) -> Interviewee:
    """Return the interviewee: from a line or the title, else from the labels, else a guess from the text above."""
    talk = [part.content for part in labelled if part.kind in {LineKind.QUESTION, LineKind.ANSWER}]
    guess = find_interviewee(title, standfirst, talk, byline)
    given = [part.content for part in labelled if part.kind is LineKind.INTERVIEWEE and part.content]
    role = next((part.content for part in labelled if part.kind is LineKind.INTERVIEWEE_ROLE), "")
    if given:
        return _working(Interviewee(joined(list(dict.fromkeys(given))), certain=True), guess, role)
    named = named_in_title(title)
    above = f"{_compact(title)}\n{_compact(standfirst)}"
    labels = [
        _as_written(name, named.answers, above)
        for name in (speakers.people(answering=True) if speakers else ())
        if not is_role_word(name) and not _ANYBODY.fullmatch(name)
    ]
    people = [name for name in dict.fromkeys(labels) if looks_like_person(name) or name in named.answers]
    if people:
        return _working(Interviewee(joined(people), certain=True), guess, role)
    if named.answers and (named.certain or not guess.name or not guess.certain):
        return _working(Interviewee(joined(named.answers), certain=named.certain), guess, role)
    return _working(guess, guess, role)


def _working(who: Interviewee, guess: Interviewee, role: str) -> Interviewee:
    """Return ``who`` with role and organisation, if the text gives them for the same person."""
    same = guess if guess.name and guess.name == who.name else Interviewee()
    match = re.fullmatch(r"(.{2,100}?)\s++(?:at|bei|en|chez|@)\s++(.{2,100})", role)
    if match:
        return Interviewee(who.name, match[1], match[2], who.certain)
    return Interviewee(who.name, role or same.role, same.organisation, who.certain)


def _as_written(label: str, named: Sequence[str], above: str) -> str:
    """Return the full name for a label, from the title or the introduction, else the label itself."""
    for name in (*named, *(run.name for run in capitalised_runs(above))):
        if fold(name) == fold(label) or (same_person(label, name) and len(name) > len(label)):
            return name
    return label


def looks_like_person(name: str) -> bool:
    """Whether a label is a full name, also in a script without spaces in names."""
    uncased = not any(character.lower() != character.upper() for character in name)
    return looks_like_name(name) and (" " in name or (uncased and len(name) > 1)) and _ANYBODY.fullmatch(name) is None


def find_interviewee(title: str, standfirst: str, conversation: Sequence[str], byline: str = "") -> Interviewee:
    """Find name, role and organisation in title and standfirst, each checked against the questions and answers.

    The name is the run of two or three capitalised words that is least like a place or a company; it is certain after
    "interview with", or if no other run has a similar score.
    """
    title, standfirst = _compact(title), _compact(standfirst)
    spoken = " ".join(conversation)
    if (named := named_in_title(title)).certain:
        return _with_work(joined(named.answers), True, title, standfirst, spoken)
    for text in (title, standfirst):
        if (match := _INTRODUCED.search(text)) and (runs := capitalised_runs(text[match.end() :])):
            return _with_work(runs[0].name, True, title, standfirst, spoken)
    scored: dict[str, int] = {}
    for order, run in enumerate(capitalised_runs(standfirst) + capitalised_runs(title)):
        if fold(run.name) != fold(byline) and run.name not in scored and len(scored) < _MAX_NAMES:
            scored[run.name] = _score(run, spoken) - min(order, 3)
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0:
        return _with_work("", False, title, standfirst, spoken)
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)
    return _with_work(ranked[0][0], lead >= _SURE_LEAD, title, standfirst, spoken)


def _compact(text: str) -> str:
    """Return the start of ``text`` with each run of white space as one space or line break."""
    return re.sub(r"\s+", lambda gap: "\n" if "\n" in gap[0] else " ", text[:_MAX_INTRODUCTION])


def capitalised_runs(text: str) -> list[_Run]:
    """Return runs of two or three capitalised words, in order; they may contain particles such as "van"."""
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
    """Add role and organisation: directly after the name, else only if title or conversation repeat them."""
    apposition = re.search(
        rf"{re.escape(name)},\s+(?:an?\s+|the\s+|una?\s+|eine?\s+)?([^,.;]{{3,60}}?)\s+(?:at|bei|en|chez)\s+"
        r"([^,.;]{2,60})[,.;]",
        f"{title}. {standfirst}",
    )
    if name and apposition:
        return Interviewee(name, apposition[1].strip(), apposition[2].strip(), certain)
    heard = f"{title} {spoken}"
    folded = fold(heard)
    role = next((text for text in _ROLE.findall(standfirst) if fold(text) in folded), "")
    employers = (text.strip(" '’") for text in _EMPLOYER.findall(standfirst))
    organisation = next((name for name in employers if re.search(rf"\b{re.escape(name)}\b", heard)), "")
    return Interviewee(name, role, organisation, certain)
