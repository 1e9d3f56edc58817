"""Dashboard panel with a button for each kind of new page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from portfolio.admin.new_page_menu import NewPageMenu


class WritePanel(Component):
    name = "write"
    template_name = "portfolio/admin/dashboard/write.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        items = [item for item in NewPageMenu().registered_menu_items if item.is_shown(request)]
        return {"items": sorted(items, key=lambda item: item.order)}
