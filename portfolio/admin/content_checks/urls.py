"""URLs of the to-do lists and link checks, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.content_checks import views

urlpatterns = [
    path("to-do/links/", views.links, name="link_check"),
    path("to-do/links/check/", views.check_links, name="link_check_start"),
    path("to-do/links/<int:pk>/progress/", views.progress, name="link_check_progress"),
    path("to-do/pages/check/", views.check_all_pages, name="page_check_start"),
    path("to-do/<slug:code>/", views.todo_item, name="todo_item"),
]
