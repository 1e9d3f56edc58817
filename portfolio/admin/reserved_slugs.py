"""Hooks that refuse to move a page to an address which the site itself uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from portfolio.validation.page_form import is_reserved, reserved_message


@hooks.register("before_move_page")
def before_move_page(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if not is_reserved(page.slug, destination):
        return None
    messages.error(request, reserved_message(page.slug))
    return redirect("wagtailadmin_pages:move", page.pk)


@hooks.register("before_bulk_action")
def before_bulk_move(request: HttpRequest, action: str, pages: Iterable[Any], view: Any) -> HttpResponse | None:
    destination = view.cleaned_form.cleaned_data.get("chooser") if action == "move" and view.cleaned_form else None
    if destination is None:
        return None
    page = next((page for page in pages if is_reserved(page.slug, destination)), None)
    if page is None:
        return None
    messages.error(request, reserved_message(page.slug))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
