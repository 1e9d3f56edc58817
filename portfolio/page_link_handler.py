"""How formatted text finds the pages it links to."""

from __future__ import annotations

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portfolio.blocks.page_links import known_pages


class PageLinks(PageLinkHandler):
    """Wagtail's, which loads each page as what it is, for every piece of text anew; an address needs none of that."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        keys = [int(key) if (key := attrs.get("id", "")).isdecimal() else 0 for attrs in attrs_list]
        known = known_pages.get()
        if known is None or not known.keys() >= set(keys):
            known = Page.objects.in_bulk(keys)
        return [known.get(key) for key in keys]
