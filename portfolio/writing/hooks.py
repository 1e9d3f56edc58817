"""Where the writer's part of the admin is hung up: menus, addresses, buttons."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from portfolio.writing.start import menu_items, write_menu_item
from portfolio.writing.urls import urlpatterns


@hooks.register("register_admin_urls")
def writing_urls() -> list[URLPattern]:
    return urlpatterns


@hooks.register("insert_global_admin_css")
def style_sheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/admin/writing.css"))


@hooks.register("register_admin_menu_item")
def write_menu() -> SubmenuMenuItem:
    return write_menu_item()


def add_to_menu(item: MenuItem) -> None:
    hooks.register("register_write_menu_item", lambda: item)


for starting in menu_items():
    add_to_menu(starting)
