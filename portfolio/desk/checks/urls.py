"""Addresses of what needs doing, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.desk.checks import views

urlpatterns = [
    path("to-do/links/", views.links, name="desk_links"),
    path("to-do/links/check/", views.check_links, name="desk_links_check"),
    path("to-do/links/<int:pk>/progress/", views.progress, name="desk_links_progress"),
    path("to-do/pages/look/", views.look_at_pages, name="desk_pages_look"),
    path("to-do/<slug:code>/", views.matter, name="desk_matter"),
]
