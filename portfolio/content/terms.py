"""Queries over taxonomies: which pages are under a term, and how often each term is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from portfolio.content.registry import PageList, Taxonomy, page_lists
from portfolio.models.visibility import public


@dataclass(frozen=True, slots=True)
class RelatedRows:
    """The rows that join the pages of a list to related rows, such as terms, and the names of the two columns."""

    model: type[Model]
    page: str
    related: str

    def all(self) -> QuerySet[Any]:
        return self.model._default_manager.order_by()

    def page_field(self, name: str) -> str:
        return name if self.page == "pk" else f"{self.page}__{name}"


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A term, with the number of published pages under it."""

    taxonomy: Taxonomy
    pk: int
    slug: str
    name: str
    uses: int

    @property
    def url(self) -> str:
        return reverse(self.taxonomy.name, args=[self.slug])


def lists_with(taxonomy: Taxonomy) -> list[PageList]:
    """The lists whose pages can be under terms of the taxonomy."""
    return [page_list for page_list in page_lists() if taxonomy.name in page_list.terms]


def related_rows(page_list: PageList, name: str) -> RelatedRows:
    """Rows of the pages themselves for a foreign key; of the table between for a many-to-many field or tags."""
    field = page_list.model._meta.get_field(name)
    if not field.many_to_many:
        return RelatedRows(page_list.model, "pk", field.name)
    through = field.remote_field.through
    if through._meta.auto_created:
        return RelatedRows(through, field.m2m_field_name(), field.m2m_reverse_field_name())
    return RelatedRows(through, "content_object", "tag")


def term_rows(page_list: PageList, taxonomy: Taxonomy) -> RelatedRows:
    return related_rows(page_list, page_list.terms[taxonomy.name])


def term_lookup(page_list: PageList, taxonomy: Taxonomy) -> str:
    """The look-up from a page of the list to its terms."""
    rows = term_rows(page_list, taxonomy)
    if rows.page != "content_object":
        return page_list.terms[taxonomy.name]
    return f"{rows.model._meta.get_field(rows.page).related_query_name()}__{rows.related}"


def used_terms(taxonomy: Taxonomy, limit: int) -> list[UsedTerm]:
    """The terms with the most published pages, most first, from one query."""
    lists = lists_with(taxonomy)
    first, *others = (term_counts(page_list, taxonomy) for page_list in lists)
    if others:
        rows = first.union(*others, all=True)
    else:
        rows = first.order_by("-uses", f"{term_rows(lists[0], taxonomy).related}__{taxonomy.name_field}")[:limit]
    uses: Counter[tuple[int, str, str]] = Counter()
    for pk, slug, name, number in rows:
        uses[pk, slug, name] += number
    ordered = sorted(uses.items(), key=lambda item: (-item[1], item[0][2].lower()))
    return [UsedTerm(taxonomy, pk, slug, name, number) for (pk, slug, name), number in ordered[:limit]]


def term_counts(page_list: PageList, taxonomy: Taxonomy) -> QuerySet[Any]:
    """(key, slug, name, uses) of each term, counted from the few rows that name a term, not from the many pages."""
    related = term_rows(page_list, taxonomy).related
    fields = (related, f"{related}__slug", f"{related}__{taxonomy.name_field}")
    return published_term_rows(page_list, taxonomy).values_list(*fields).annotate(uses=Count("pk"))


def published_term_rows(page_list: PageList, taxonomy: Taxonomy) -> QuerySet[Any]:
    """The rows that join the terms to the published pages of the list."""
    rows = term_rows(page_list, taxonomy)
    shown = {"live": True, "out_of_lists": False, "alias_of": None}
    live = rows.all().filter(**{rows.page_field(name): value for name, value in shown.items()})
    if rows.page == "pk":
        live = live.filter(**{f"{rows.related}__isnull": False})
    return public(live, rows.page_field("path"))
