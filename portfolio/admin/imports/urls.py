"""URLs of the import, below ``/admin/imports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.delivery.lazy_views import lazy_view

VIEWS = "portfolio.admin.imports.views"

urlpatterns = [
    path("imports/", lazy_view(f"{VIEWS}.index"), name="import_list"),
    path("imports/<int:pk>/", lazy_view(f"{VIEWS}.detail"), name="import_detail"),
    path("imports/<int:pk>/progress/", lazy_view(f"{VIEWS}.progress"), name="import_progress"),
    path("imports/<int:pk>/report.json", lazy_view(f"{VIEWS}.report"), name="import_report"),
    path("imports/<int:pk>/check/", lazy_view(f"{VIEWS}.check_again"), name="import_check"),
    path("imports/<int:pk>/apply/", lazy_view(f"{VIEWS}.apply"), name="import_apply"),
    path("imports/<int:pk>/undo/", lazy_view(f"{VIEWS}.undo"), name="import_undo"),
    path("imports/<int:pk>/discard/", lazy_view(f"{VIEWS}.discard"), name="import_discard"),
    path("imports/runs/<int:pk>/", lazy_view(f"{VIEWS}.run_detail"), name="import_run"),
    path("imports/runs/<int:pk>/undo/", lazy_view(f"{VIEWS}.undo_run"), name="import_run_undo"),
]
