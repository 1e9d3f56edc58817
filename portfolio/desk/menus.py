"""Where the desk's pages stand in the admin: the menu, a page's own menu, and the permission in a group's form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.models import Page

from portfolio.desk.checks.dashboard import ToDoPanel
from portfolio.desk.exports.one_page import is_exported
from portfolio.desk.permissions import may_import


class ImporterMenuItem(MenuItem):
    """An item that only those see who may import and export."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    parts = ("imports", "exports", "checks", "guide")
    return [path("", include(f"portfolio.desk.{part}.urls")) for part in parts]


@hooks.register("construct_homepage_panels")
def what_needs_doing(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ToDoPanel())


@hooks.register("insert_global_admin_css")
def style_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/css/desk.css"))


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="portfolio", codename="import_site")


@hooks.register("register_admin_menu_item")
def in_and_out() -> SubmenuMenuItem:
    menu = Menu(
        items=[
            ImporterMenuItem("Import", reverse("desk_imports"), name="import", icon_name="upload", order=1),
            ImporterMenuItem("Export", reverse("desk_exports"), name="export", icon_name="download", order=2),
        ]
    )
    return SubmenuMenuItem("Import, export", menu, name="import-export", icon_name="copy", order=850)


@hooks.register("register_help_menu_item")
def guide() -> MenuItem:
    return MenuItem("Guide", reverse("desk_guide"), name="guide", icon_name="help", order=1)


@hooks.register("register_page_listing_more_buttons")
def in_a_list(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from download(page, user)


@hooks.register("register_page_header_buttons")
def above_a_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from download(page, user)


def download(page: Page, user: Any) -> Iterator[Button]:
    if is_exported(page.specific_deferred) and page.permissions_for_user(user).can_edit():
        yield Button(
            "Download as Markdown", reverse("desk_export_page", args=[page.pk]), icon_name="download", priority=66
        )
