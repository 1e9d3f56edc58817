"""Page listings: a flat list in the admin's menu for each page type that has one."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies.pages import PagePermissionPolicy

from portfolio.content.registry import NewPageItem, PageKind, page_kinds

FIRST_IN_MENU = 100


class KindListView(IndexView):
    """The list, with the other ways to begin such a page, as from a text, behind the dots beside its title."""

    other_ways: Sequence[NewPageItem] = ()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if PagePermissionPolicy().user_has_permission(self.request.user, "add"):
            buttons += [Button(item.label, reverse(item.view), icon_name=item.icon) for item in self.other_ways]
        return buttons


@hooks.register("register_admin_viewset")
def page_listings() -> list[PageListingViewSet]:
    return [page_listing(kind) for kind in page_kinds() if kind.listing]


def page_listing(kind: PageKind) -> PageListingViewSet:
    """The kind's own column stands where Wagtail names the parent, which is always the same."""
    column, ordering = kind.listing.column, kind.listing.ordering
    other_ways = [item for item in kind.new_page if item.view]
    return PageListingViewSet(
        kind.listing.name,
        model=kind.model,
        index_view_class=type("ListView", (KindListView,), {"default_ordering": ordering, "other_ways": other_ways}),
        columns=[column if base.name == "parent" else base for base in IndexView.base_columns],
        icon=kind.icon,
        menu_label=kind.plural,
        menu_order=FIRST_IN_MENU + kind.order,
        add_to_admin_menu=True,
    )
