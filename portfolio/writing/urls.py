"""Addresses of the writer's part of the admin, below /admin/."""

from __future__ import annotations

from django.urls import URLPattern, path

from portfolio.writing import start

urlpatterns: list[URLPattern] = [
    path("write/<slug:kind>/", start.start, name="start"),
]
