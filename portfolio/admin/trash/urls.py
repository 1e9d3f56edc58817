"""URLs of the trash, below ``/admin/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.trash import views

urlpatterns = [
    path("trash/", views.trash_list, name="trash"),
    path("trash/<int:pk>/restore/", views.restore_page, name="trash_restore"),
    path("trash/<int:pk>/delete/", views.delete_for_good, name="trash_delete"),
]
