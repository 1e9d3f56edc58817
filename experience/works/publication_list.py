"""List of publications: by year, the newest first, narrowed to one type; and their authors as links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from experience.models.publications import PUBLICATION_TYPES
from experience.works.author_names import is_same_person, natural_name
from portfolio.blocks.links import safe_href
from portfolio.documents.slugs import name_key
from portfolio.models import Person

if TYPE_CHECKING:
    from experience.models import PublicationPage


@dataclass(frozen=True, slots=True)
class PublicationAuthor:
    """An author as shown; ``url`` leads to what the site knows of other people."""

    name: str
    is_owner: bool
    url: str


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """A publication with its authors as shown."""

    page: PublicationPage
    authors: list[PublicationAuthor]


@dataclass(frozen=True, slots=True)
class PublicationYear:
    """The publications of one year, None for those of which no year is known."""

    year: int | None
    publications: list[ListedPublication]


@dataclass(frozen=True, slots=True)
class UsedType:
    """A type, with the number of publications of it."""

    name: str
    label: str | Promise
    uses: int


@dataclass(frozen=True, slots=True)
class PublicationList:
    """``types`` are those that occur, when there are several; ``chosen`` is the one that narrows the list."""

    years: list[PublicationYear]
    types: list[UsedType]
    chosen: str


def publication_list(publications: Iterable[PublicationPage], type_name: str, owner_name: str) -> PublicationList:
    ordered = in_publication_order(publications)
    people = known_people(ordered)
    uses = Counter(page.publication_type for page in ordered)
    chosen = type_name if type_name in uses else ""
    years: dict[int | None, PublicationYear] = {}
    for page in ordered:
        if not chosen or page.publication_type == chosen:
            row = ListedPublication(page, shown_authors(page, owner_name, people))
            years.setdefault(page.shown_year, PublicationYear(page.shown_year, [])).publications.append(row)
    types = [UsedType(name, label, uses[name]) for name, label in PUBLICATION_TYPES.items() if uses[name]]
    return PublicationList(list(years.values()), types if len(types) > 1 else [], chosen)


def in_publication_order(publications: Iterable[PublicationPage]) -> list[PublicationPage]:
    """By year and day, the latest first, then by title."""

    def key(page: PublicationPage) -> tuple[int, float, str]:
        return (-(page.shown_year or 0), -page.date.timestamp() if page.date else 0.0, page.title.casefold())

    return sorted(publications, key=key)


def shown_authors(page: PublicationPage, owner_name: str, people: Mapping[str, str]) -> list[PublicationAuthor]:
    """The authors; ``people`` has the addresses of those the site knows, by ``name_key``."""
    shown = []
    for name in page.author_names:
        url = people.get(name_key(natural_name(name)), "")
        shown.append(PublicationAuthor(natural_name(name), is_same_person(name, owner_name), safe_href(url)))
    return shown


def known_people(publications: Iterable[PublicationPage]) -> dict[str, str]:
    """The addresses of the authors that the site knows as people, by ``name_key``; one query."""
    names = {natural_name(name) for page in publications for name in page.author_names}
    people = Person.objects.filter(name__in=names).exclude(url="") if names else ()
    return {name_key(person.name): person.url for person in people}
