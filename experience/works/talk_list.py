"""List of talks: those to come, the next one first, and past ones by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from experience.models import TalkPage


@dataclass(frozen=True, slots=True)
class TalkYear:
    """The past talks of one year, None for those without a date."""

    year: int | None
    talks: list[TalkPage]


@dataclass(frozen=True, slots=True)
class TalkList:
    upcoming: list[TalkPage]
    years: list[TalkYear]


def talk_list(talks: Iterable[TalkPage]) -> TalkList:
    ordered = in_talk_order(talks)
    years: dict[int | None, TalkYear] = {}
    for talk in ordered:
        if talk.is_over:
            year = timezone.localdate(talk.date).year if talk.date else None
            years.setdefault(year, TalkYear(year, [])).talks.append(talk)
    return TalkList(upcoming_of(ordered), list(years.values()))


def in_talk_order(talks: Iterable[TalkPage]) -> list[TalkPage]:
    """The latest first, those without a date at the end."""
    return sorted(talks, key=lambda talk: (talk.date is None, -talk.date.timestamp() if talk.date else 0.0, talk.title))


def upcoming_of(talks: Iterable[TalkPage]) -> list[TalkPage]:
    """Those that are not over, the next one first."""
    return sorted((talk for talk in talks if not talk.is_over), key=lambda talk: talk.date)
