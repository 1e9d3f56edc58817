"""Hooks of the trash: every deletion in the admin keeps a copy first, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page

from portfolio.admin.new_page_menu import NewPageMenuItem


@hooks.register("before_delete_page")
def trash_page(request: HttpRequest, page: Page) -> None:
    if request.method == "POST" and type_to_delete_confirmation(request):
        take_snapshot(page, request.user)


@hooks.register("after_delete_page")
def report_trashed_page(request: HttpRequest, page: Page) -> None:
    report(request, f"“{page.get_admin_display_title()}” is in the trash{until()}.")


@hooks.register("before_bulk_action")
def trash_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if action_type == "delete" and action.model is Page:
        # A page below another one goes with it; Wagtail would look for it in vain.
        objects[:] = [page for page in objects if not any(is_below(page, other) for other in objects)]
        for page in objects:
            take_snapshot(page, request.user)


@hooks.register("after_bulk_action")
def report_trashed_pages(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    if action_type == "delete" and action.model is Page:
        report(request, f"What you deleted is in the trash{until()}.")


@hooks.register("register_admin_menu_item")
def add_trash_menu_item() -> MenuItem:
    return NewPageMenuItem("Trash", reverse("trash"), name="trash", icon_name="bin", order=840)


def take_snapshot(page: Page, user: Any) -> None:
    """Keep a copy of the page. The importer, whose adapter lists its references, is loaded at the first deletion."""
    import_string("portfolio.admin.trash.snapshot.trash")(page, user)


def is_below(page: Page, other: Page) -> bool:
    return page.path != other.path and page.path.startswith(other.path)


def until() -> str:
    return f" for {settings.TRASH_DAYS} days" if settings.TRASH_DAYS else ""


def report(request: HttpRequest, text: str) -> None:
    messages.info(request, text, buttons=[messages.button(reverse("trash"), "Open the trash")])
