"""Approval of a page under review that publishes it for the first time: by way of the publish sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.models import Page, TaskState

APPROVE = "approve"
WORKFLOW_ACTION = "wagtailadmin_pages:workflow_action"  # of the dashboard; the form has buttons of its own


def publishing_approval(page: Page, user: Any) -> TaskState | None:
    """The task whose approval by this user publishes the page; None if there is none, or others have to approve too."""
    state = page.current_workflow_state
    task = page.current_workflow_task
    if state is None or task is None or not state.is_at_final_task:
        return None
    may_approve = any(name == APPROVE for name, *_ in task.get_actions(page, user))
    return page.current_workflow_task_state if may_approve else None


class ApprovalSheetMiddleware:
    """Middleware: an approval on the dashboard opens the publish sheet when it would publish for the first time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name != WORKFLOW_ACTION or kwargs.get("action_name") != APPROVE:
            return None
        page = Page.objects.filter(pk=kwargs["page_id"], live=False, first_published_at=None).first()
        if page is None or not request.user.is_authenticated or publishing_approval(page, request.user) is None:
            return None
        sheet = reverse("publish_sheet", args=[page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": sheet})
        return redirect(sheet)
