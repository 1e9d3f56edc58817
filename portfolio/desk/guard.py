"""A few addresses of Wagtail's that answer people who can do nothing with the answer: here they are turned away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

# The permission that each needs; Wagtail itself asks for it only when something is to be changed.
STRICTER = {
    "wagtailadmin_workflows:task_chooser": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chooser_results": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chooser_create": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chosen": "wagtailcore.add_workflow",
}
MOVING = "wagtailadmin_pages:move_confirm"


class Guard:
    """Middleware that looks at what an address is called before its view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if (name != MOVING and name not in STRICTER) or not request.user.is_authenticated:
            return None  # signing in is asked for by the view
        if name == MOVING:
            page = Page.objects.filter(pk=kwargs["page_to_move_id"]).first()
            allowed = page is None or page.permissions_for_user(request.user).can_move()
        else:
            allowed = request.user.has_perm(STRICTER[name])
        return None if allowed else permission_denied(request)
