"""Views of the trash: the list, restoring, and deleting for good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from portfolio.admin.new_page_menu import parent_for
from portfolio.admin.trash.restore import Restored, restore
from portfolio.models import TrashedPage

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A deleted page with what this user may do with it; ``obstacle`` says why it cannot be restored now."""

    trashed: TrashedPage
    parent: Page | None
    obstacle: str
    may_delete: bool


@require_GET
def trash_list(request: HttpRequest) -> HttpResponse:
    context = {
        "entries": Paginator(trash_entries(request), PER_PAGE).get_page(request.GET.get("p")),
        "days": settings.TRASH_DAYS,
        "page_title": "Trash",
        "header_icon": "bin",
    }
    return render(request, "portfolio/admin/trash/index.html", context)


@require_POST
def restore_page(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_or_denied(request, pk)
    if entry.obstacle or entry.parent is None:
        messages.error(request, entry.obstacle)
        return redirect("trash")
    restored = restore(entry.trashed, entry.parent)
    edit = reverse("wagtailadmin_pages:edit", args=[restored.page.pk])
    messages.success(request, restored_message(entry, restored), buttons=[messages.button(edit, "Edit")])
    return redirect("trash")


@require_http_methods(["GET", "HEAD", "POST"])
def delete_for_good(request: HttpRequest, pk: int) -> HttpResponse:
    entry = entry_or_denied(request, pk)
    if not entry.may_delete:
        raise PermissionDenied
    if request.method == "POST":
        entry.trashed.delete()
        messages.success(request, f"“{entry.trashed}” is deleted for good.")
        return redirect("trash")
    context = {"trashed": entry.trashed, "page_title": "Delete for good", "header_icon": "bin"}
    return render(request, "portfolio/admin/trash/confirm_delete.html", context)


def trash_entries(request: HttpRequest) -> list[TrashEntry]:
    """The deleted pages below pages at which this user may add pages, the last deleted first."""
    trashed_pages = list(TrashedPage.objects.select_related("deleted_by"))
    parents = Page.objects.in_bulk({trashed.parent_key for trashed in trashed_pages})
    permissions = {key: parent.permissions_for_user(request.user) for key, parent in parents.items()}
    entries = []
    for trashed in trashed_pages:
        parent, obstacle = parents.get(trashed.parent_key), ""
        if parent is None:
            parent, obstacle = other_parent(trashed, trashed_pages, request)
        allowed = permissions.get(trashed.parent_key) or (parent and parent.permissions_for_user(request.user))
        if not request.user.is_superuser and not (allowed and allowed.can_add_subpage()):
            continue
        may_publish = request.user.is_superuser or bool(allowed and allowed.can_publish_subpage())
        if trashed.live_pages and not may_publish:
            obstacle = obstacle or "It was published. Ask somebody who may publish to restore it."
        own = trashed.deleted_by_id == request.user.pk
        entries.append(TrashEntry(trashed, parent, obstacle, may_publish or own))
    return entries


def other_parent(
    trashed: TrashedPage, trashed_pages: list[TrashedPage], request: HttpRequest
) -> tuple[Page | None, str]:
    """Where a page goes whose parent is deleted too: below that again, or else where a new page of its type goes."""
    for other in trashed_pages:
        if trashed.path.startswith(other.path) and other.deleted_at > trashed.deleted_at:
            return None, f"The page it was below is deleted too. First restore “{other}”."
    try:
        return parent_for(trashed.page_model, request), ""
    except PermissionDenied:
        return None, f"The page it was below, “{trashed.parent_title}”, is deleted. There is no other place for it."


def entry_or_denied(request: HttpRequest, pk: int) -> TrashEntry:
    get_object_or_404(TrashedPage, pk=pk)
    for entry in trash_entries(request):
        if entry.trashed.pk == pk:
            return entry
    raise PermissionDenied


def restored_message(entry: TrashEntry, restored: Restored) -> str:
    more = entry.trashed.pages - 1
    below = f" and {more} page{'s' if more > 1 else ''} below it" if more else ""
    state = "It is public again." if restored.page.live else "It is a draft, as before."
    parts = [f"“{entry.trashed}”{below} {'are' if more else 'is'} restored. {state}"]
    if restored.page.slug != restored.slug_before:
        parts.append(f"Its address is now {restored.page.url or restored.page.slug}: another page has its old one.")
    if entry.parent and entry.parent.pk != entry.trashed.parent_key:
        parts.append(f"It is below “{entry.parent.get_admin_display_title()}”, as its old place is gone.")
    if restored.missing:
        parts.append(f"Gone since it was deleted, and missing now: {listed(restored.missing)}.")
    return " ".join(parts)


def listed(missing: Counter[str]) -> Any:
    return ", ".join(f"{name} ({number})" for name, number in sorted(missing.items()))
