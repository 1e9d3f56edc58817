"""Addresses of the writer's part of the admin, below /admin/."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.writing import edit_markdown, paste, start

urlpatterns: list[URLPattern] = [
    path("pages/<int:page_id>/markdown/", edit_markdown.edit_markdown, name="edit_markdown"),
    path("write/markdown/blocks/", paste.pasted_blocks, name="pasted_blocks"),
    path("write/<slug:kind>/", start.start, name="start"),
]
