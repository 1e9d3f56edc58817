"""Page listings: a flat list in the admin's menu for each page type that has one."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from portfolio.content.registry import PageKind, page_kinds

FIRST_IN_MENU = 100


@hooks.register("register_admin_viewset")
def page_listings() -> list[PageListingViewSet]:
    return [page_listing(kind) for kind in page_kinds() if kind.listing]


def page_listing(kind: PageKind) -> PageListingViewSet:
    """The kind's own column stands where Wagtail names the parent, which is always the same."""
    column, ordering = kind.listing.column, kind.listing.ordering
    return PageListingViewSet(
        kind.listing.name,
        model=kind.model,
        index_view_class=type("ListView", (IndexView,), {"default_ordering": ordering}),
        columns=[column if base.name == "parent" else base for base in IndexView.base_columns],
        icon=kind.icon,
        menu_label=kind.plural,
        menu_order=FIRST_IN_MENU + kind.order,
        add_to_admin_menu=True,
    )
