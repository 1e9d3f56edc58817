"""Addresses of the export, below ``/admin/exports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.desk.exports import views

urlpatterns = [
    path("exports/", views.index, name="desk_exports"),
    path("exports/begin/", views.begin_export, name="desk_export_begin"),
    path("exports/<int:pk>/progress/", views.progress, name="desk_export_progress"),
    path("exports/<int:pk>/download/", views.download, name="desk_export_download"),
    path("exports/page/<int:pk>/", views.page, name="desk_export_page"),
]
