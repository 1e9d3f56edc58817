"""The links at the top of every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail import blocks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portfolio.blocks.links import safe_href
from portfolio.models.tree import as_what_it_is
from portfolio.visibility import open_to_everybody


class NavigationLinkBlock(blocks.StructBlock):
    """A page of this site, or an address."""

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
            message = "Say what the link is called; only a page has a title of its own."
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        return cleaned

    class Meta:
        icon = "link"
        label_format = "{label}"


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    text: str


def menu_pages(chosen: Sequence[blocks.StructValue], home: Page) -> PageQuerySet:
    """The pages that the menu leads to: those chosen, else the children of ``home`` that are shown in menus.

    Pages that are drafts or not open to everybody are left out.
    """
    if not chosen:
        # By the few kinds of pages that may lie here, or the database would look at all that lie below them.
        kinds = ContentType.objects.get_for_models(*home.specific_class.allowed_subpage_models())
        return open_to_everybody(home.get_children().live().in_menu().filter(content_type__in=list(kinds.values())))
    pks = [value["page"].pk for value in chosen if value.get("page")]
    return open_to_everybody(Page.objects.live().filter(pk__in=pks))


def links(chosen: Sequence[blocks.StructValue], found: Iterable[Page]) -> list[Link]:
    """The links of the menu, ``found`` being its pages.

    Addresses that would run a script are left out, and unless they were chosen so are lists that have nothing to show.
    """
    if not chosen:
        return [Link(page.url or "", page.title) for page in found if not is_empty_list(page)]
    pages = {page.pk: page for page in found}
    shown = []
    for value in chosen:
        page = pages.get(value["page"].pk) if value.get("page") else None
        href = page.url if page else "" if value.get("page") else safe_href(value.get("url"))
        if href:
            shown.append(Link(href, value.get("label") or (page.title if page else href)))
    return shown


def is_empty_list(page: Page) -> bool:
    """A list of what is below it, with nothing below it and no words of its own: there on every new site."""
    if page.numchild or not getattr(page.cached_content_type.model_class(), "lists_what_is_below", False):
        return False
    own = as_what_it_is(page)
    return not (own.intro or getattr(own, "body", None))
