"""Views of the publish sheet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import Page

from portfolio.admin.publishing.approval import APPROVE, publishing_approval
from portfolio.admin.publishing.proposals import proposed_summary
from portfolio.admin.publishing.readiness import missing_details, obstacles
from portfolio.admin.publishing.sheet_form import (
    DRAFT,
    PUBLISH,
    SCHEDULE,
    add_proposals,
    require_later,
    sheet_form,
)
from portfolio.images.share_images.draw import draw_share_image, has_glyphs
from portfolio.images.share_images.share_image import ShareImage, share_image_for
from portfolio.markdown.text import visible_text
from portfolio.models import SiteSettings


def is_first_publication(page: Page) -> bool:
    return not page.live and page.first_published_at is None


def draft_of(request: HttpRequest, page_id: int) -> Any:
    """The newest version of a page that this user may publish."""
    page = get_object_or_404(Page, pk=page_id)
    permissions = page.permissions_for_user(request.user)
    is_locked = permissions.page_locked() and not locked_by_schedule_only(page, request.user)
    if not permissions.can_publish() or is_locked:
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def locked_by_schedule_only(page: Page, user: Any) -> bool:
    """Whether the form of the page is closed because the page is scheduled; the schedule can be changed."""
    if not isinstance(page.get_lock(), ScheduledForPublishLock):
        return False
    return not (page.locked and BasicLock(page).for_user(user))


def publish_sheet(request: HttpRequest, page_id: int) -> HttpResponse:
    """What readers and other sites will be told of the page, then publish or schedule it."""
    page = draft_of(request, page_id)
    if not is_first_publication(page):
        return redirect("wagtailadmin_pages:edit", page.pk)
    data = request.POST if request.method == "POST" else None
    form = sheet_form(page, request.user, data)
    missing: list[str] = []
    if data is not None and data.get("action") == DRAFT:
        form.defer_required_fields()
    if data is not None and form.is_valid():
        action = data.get("action")
        if action == SCHEDULE:
            require_later(form)
        if form.is_valid():
            page = form.save(commit=False)
            add_proposals(page, data)
            missing = obstacles(page) if action in (PUBLISH, SCHEDULE) else []
            if action == DRAFT:
                page.save()
                page.save_revision(user=request.user, log_action=True, clean=False)
                return redirect("wagtailadmin_pages:edit", page.pk)
            if action in (PUBLISH, SCHEDULE) and not missing:
                return publish(request, page)
    context = {
        "page": page,
        "form": form,
        "missing": missing or form.non_field_errors(),
        "warnings": missing_details(page),
        "address": page.get_parent().full_url,
        "is_scheduled": bool(page.go_live_at and page.go_live_at > timezone.now()),
        "scheduled_revision": page.scheduled_revision,
        "approves": publishing_approval(page, request.user) is not None,
        "page_title": "Publish",
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "upload",
    }
    status = 422 if missing or form.errors else 200
    return render(request, "portfolio/admin/publishing/sheet.html", context, status=status)


def publish(request: HttpRequest, page: Any) -> HttpResponse:
    """Store the sheet and publish, as the editor's own button does, its hooks included.

    Approve the page where it is under review and the user may: its author is told so, and the review is over.
    """
    with transaction.atomic():
        page.save()
        revision = page.save_revision(user=request.user, log_action=True)
        if answer := run_hooks("before_publish_page", request, page):
            return answer
        if task_state := publishing_approval(page, request.user):
            task_state.task.specific.on_action(task_state, request.user, APPROVE)
        else:
            PublishPageRevisionAction(revision, user=request.user).execute(skip_permission_checks=True)
    page = type(page).objects.get(pk=page.pk)
    if answer := run_hooks("after_publish_page", request, page):
        return answer
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Edit")
    title = page.get_admin_display_title()
    if page.live:
        view = [messages.button(page.url, "View live", new_window=False)] if page.url else []
        messages.success(request, f"Page '{title}' has been published.", buttons=[*view, edit])
    else:
        messages.success(request, f"Page '{title}' has been scheduled for publishing.", buttons=[edit])
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def run_hooks(name: str, request: HttpRequest, page: Page) -> HttpResponse | None:
    for hook in hooks.get_hooks(name):
        answer = hook(request, page)
        if hasattr(answer, "status_code"):
            return answer
    return None


def sheet_look(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page in a list and as a shared card, with what the sheet holds now."""
    page = draft_of(request, page_id)
    if hasattr(page, "summary") and not page.summary:
        page.summary = proposed_summary(page)
    if request.method == "POST":
        form = sheet_form(page, request.user, request.POST)
        if form.is_valid():
            page = form.save(commit=False)
    context = {
        "page": page,
        "entries": [page],
        "description": page.search_description or visible_text(getattr(page, "summary_or_excerpt", "")),
        "site": SiteSettings.for_request(request),
        "host": urlsplit(page.full_url or "").netloc,
        "cover": getattr(page, "cover", None),
        "has_card": can_draw(share_image_for(page, SiteSettings.for_request(request))),
    }
    return render(request, "portfolio/admin/publishing/look.html", context)


def can_draw(image: ShareImage) -> bool:
    return has_glyphs(f"{image.title}{image.owner}{image.detail}")


@require_GET
def sheet_card(request: HttpRequest, page_id: int) -> HttpResponse:
    """The share image that will be drawn of the page; an empty answer when the font lacks a character."""
    image = share_image_for(draft_of(request, page_id), SiteSettings.for_request(request))
    if not can_draw(image):
        return HttpResponse(status=204)
    data = draw_share_image(image.title, image.owner, image.detail, image.accent)
    return HttpResponse(data, content_type="image/png", headers={"Cache-Control": "private, no-store"})
