"""Page explorer: pages are put in order by hand only where a list of all of them can be shown.

Wagtail shows the menu order without pagination, so that pages can be dragged to any place. With ten thousand posts
below one page the list takes a minute and cannot be used.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from wagtail import hooks
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from portfolio.admin.publishing.cancelled_schedule import CancelScheduleView

MAX_SORTABLE = 250  # pages below one page


class ExplorerView(ExplorableIndexView):
    def get_valid_orderings(self) -> list[str]:
        orderings = super().get_valid_orderings()
        if self.parent_page.numchild > MAX_SORTABLE:
            return [ordering for ordering in orderings if ordering != self.sort_order_field]
        return orderings

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.request.GET.get("ordering") == self.sort_order_field and self.ordering != self.sort_order_field:
            messages.info(
                self.request,
                f"“{self.parent_page.get_admin_display_title()}” has {self.parent_page.numchild:,} pages below it, "
                f"too many to put in order by hand. Up to {MAX_SORTABLE} pages can be sorted.",
            )
        return super().get_context_data(**kwargs)


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's own, in whose place it is
def explorer_of_all_pages() -> PageViewSet:
    return PageViewSet(index_view_class=ExplorerView, revisions_unschedule_view_class=CancelScheduleView)
