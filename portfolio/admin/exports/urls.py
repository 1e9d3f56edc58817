"""URLs of the export, below ``/admin/exports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.exports import views

urlpatterns = [
    path("exports/", views.index, name="export_list"),
    path("exports/begin/", views.begin_export, name="export_start"),
    path("exports/<int:pk>/progress/", views.progress, name="export_progress"),
    path("exports/<int:pk>/download/", views.download, name="export_download"),
    path("exports/page/<int:pk>/", views.page, name="export_page"),
]
