"""Addresses of the import, below ``/admin/imports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.desk.imports import views

urlpatterns = [
    path("imports/", views.index, name="desk_imports"),
    path("imports/<int:pk>/", views.detail, name="desk_import"),
    path("imports/<int:pk>/progress/", views.progress, name="desk_import_progress"),
    path("imports/<int:pk>/report.json", views.report, name="desk_import_report"),
    path("imports/<int:pk>/check/", views.check_again, name="desk_import_check"),
    path("imports/<int:pk>/apply/", views.apply, name="desk_import_apply"),
    path("imports/<int:pk>/undo/", views.undo, name="desk_import_undo"),
    path("imports/<int:pk>/discard/", views.discard, name="desk_import_discard"),
    path("imports/runs/<int:pk>/", views.run_detail, name="desk_import_run"),
    path("imports/runs/<int:pk>/undo/", views.undo_run, name="desk_import_run_undo"),
]
