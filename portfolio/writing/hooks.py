"""Where the writer's part of the admin is hung up: menus, addresses, buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portfolio.writing import comparison
from portfolio.writing.edit_markdown import ACTION, has_body
from portfolio.writing.start import begin_each_kind, write_menu_item
from portfolio.writing.urls import urlpatterns

__all__ = ["comparison"]  # which takes its place by being imported


@hooks.register("register_admin_urls")
def writing_urls() -> list[URLPattern]:
    return urlpatterns


@hooks.register("insert_global_admin_css")
def style_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/admin/writing.css"))


@hooks.register("register_admin_menu_item")
def write_menu() -> SubmenuMenuItem:
    return write_menu_item()


@hooks.register("register_page_header_buttons")
def compare_with_public(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """What the draft changes of the page that readers see."""
    if (
        view_name == "edit"
        and page.live
        and page.has_unpublished_changes
        and page.permissions_for_user(user).can_edit()
    ):
        address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", page.latest_revision_id])
        yield Button("Compare with the public page", address, icon_name="view", priority=13)


@hooks.register("register_page_header_buttons")
def edit_as_markdown(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if (
        view_name == "edit"
        and page.pk
        and has_body(page.specific_deferred)
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button("Edit as Markdown", reverse("edit_markdown", args=[page.pk]), icon_name="keyboard", priority=12)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(ACTION, "Edit as Markdown", "Edited as Markdown")


@hooks.register("insert_editor_js")
def scripts() -> SafeString:
    return format_html(
        '<script type="module" src="{}" data-pasted-blocks="{}"></script><script type="module" src="{}"></script>',
        static("portfolio/admin/paste-markdown.js"),
        reverse("pasted_blocks"),
        static("portfolio/admin/saving.js"),
    )


begin_each_kind()
