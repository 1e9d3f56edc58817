"""Hooks for writing: the Write menu, URLs, buttons above a page, scripts and styles of the editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portfolio.admin import comparison, page_listings
from portfolio.admin.editor import edit_conflict, markup_on_save
from portfolio.admin.editor.urls import urlpatterns
from portfolio.admin.markdown_editing.availability import ACTION, has_body
from portfolio.admin.new_page_menu import new_page_menu_item
from portfolio.blocks.code import LANGUAGE_LIST
from portfolio.markdown.highlight import COMMON_LANGUAGES

__all__ = ["comparison", "edit_conflict", "markup_on_save", "page_listings"]  # importing them registers their hooks


@hooks.register("register_admin_urls")
def register_editor_urls() -> list[URLPattern]:
    return urlpatterns


@hooks.register("insert_global_admin_css")
def add_editor_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/admin/editor.css"))


@hooks.register("register_admin_menu_item")
def add_write_menu() -> SubmenuMenuItem:
    return new_page_menu_item()


@hooks.register("register_page_header_buttons")
def add_compare_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """“Compare with the public page”: what the draft changes on the page that readers see."""
    if (
        view_name == "edit"
        and page.live
        and page.has_unpublished_changes
        and page.permissions_for_user(user).can_edit()
    ):
        address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", page.latest_revision_id])
        yield Button("Compare with the public page", address, icon_name="view", priority=13)


@hooks.register("register_page_header_buttons")
def add_edit_as_markdown_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if (
        view_name == "edit"
        and page.pk
        and has_body(page.specific_deferred)
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button("Edit as Markdown", reverse("edit_markdown", args=[page.pk]), icon_name="keyboard", priority=12)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(ACTION, "Edit as Markdown", "Edited as Markdown")


@hooks.register("insert_global_admin_js")
def add_session_script() -> SafeString:
    return format_html(
        '<script type="module" src="{}" data-session="{}" data-sign-in="{}"></script>',
        static("portfolio/admin/session.js"),
        reverse("session_status"),
        reverse("wagtailadmin_login"),
    )


@hooks.register("insert_editor_js")
def add_editor_scripts() -> SafeString:
    return format_html(
        '<script type="module" src="{}" data-paste-markdown="{}" data-paste-html="{}" data-paste-text="{}"'
        ' data-paste-address="{}" data-paste-image="{}"></script>'
        '<script type="module" src="{}" data-as-markdown="{}" data-as-blocks="{}"></script>'
        '<script type="module" src="{}"></script><script type="module" src="{}" data-block-look="{}"></script>'
        '<datalist id="{}">{}</datalist>',
        static("portfolio/admin/paste/paste.js"),
        *(reverse(f"paste_{kind}") for kind in ("markdown", "html", "text", "address", "image")),
        static("portfolio/admin/markdown/surface.js"),
        reverse("body_as_markdown"),
        reverse("body_as_blocks"),
        static("portfolio/admin/saving.js"),
        static("portfolio/admin/writing/writing.js"),
        reverse("block_look"),
        LANGUAGE_LIST,
        format_html_join("", '<option value="{}">', ((name,) for name in COMMON_LANGUAGES)),
    )
