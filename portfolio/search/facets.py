"""Facets of search: how many results there are of each page type, term and year, as links that narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from portfolio.content.lists import from_page
from portfolio.content.registry import Label, PageKind, Taxonomy, dated_lists, page_kinds, taxonomies
from portfolio.content.terms import RelatedRows, lists_with, term_rows
from portfolio.validation.date_range import start_of_month

TYPE, YEAR = "type", "year"
PAGE = "page"  # the choice for page types without one of their own
MAX_CHOICES = 12
MAX_VALUE = 200  # characters

Counts = list[tuple[str, str, int]]  # (value, name, number)


@dataclass(frozen=True, slots=True)
class FacetSelection:
    """The chosen value of each facet. Facets that have none, and values that no facet can have, are left out."""

    values: Mapping[str, str]

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        values = {key: query.get(key, "").replace("\0", "")[:MAX_VALUE] for key in facet_keys()}
        if values[TYPE] not in type_names():
            del values[TYPE]
        year = values[YEAR]
        if not (year.isascii() and year.isdigit() and len(year) == 4 and year > "0000"):
            del values[YEAR]
        return cls({key: value for key, value in values.items() if value})

    def __bool__(self) -> bool:
        return bool(self.values)

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def toggled(self, key: str, value: str) -> FacetSelection:
        """With this value chosen or, when it is, taken back."""
        values = {**self.values, key: "" if value == self.get(key) else value}
        return FacetSelection({key: values[key] for key in facet_keys() if values.get(key)})


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a facet; ``url`` chooses it or, when it is chosen, takes that back."""

    name: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    key: str
    title: str
    choices: list[FacetChoice]


def facet_keys() -> list[str]:
    """In their order."""
    return [TYPE, *(taxonomy.name for taxonomy in facet_taxonomies()), YEAR]


def facet_titles() -> dict[str, Label]:
    """The title of each facet, in their order."""
    labels = [gettext("Kind"), *(taxonomy.label for taxonomy in facet_taxonomies()), gettext("Year")]
    return dict(zip(facet_keys(), labels, strict=True))


def facet_taxonomies() -> list[Taxonomy]:
    return [taxonomy for taxonomy in taxonomies() if taxonomy.is_facet]


def type_names() -> dict[str, Label]:
    """The name of each choice of the facet of page types."""
    return {kind.search_facet: kind.plural for kind in page_kinds() if kind.search_facet}


def own_types() -> dict[int, str]:
    """Content type -> the facet's value, of page types that have a choice of their own."""
    kinds = [kind for kind in page_kinds() if kind.search_facet not in ("", PAGE)]
    return {type_of(kind): kind.search_facet for kind in kinds}


def type_of(kind: PageKind) -> int:
    return ContentType.objects.get_for_model(kind.model).pk


def narrowed(pages: QuerySet[Any], chosen: FacetSelection) -> QuerySet[Any]:
    """``pages`` of which all that is chosen is true."""
    types = own_types()
    if chosen.get(TYPE) == PAGE:
        pages = pages.exclude(content_type__in=list(types))
    elif value := chosen.get(TYPE):
        pages = pages.filter(content_type__in=[pk for pk, facet in types.items() if facet == value])
    for taxonomy in facet_taxonomies():
        if slug := chosen.get(taxonomy.name):
            first, *others = (pages_under(rows, slug) for rows in all_rows(taxonomy))
            pages = pages.filter(pk__in=first.union(*others) if others else first)
    if chosen.get(YEAR):
        pages = pages.filter(in_year(int(chosen.get(YEAR))))
    return pages


def all_rows(taxonomy: Taxonomy) -> list[RelatedRows]:
    return [term_rows(page_list, taxonomy) for page_list in lists_with(taxonomy)]


def pages_under(rows: RelatedRows, slug: str) -> QuerySet[Any]:
    return rows.all().filter(**{f"{rows.related}__slug": slug}).values(rows.page)


def in_year(year: int) -> Q:
    zone = timezone.get_current_timezone()
    begin, end = (start_of_month(number, 1, zone) for number in (year, year + 1))
    condition = Q()
    for page_list in dated_lists():
        date = from_page(page_list, page_list.date)
        condition |= Q(**{f"{date}__gte": begin, f"{date}__lt": end})
    return condition


def facets_of(results: Iterable[Any], matching: QuerySet[Any], chosen: FacetSelection, query: str) -> list[Facet]:
    """The facets in which there is something to choose; one query, whatever there is."""
    results = list(results)
    own = own_types()
    types = Counter(own.get(result.content_type, PAGE) for result in results)
    zone = timezone.get_current_timezone()
    years = Counter(f"{result.date.astimezone(zone).year:04}" for result in results if result.is_dated)
    counts: dict[str, Counts] = {
        TYPE: [(value, name, types[value]) for value, name in type_names().items() if types[value]],
        YEAR: [(year, year, years[year]) for year in sorted(years, reverse=True)],
        **term_choices(matching),
    }
    facets = (
        Facet(key, title, choices(key, counts.get(key, []), chosen, query)) for key, title in facet_titles().items()
    )
    return [facet for facet in facets if len(facet.choices) > 1 or any(choice.is_chosen for choice in facet.choices)]


def term_choices(matching: QuerySet[Any]) -> dict[str, Counts]:
    """The terms of the matching pages by taxonomy, most first."""
    pks = matching.order_by().values("pk")
    counted = [counted_terms(taxonomy, rows, pks) for taxonomy in facet_taxonomies() for rows in all_rows(taxonomy)]
    totals: Counter[tuple[str, str, str]] = Counter()
    for key, slug, name, count in counted[0].union(*counted[1:], all=True) if counted else ():
        totals[key, slug, name] += count
    result: dict[str, Counts] = {}
    for (key, slug, name), count in sorted(totals.items(), key=lambda item: (-item[1], item[0][2].casefold())):
        result.setdefault(key, []).append((slug, name, count))
    return result


def counted_terms(taxonomy: Taxonomy, rows: RelatedRows, pks: QuerySet[Any]) -> QuerySet[Any]:
    slug, name = f"{rows.related}__slug", f"{rows.related}__{taxonomy.name_field}"
    key = Value(taxonomy.name, output_field=CharField())
    matching = rows.all().filter(**{f"{rows.page}__in": pks})
    return matching.values(slug, name).annotate(n=Count("pk")).values_list(key, F(slug), F(name), "n")


def choices(key: str, counts: Counts, chosen: FacetSelection, query: str) -> list[FacetChoice]:
    current = chosen.get(key)
    return [
        FacetChoice(name, count, search_url(chosen.toggled(key, value), query), value == current)
        for index, (value, name, count) in enumerate(counts)
        if index < MAX_CHOICES or value == current
    ]


def search_url(chosen: FacetSelection, query: str) -> str:
    parameters = [("q", query)] if query else []
    parameters += chosen.values.items()
    return f"{reverse('search')}?{urlencode(parameters)}" if parameters else reverse("search")
