"""Names in the head of an entry: which is the role, which the organisation, which the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from experience.from_text.parser.kinds import HistoryKind
from experience.from_text.parser.vocabulary import ORGANISATION_WORDS, name_score, words_of

_AT = re.compile(
    r"(?P<role>.+?)\s*(?:\s(?:at|bei|beim|chez)\s|\s@\s|(?<=\S)@(?=[^\W\d_])|\s@(?=\S))\s*(?P<organisation>.+)"
)
# These also stand within the name of a role, so the first half must be named like one.
_AT_AFTER_ROLE = re.compile(
    r"(?P<role>.+?)\s+(?:en|em|na|no|bij|presso|in|im|für|para|pour)\s+(?P<organisation>[^\W\d_a-zà-ÿ].+)"
)
_DASH = re.compile(r"\s+[–—-]+\s+|\s+/\s+|\s*:\s+")
_COMMA = re.compile(r"\s*,\s+")
_PLACE = re.compile(r"[^\W\d_][^\d,;:@()/&]{1,40}(?:,\s+[^\W\d_][^\d,;:@()/&]{1,40}){1,3}")
_PLACE_WORD = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,}){0,2}")
_PLACE_IN_BRACKETS = re.compile(r"(.+\S)\s*\(([^()\d]{2,40})\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the head of an entry, by its place in the text.

    ``heads_group`` is an organisation for certain: the time of several roles is counted below it. ``is_employer``
    stands beside a kind of employment, as the organisation does in profiles.
    """

    key: tuple[int, int]
    text: str
    heads_group: bool = False
    is_employer: bool = False


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A name, or a half of one, with its kind."""

    key: tuple[int, int]
    text: str
    kind: HistoryKind
    certain: bool


def looks_like_place(text: str) -> bool:
    """ "Bergen, Vestland, Norway": names with commas between that name neither a role nor an organisation."""
    words = text.split()
    return (
        len(words) <= 8
        and _PLACE.fullmatch(text) is not None
        and name_score(text) == 0
        and all(part[:1].isupper() for part in _COMMA.split(text))
    )


def may_be_place(text: str) -> bool:
    """One to three words that begin with capitals, such as "New York" or "Frankfurt am Main"."""
    words = text.split()
    return (
        _PLACE_WORD.fullmatch(text) is not None
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and name_score(text) == 0
    )


def name_parts(
    names: Sequence[Name], *, role_first: bool | None, order_is_named: bool, in_group: bool
) -> list[NamedPart]:
    """The parts of the names in the head of an entry, in their order.

    ``role_first`` is what the rest of the text does, None where it shows nothing; ``order_is_named`` says that a table
    names its columns so. ``in_group`` says that an organisation above has several roles, of which this is one.
    """
    if not names:
        return []
    group = next((name for name in names if name.heads_group), None)
    others = [name for name in names if name is not group]
    if group is not None:
        head = [NamedPart(group.key, group.text, HistoryKind.ORGANISATION, certain=True)]
        return sorted([*head, *_role_and_places(others)], key=lambda part: part.key)
    if len(names) == 1:
        return _single(names[0], role_first=role_first, in_group=in_group)
    places = _places_among(names)
    chosen = [name for name in names if name not in places]
    if len(chosen) == 1:
        parts = _single(chosen[0], role_first=role_first, in_group=in_group)
        return sorted([*parts, *(_place(name) for name in places)], key=lambda part: part.key)
    whole = next((name for name in chosen if _names_both_beside_places(name, chosen)), None)
    if whole is not None:
        parts = _single(whole, role_first=role_first, in_group=in_group)
        return sorted([*parts, *(_place(name) for name in names if name is not whole)], key=lambda part: part.key)
    first, second, rest = _two_of(chosen)
    kinds, certain = _order(first, second, role_first=role_first)
    certain = certain or order_is_named
    parts = []
    for name, kind in zip((first, second), kinds, strict=True):
        parts += _with_place(name, kind, certain=certain)
    parts += [_place(name) for name in places]
    parts += [
        NamedPart(
            name.key, name.text, HistoryKind.LOCATION if may_be_place(name.text) else HistoryKind.TEXT, certain=False
        )
        for name in rest
    ]
    return sorted(parts, key=lambda part: part.key)


def _places_among(names: Sequence[Name]) -> list[Name]:
    """Those of three or more names that are places: they look so, and stand after the organisation."""
    others = [name for name in names if name_score(name.text) <= 0]
    return [name for name in others[1:] if looks_like_place(name.text)] if len(names) > 2 else []


def _names_both_beside_places(name: Name, names: Sequence[Name]) -> bool:
    """Whether a name says role and organisation, and all others are places: "Tern & Co — Intern" beside "Delft"."""
    others = [other for other in names if other is not name]
    split = split_names(name.text)
    if split is None or not split[2]:
        return False
    if all(looks_like_place(other.text) for other in others):
        return True
    is_strong = _AT.fullmatch(name.text) is not None or _DASH.search(name.text) is not None
    return is_strong and all(may_be_place(other.text) and not other.is_employer for other in others)


def _two_of(names: Sequence[Name]) -> tuple[Name, Name, list[Name]]:
    """The two names that are role and organisation: the first one like a role, and the first other one."""
    if len(names) == 2:
        return names[0], names[1], []
    role = next((name for name in names if name_score(name.text) > 0), names[0])
    others = [name for name in names if name is not role]
    other = next((name for name in others if name_score(name.text) < 0 or name.is_employer), others[0])
    first, second = sorted((role, other), key=lambda name: name.key)
    return first, second, [name for name in others if name is not other]


def _order(first: Name, second: Name, *, role_first: bool | None) -> tuple[tuple[HistoryKind, HistoryKind], bool]:
    difference = _score(first) - _score(second)
    is_role_first = difference > 0 if difference else role_first is not False
    kinds = (HistoryKind.ROLE, HistoryKind.ORGANISATION)
    return (kinds if is_role_first else (kinds[1], kinds[0])), difference != 0


def _score(name: Name) -> int:
    return name_score(name.text) - (1 if name.is_employer else 0)


def is_role_first(names: Sequence[Name]) -> bool | None:
    """Whether the role stands before the organisation, by the names alone; None where they do not show it."""
    places = _places_among(names)
    chosen = [name for name in names if name not in places]
    if len(chosen) < 2 or any(name.heads_group for name in chosen):
        return None
    first, second, _ = _two_of(chosen)
    difference = _score(first) - _score(second)
    return difference > 0 if difference else None


def _single(name: Name, *, role_first: bool | None, in_group: bool) -> list[NamedPart]:
    """A name alone: both in one ("Engineer at Tern & Quay"), or one of the two."""
    split = None if name.is_employer and name_score(name.text) <= 0 else split_names(name.text, role_first=role_first)
    if split is not None and not (in_group and not split[2]):
        kinds = [NamedPart(name.key, text, kind, certain=split[2]) for kind, text in split[:2]]
        return [*kinds, *([NamedPart(name.key, split[3], HistoryKind.LOCATION, certain=split[2])] if split[3] else [])]
    score = _score(name)
    if score < 0:
        return _with_place(name, HistoryKind.ORGANISATION, certain=True)
    return [NamedPart(name.key, name.text, HistoryKind.ROLE, certain=score > 0 or in_group)]


Split = tuple[tuple[HistoryKind, str], tuple[HistoryKind, str], bool, str]


def split_names(text: str, *, role_first: bool | None = None) -> Split | None:
    """Role and organisation in one line, in their order, whether that is certain, and the place after them."""
    match = _AT.fullmatch(text)
    if match is None:
        match = _AT_AFTER_ROLE.fullmatch(text)
        if match is not None and (name_score(match["role"]) <= 0 or name_score(match["organisation"]) > 0):
            match = None
    if match is not None:
        organisation, place = _without_place(match["organisation"])
        return (HistoryKind.ROLE, match["role"]), (HistoryKind.ORGANISATION, organisation), True, place
    for separator in (_DASH, _COMMA):
        first, *others = separator.split(text)
        if others and first and others[0]:
            return _split_at(first, others, role_first=role_first)
    return None


def _split_at(first: str, others: Sequence[str], *, role_first: bool | None) -> Split | None:
    second, place = others[0], ", ".join(others[1:])
    if len(others) == 1:
        second, place = _without_place(second)
    if looks_like_place(", ".join([first, *others])) and role_first is None:
        return None
    difference = name_score(first) - name_score(second)
    if difference == 0 and name_score(first) > 0:
        return None  # "Head of Data, Lead Engineer"
    is_first = difference > 0 if difference else role_first is not False
    kinds = (HistoryKind.ROLE, HistoryKind.ORGANISATION)
    ordered = kinds if is_first else (kinds[1], kinds[0])
    role = first if is_first else second
    if difference and name_score(role) == 0 and may_be_place(role):
        return None  # "Fjordline Robotics GmbH, Hamburg"
    return (ordered[0], first), (ordered[1], second), name_score(role) > 0, place


def _with_place(name: Name, kind: HistoryKind, *, certain: bool) -> list[NamedPart]:
    """The name, and the place after an organisation: "Tern & Quay, Bergen"."""
    text, place = _without_place(name.text) if kind is HistoryKind.ORGANISATION else (name.text, "")
    parts = [NamedPart(name.key, text, kind, certain)]
    return [*parts, NamedPart(name.key, place, HistoryKind.LOCATION, certain=False)] if place else parts


def _without_place(organisation: str) -> tuple[str, str]:
    match = _PLACE_IN_BRACKETS.fullmatch(organisation)
    if match and (looks_like_place(match[2]) or may_be_place(match[2])) and match[2].upper() != match[2]:
        return match[1], match[2]
    first, *others = _COMMA.split(organisation)
    tail = ", ".join(others)
    names_company = ORGANISATION_WORDS.intersection(words_of(others[0])) if others else set()
    if others and not names_company and (looks_like_place(tail) or may_be_place(tail)):
        return first, tail
    return organisation, ""


def _role_and_places(names: Sequence[Name]) -> list[NamedPart]:
    """The names below an organisation with several roles: one role, and places."""
    role = next((name for name in reversed(names) if not looks_like_place(name.text)), None)
    return [
        NamedPart(name.key, name.text, HistoryKind.ROLE, certain=True) if name is role else _place(name)
        for name in names
    ]


def _place(name: Name) -> NamedPart:
    return NamedPart(name.key, name.text, HistoryKind.LOCATION, certain=looks_like_place(name.text))
