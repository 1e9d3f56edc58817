"""Which pages everybody may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

Pages = TypeVar("Pages", bound=QuerySet)


def open_to_everybody(pages: Pages, path: str = "path") -> Pages:
    """The pages with no restriction on themselves or on a page above them.

    The same pages as Wagtail's ``public()``, which asks for all restrictions in a query of its own each time. ``path``
    names the page's place in the tree where the rows belong to pages and are none themselves.
    """
    above = PageViewRestriction.objects.alias(below=ExpressionWrapper(OuterRef(path), output_field=CharField()))
    return pages.filter(~Exists(above.filter(below__startswith=F("page__path"))))
