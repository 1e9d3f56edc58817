"""URLs of the editor's views, below ``/admin/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.admin import new_page_menu
from portfolio.admin.editor import session_status
from portfolio.delivery.lazy_views import lazy_view

PASTE = "portfolio.admin.paste.views"
MARKDOWN = "portfolio.admin.markdown_editing"

urlpatterns: list[URLPattern] = [
    path(
        "pages/<int:page_id>/markdown/",
        lazy_view(f"{MARKDOWN}.edit_view.edit_markdown"),
        name="edit_markdown",
    ),
    path("body/markdown/", lazy_view(f"{MARKDOWN}.form_conversion.body_as_markdown"), name="body_as_markdown"),
    path("body/blocks/", lazy_view(f"{MARKDOWN}.form_conversion.body_as_blocks"), name="body_as_blocks"),
    path("body/look/", lazy_view("portfolio.admin.editor.block_look.block_look"), name="block_look"),
    path("session/", session_status.session_status, name="session_status"),
    path("paste/markdown/", lazy_view(f"{PASTE}.paste_markdown"), name="paste_markdown"),
    path("paste/html/", lazy_view(f"{PASTE}.paste_html"), name="paste_html"),
    path("paste/text/", lazy_view(f"{PASTE}.paste_text"), name="paste_text"),
    path("paste/address/", lazy_view(f"{PASTE}.paste_address"), name="paste_address"),
    path("paste/image/", lazy_view(f"{PASTE}.paste_image"), name="paste_image"),
    path("write/<slug:kind>/", new_page_menu.new_page, name="new_page"),
]
