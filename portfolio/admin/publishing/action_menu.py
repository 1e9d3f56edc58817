"""Actions of the page form: the button that opens the publish sheet, and an editor's “Submit for review”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, SubmitForModerationMenuItem
from wagtail.models import Page

from portfolio.admin.publishing.approval import publishing_approval
from portfolio.admin.publishing.views import is_first_publication, locked_by_schedule_only

# The name is Wagtail's, so that its scripts ask before a review is cancelled. The value is ours. An approval ends the
# review without cancelling it, so its button has a name of ours.
PUBLISH, SHEET = "action-publish", "sheet"
SHEET_WANTED = "publish-sheet"


class PublishSheetMenuItem(PublishMenuItem):
    """Saves the draft and opens the publish sheet."""

    name = PUBLISH
    template_name = "portfolio/admin/publishing/button.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        approves = page is not None and publishing_approval(page, context["request"].user) is not None
        return {**context, "approves": approves, "button_name": SHEET_WANTED if approves else PUBLISH}


class ChangeScheduleMenuItem(ActionMenuItem):
    """Leads to the publish sheet of a page that is scheduled and therefore locked."""

    name = "action-change-schedule"
    label = "Change the schedule…"
    icon_name = "calendar-alt"

    def get_url(self, context: Mapping[str, Any]) -> str:
        return reverse("publish_sheet", args=[context["page"].pk])


class SubmitForReviewMenuItem(SubmitForModerationMenuItem):
    template_name = "portfolio/admin/publishing/submit_button.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        is_back = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = "Submit again" if is_back else "Submit for review"
        return context


@hooks.register("construct_page_action_menu")
def arrange_actions(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    page = context.get("page")
    opens_sheet = context["view"] != "revisions_revert" and (page is None or is_first_publication(page))
    for index, item in enumerate(items):
        if isinstance(item, PublishMenuItem) and opens_sheet:
            items[index] = PublishSheetMenuItem(order=item.order)
        elif isinstance(item, SubmitForModerationMenuItem):
            items[index] = SubmitForReviewMenuItem(order=item.order)
    if page is not None and opens_sheet:
        arrange_first_publication(items, page, request.user)
    if not any(isinstance(item, PublishMenuItem) for item in items):
        # Somebody who may not publish came to submit.
        items.sort(key=lambda item: not isinstance(item, SubmitForReviewMenuItem))


def arrange_first_publication(items: list[ActionMenuItem], page: Page, user: Any) -> None:
    """The sheet in place of the buttons that would publish without it."""
    if publishing_approval(page, user) is not None:
        items[:] = [item for item in items if item.name != "approve"]
        items.sort(key=lambda item: not isinstance(item, PublishSheetMenuItem))
    if page.permissions_for_user(user).can_publish() and locked_by_schedule_only(page, user):
        items.insert(0, ChangeScheduleMenuItem())


@hooks.register("before_create_page")
@hooks.register("before_edit_page")
def save_draft_for_sheet(request: HttpRequest, *args: Any) -> None:
    """Hook: whoever asks for the sheet has the form saved as a draft; the sheet publishes it."""
    if request.method == "POST" and request.POST.get(PUBLISH) == SHEET:
        data = request.POST.copy()
        del data[PUBLISH]
        data[SHEET_WANTED] = "1"
        request.POST = data


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def open_publish_sheet(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook: the draft is saved; go on to the sheet."""
    if request.method != "POST" or SHEET_WANTED not in request.POST or not is_first_publication(page):
        return None
    return redirect("publish_sheet", page.pk)
