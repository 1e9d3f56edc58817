"""URLs of the editor's views, below ``/admin/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.admin import new_page_menu
from portfolio.admin.editor import session_status
from portfolio.admin.markdown_editing import edit_view
from portfolio.admin.paste import views

urlpatterns: list[URLPattern] = [
    path("pages/<int:page_id>/markdown/", edit_view.edit_markdown, name="edit_markdown"),
    path("session/", session_status.session_status, name="session_status"),
    path("paste/markdown/", views.paste_markdown, name="paste_markdown"),
    path("paste/html/", views.paste_html, name="paste_html"),
    path("paste/text/", views.paste_text, name="paste_text"),
    path("paste/address/", views.paste_address, name="paste_address"),
    path("paste/image/", views.paste_image, name="paste_image"),
    path("write/<slug:kind>/", new_page_menu.new_page, name="new_page"),
]
