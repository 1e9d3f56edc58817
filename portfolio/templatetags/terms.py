"""``{% if tag|has_page:page %}``: whether a term of a page, such as a tag, has a page that readers can open."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from portfolio.content.registry import Taxonomy, taxonomies
from portfolio.content.terms import lists_with, published_term_rows, term_rows
from portfolio.models.site_state import cached_for_version
from portfolio.models.visibility import is_public

register = template.Library()


@register.filter
def has_page(term: Model, page: Any) -> bool:
    """Whether a page that is in lists is under the term. ``page`` itself is looked at first, and costs no query."""
    if not page or is_listed(page):
        return True
    taxonomy = next((taxonomy for taxonomy in taxonomies() if isinstance(term, taxonomy.model)), None)
    return taxonomy is None or term.pk in terms_with_pages(taxonomy)


def is_listed(page: Any) -> bool:
    """Whether lists show the page; of a draft, whose preview this is, whether they will."""
    if getattr(page, "out_of_lists", False) or page.alias_of_id is not None:
        return False
    return not page.live or is_public(page.path)


def terms_with_pages(taxonomy: Taxonomy) -> frozenset[Any]:
    """The keys of the terms under which something is published."""

    def read() -> frozenset[Any]:
        return frozenset(
            key
            for page_list in lists_with(taxonomy)
            for key in published_term_rows(page_list, taxonomy).values_list(
                term_rows(page_list, taxonomy).related, flat=True
            )
        )

    return cached_for_version(f"terms with pages: {taxonomy.name}", read)
