"""URLs of the export, below ``/admin/exports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.delivery.lazy_views import lazy_view

VIEWS = "portfolio.admin.exports.views"

urlpatterns = [
    path("exports/", lazy_view(f"{VIEWS}.index"), name="export_list"),
    path("exports/begin/", lazy_view(f"{VIEWS}.begin_export"), name="export_start"),
    path("exports/<int:pk>/progress/", lazy_view(f"{VIEWS}.progress"), name="export_progress"),
    path("exports/<int:pk>/download/", lazy_view(f"{VIEWS}.download"), name="export_download"),
    path("exports/page/<int:pk>/", lazy_view(f"{VIEWS}.page"), name="export_page"),
]
