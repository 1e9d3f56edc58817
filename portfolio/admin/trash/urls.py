"""URLs of the trash, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.delivery.lazy_views import lazy_view

VIEWS = "portfolio.admin.trash.views"

urlpatterns = [
    path("trash/", lazy_view(f"{VIEWS}.trash_list"), name="trash"),
    path("trash/<int:pk>/restore/", lazy_view(f"{VIEWS}.restore_page"), name="trash_restore"),
    path("trash/<int:pk>/delete/", lazy_view(f"{VIEWS}.delete_for_good"), name="trash_delete"),
]
