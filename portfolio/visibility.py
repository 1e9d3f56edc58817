"""Which pages everybody may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def open_to_everybody(pages: Pages) -> Pages:
    """The pages with no restriction on themselves or on a page above them.

    The same pages as Wagtail's ``public()``, which asks for all restrictions in a query of its own each time.
    """
    above = PageViewRestriction.objects.alias(below=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
    return pages.filter(~Exists(above.filter(below__startswith=F("page__path"))))
