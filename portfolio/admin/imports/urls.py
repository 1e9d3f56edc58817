"""URLs of the import, below ``/admin/imports/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.imports import views

urlpatterns = [
    path("imports/", views.index, name="import_list"),
    path("imports/<int:pk>/", views.detail, name="import_detail"),
    path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
    path("imports/<int:pk>/report.json", views.report, name="import_report"),
    path("imports/<int:pk>/check/", views.check_again, name="import_check"),
    path("imports/<int:pk>/apply/", views.apply, name="import_apply"),
    path("imports/<int:pk>/undo/", views.undo, name="import_undo"),
    path("imports/<int:pk>/discard/", views.discard, name="import_discard"),
    path("imports/runs/<int:pk>/", views.run_detail, name="import_run"),
    path("imports/runs/<int:pk>/undo/", views.undo_run, name="import_run_undo"),
]
