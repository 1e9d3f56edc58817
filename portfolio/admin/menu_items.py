"""Hooks for the pages added to the admin: URLs, menu items, buttons, the permission and the dashboard panel."""

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

from portfolio.admin.content_checks.dashboard import TodoPanel
from portfolio.admin.dashboard.first_steps import FirstStepsPanel
from portfolio.admin.dashboard.write_panel import WritePanel
from portfolio.admin.exports.exported_types import is_exported
from portfolio.admin.permissions import is_administrator, may_import


class ImporterMenuItem(MenuItem):
    """A menu item for users who may import and export."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


class AdministratorMenuItem(MenuItem):
    """A menu item for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    packages = ("imports", "exports", "content_checks", "help", "people", "publishing", "set_up", "system", "trash")
    return [path("", include(f"portfolio.admin.{package}.urls")) for package in packages]


@hooks.register("construct_homepage_panels")
def add_dashboard_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels += [WritePanel(), TodoPanel()]
    if is_administrator(request.user):
        panels.append(FirstStepsPanel())


@hooks.register("insert_global_admin_css")
def add_page_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/admin/pages.css"))


@hooks.register("register_permissions")
def register_import_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="portfolio", codename="import_site")


@hooks.register("register_admin_menu_item")
def add_import_export_menu() -> SubmenuMenuItem:
    menu = Menu(
        register_hook_name="register_import_export_menu_item",
        items=[
            ImporterMenuItem("Import", reverse("import_list"), name="import", icon_name="upload", order=1),
            ImporterMenuItem("Export", reverse("export_list"), name="export", icon_name="download", order=2),
        ],
    )
    return SubmenuMenuItem("Import, export", menu, name="import-export", icon_name="copy", order=850)


@hooks.register("register_settings_menu_item")
def add_system_menu_item() -> MenuItem:
    return AdministratorMenuItem("System", reverse("system"), name="system", icon_name="cogs", order=9000)


@hooks.register("register_settings_menu_item")
def add_invite_menu_item() -> MenuItem:
    return AdministratorMenuItem("Invite somebody", reverse("invite"), name="invite", icon_name="mail", order=590)


@hooks.register("register_user_listing_buttons")
def add_invite_again_button(user: Any, request_user: Any) -> Iterator[Button]:
    """The link of an invitation once more, for somebody who has not signed in yet."""
    if is_administrator(request_user) and user.last_login is None and user.email:
        yield Button("Invite again", reverse("invite_again", args=[user.pk]), icon_name="mail", priority=30)


@hooks.register("register_help_menu_item")
def add_guide_menu_item() -> MenuItem:
    return MenuItem("Guide", reverse("guide"), name="guide", icon_name="help", order=1)


@hooks.register("register_page_listing_more_buttons")
def add_listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from download_button(page, user)


@hooks.register("register_page_header_buttons")
def add_header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from download_button(page, user)


def download_button(page: Page, user: Any) -> Iterator[Button]:
    if is_exported(page.specific_deferred) and page.permissions_for_user(user).can_edit():
        yield Button("Download as Markdown", reverse("export_page", args=[page.pk]), icon_name="download", priority=66)
