"""Banner above the form of a page under review: who has to do what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin import messages
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Task, TaskState, WorkflowState


class ReviewLock(WorkflowLock):
    """The lock of a page under review; says in the banner's words why the form is closed."""

    def get_message(self, user: Any) -> str | None:
        return review_text(self.object, user) if self.for_user(user) else None


Task.lock_class = ReviewLock


@hooks.register("before_edit_page")
def add_review_banner(request: HttpRequest, page: Page) -> None:
    """Hook. An autosave asks for parts of the page too, and shows no banner."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET or not request.accepts("text/html"):
        return
    lock = page.get_lock()
    if isinstance(lock, ReviewLock) and lock.for_user(request.user):
        return  # Wagtail shows its message
    if text := review_text(page, request.user):
        messages.info(request, text)


def review_text(page: Page, user: Any) -> str:
    state = page.current_workflow_state
    task_state = state.current_task_state if state else None
    if task_state is None:
        return ""
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return text_of_returned(task_state)
    task = task_state.task.specific
    if any(name == "approve" for name, *_ in task.get_actions(page, user)):
        return "This page waits for you: approve it, which publishes it, or request changes. You find both below."
    take_back = " To change it yourself before, press “Cancel workflow”." if state.user_can_cancel(user) else ""
    return f"This page is under review: {reviewers(task)} to approve it. You need not do anything.{take_back}"


def text_of_returned(task_state: TaskState) -> str:
    who = (
        task_state.finished_by.get_full_name() or task_state.finished_by.get_username()
        if task_state.finished_by
        else ""
    )
    comment = f" “{task_state.comment}”" if task_state.comment else ""
    beginning = f"{who} sent this page back." if who else "This page was sent back."
    return f"{beginning}{comment} Change it, then submit it again."


def reviewers(task: Any) -> str:
    groups = [group.name for group in task.groups.all()] if hasattr(task, "groups") else []
    return f"the {' or '.join(groups)} have" if groups else "a colleague has"
