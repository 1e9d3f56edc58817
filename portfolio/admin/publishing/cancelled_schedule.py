"""View that cancels a schedule: the day and hour of a page that was never public go with it.

Wagtail only takes back the approval. The hour would stay in the draft, and whoever pressed “publish” would schedule it
again.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView

from portfolio.admin.publishing.views import is_first_publication
from portfolio.validation.date_range import this_second


class CancelScheduleView(RevisionsUnscheduleView):
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        if is_first_publication(self.object):
            forget_hour(self.object.get_latest_revision_as_object(), request.user)
        return answer


def forget_hour(page: Any, user: Any) -> None:
    """Take the hour out of the draft; a date that was taken from it is now."""
    hour = page.go_live_at
    if hour is None:
        return
    if getattr(page, "date", None) == hour:
        page.date = this_second()
    page.go_live_at = None
    page.save(clean=False)
    page.save_revision(user=user, clean=False)
