"""URLs of the guide, below ``/admin/guide/``."""

from __future__ import annotations

from django.urls import path

from portfolio.delivery.lazy_views import lazy_view

VIEWS = "portfolio.admin.help.views"

urlpatterns = [
    path("guide/", lazy_view(f"{VIEWS}.index"), name="guide"),
    path("guide/pictures/<slug:name>.webp", lazy_view(f"{VIEWS}.picture"), name="guide_picture"),
    path("guide/<slug:name>/", lazy_view(f"{VIEWS}.page"), name="guide_page"),
]
