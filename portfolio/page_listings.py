"""The admin's flat lists of one kind of page each: posts, interviews, experience."""

from __future__ import annotations

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page


def page_listing(
    name: str, model: type[Page], *, column: Column, ordering: str, icon: str, label: str, order: int
) -> PageListingViewSet:
    """A list with an item in the menu. ``column`` stands where Wagtail names the parent, which is always the same."""
    columns = [column if one.name == "parent" else one for one in IndexView.base_columns]
    view = type("ListView", (IndexView,), {"default_ordering": ordering})
    return PageListingViewSet(
        name,
        model=model,
        index_view_class=view,
        columns=columns,
        icon=icon,
        menu_label=label,
        menu_order=order,
        add_to_admin_menu=True,
    )
