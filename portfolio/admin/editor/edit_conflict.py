"""Edit conflicts: when two people save a page, neither overwrites the other unknowingly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.models import Page, Revision

from portfolio.delivery.middleware.admin_parameters import bad_request

EDIT = "wagtailadmin_pages:edit"
# The maximum age of an autosave whose answer the form has not received yet.
AUTOSAVE_AGE = timedelta(seconds=30)


class SerialiseSavesMiddleware:
    """Middleware: run saves of a page, by button or autosave, one after the other.

    Each is one transaction that holds the page's row, so that between its look for a newer version and its own saving
    nobody else saves; and a version that cannot be published is not half stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name != EDIT or not request.user.is_authenticated:
            return None
        try:
            with transaction.atomic():
                Page.objects.select_for_update().filter(pk=kwargs["page_id"]).order_by().values_list("pk").first()
                return view(request, *args, **kwargs)
        except Exception as error:
            # The view is called here, so Django does not call ``process_exception``.
            answer = bad_request(request, error)
            if answer is None:
                raise
            return answer


@hooks.register("before_edit_page")
def mark_edit_conflict(request: HttpRequest, page: Page) -> None:
    """Tell the form (``PageForm.clean``) that another version was saved after it was opened.

    Wagtail refuses to autosave then, but not to save or to publish when the button is pressed. The form comes back
    with all that was written in it and the newer version's number, so that pressing again is a decision.
    """
    if request.method != "POST":
        return
    newest = page.get_latest_revision()
    if newest is not None and is_older(request, newest) and not is_own_autosave(request, newest):
        page.edit_conflict = conflict_message(newest)


def is_older(request: HttpRequest, newest: Revision) -> bool:
    """Whether the form was opened before ``newest`` was saved. Autosave changes a revision in place."""
    if own := request.POST.get("overwrite_revision_id"):
        return own != str(newest.pk)
    loaded = request.POST.get("loaded_revision_id")
    if not loaded:
        return False
    return (loaded, request.POST.get("loaded_revision_created_at")) != (str(newest.pk), newest.created_at.isoformat())


def is_own_autosave(request: HttpRequest, newest: Revision) -> bool:
    """Whether ``newest`` may be an autosave of this form, made while its button was pressed."""
    return newest.user_id == request.user.pk and timezone.now() - newest.created_at < AUTOSAVE_AGE


def conflict_message(newest: Revision) -> str:
    who = str(newest.user) if newest.user else "Somebody"
    moment = date_format(timezone.localtime(newest.created_at), "j F Y, H:i e")
    return (
        f"{who} saved another version of this page on {moment}, after you had opened it. Your text is still here and "
        "was not saved. Press the button again to save it over that version, which stays in the history."
    )
