"""The navigation menu at the top of every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail import blocks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portfolio.blocks.links import safe_href
from portfolio.models.tree import as_specific
from portfolio.models.visibility import public


class NavigationLinkBlock(blocks.StructBlock):
    """A link to a page of this site or to an address."""

    page = blocks.PageChooserBlock(required=False)
    url = blocks.CharBlock(
        required=False, max_length=500, label="Address", help_text="Only when no page is chosen, for example /search/."
    )
    label = blocks.CharBlock(required=False, max_length=60, help_text="Leave empty to use the page's title.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not cleaned["page"] and not safe_href(cleaned["url"]):
            message = "Choose a page, or write an address such as /search/ or https://example.org/."
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        if not cleaned["page"] and not cleaned["label"]:
            message = "Write a label for the link. Only a page has a title of its own."
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        return cleaned

    class Meta:
        icon = "link"
        label_format = "{label}"


@dataclass(frozen=True, slots=True)
class MenuLink:
    href: str
    text: str


def menu_pages(chosen: Sequence[blocks.StructValue], home: Page) -> PageQuerySet:
    """The public pages of the menu: those chosen, else the children of ``home`` that are shown in menus."""
    if not chosen:
        # Limited to the page types that may be here, or the database would also read all pages below them.
        kinds = ContentType.objects.get_for_models(*home.specific_class.allowed_subpage_models())
        return public(home.get_children().live().in_menu().filter(content_type__in=list(kinds.values())))
    pks = [value["page"].pk for value in chosen if value.get("page")]
    return public(Page.objects.live().filter(pk__in=pks))


def menu_links(chosen: Sequence[blocks.StructValue], pages: Iterable[Page]) -> list[MenuLink]:
    """The links of the menu; ``pages`` are its pages.

    Addresses that would run a script are left out, and so are empty listing pages that were not chosen.
    """
    if not chosen:
        return [MenuLink(page.url or "", page.title) for page in pages if not is_empty_list(page)]
    by_pk = {page.pk: page for page in pages}
    links = []
    for value in chosen:
        page = by_pk.get(value["page"].pk) if value.get("page") else None
        href = page.url if page else "" if value.get("page") else safe_href(value.get("url"))
        if href:
            links.append(MenuLink(href, value.get("label") or (page.title if page else href)))
    return links


def is_empty_list(page: Page) -> bool:
    """Whether the page lists its children, has none, and has no text of its own, as on every new site."""
    if page.numchild or not getattr(page.cached_content_type.model_class(), "lists_children", False):
        return False
    own = as_specific(page)
    return not (own.intro or getattr(own, "body", None))
