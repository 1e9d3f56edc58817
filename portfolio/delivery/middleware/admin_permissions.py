"""Deny Wagtail admin views that do not check permissions themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

# The permission that each view requires; Wagtail checks it only when something is changed.
REQUIRED_PERMISSIONS = {
    "wagtailadmin_workflows:task_chooser": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chooser_results": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chooser_create": "wagtailcore.add_workflow",
    "wagtailadmin_workflows:task_chosen": "wagtailcore.add_workflow",
}
MOVE_VIEW = "wagtailadmin_pages:move_confirm"


class AdminPermissionsMiddleware:
    """Middleware: check the permission by the name of the view before it runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if (name != MOVE_VIEW and name not in REQUIRED_PERMISSIONS) or not request.user.is_authenticated:
            return None  # the view redirects to the sign-in page
        if name == MOVE_VIEW:
            page = Page.objects.filter(pk=kwargs["page_to_move_id"]).first()
            allowed = page is None or page.permissions_for_user(request.user).can_move()
        else:
            allowed = request.user.has_perm(REQUIRED_PERMISSIONS[name])
        return None if allowed else permission_denied(request)
