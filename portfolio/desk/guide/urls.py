"""Addresses of the guide, below ``/admin/guide/``."""

from __future__ import annotations

from django.urls import path

from portfolio.desk.guide import views

urlpatterns = [
    path("guide/", views.index, name="desk_guide"),
    path("guide/pictures/<slug:name>.webp", views.picture, name="desk_guide_picture"),
    path("guide/<slug:name>/", views.page, name="desk_guide_page"),
]
