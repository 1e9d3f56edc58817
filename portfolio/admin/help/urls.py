"""URLs of the guide, below ``/admin/guide/``."""

from __future__ import annotations

from django.urls import path

from portfolio.admin.help import views

urlpatterns = [
    path("guide/", views.index, name="guide"),
    path("guide/pictures/<slug:name>.webp", views.picture, name="guide_picture"),
    path("guide/<slug:name>/", views.page, name="guide_page"),
]
